"""The concern form without script: the questions, a check page, sent. What a person writes lives in memory only."""

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from reporting.concern import guard
from reporting.concern.form import ConcernForm
from reporting.concern.letter import seal_concern
from reporting.inbox.keys import InboxClosed, is_open, usable_keys
from reporting.inbox.receive import receive
from reporting.sealing import SealingError

log = logging.getLogger("phoenix.concern")


def page(request: HttpRequest, name: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """A page of the form: stored nowhere on the way, and telling no other site where the person was."""
    response = render(request, f"concern/{name}.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    # `same-origin`, not `no-referrer`: with the latter browsers send `Origin: null` and the guard learns nothing.
    response.headers["Referrer-Policy"] = "same-origin"
    response.is_kind = True  # type: ignore[attr-defined]  # an error status here has its own words
    return response


def closed(request: HttpRequest) -> HttpResponse:
    """The form depends on people and keys: without them it becomes the phone numbers before anyone types."""
    return page(request, "closed", status=503)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
def tell_us(request: HttpRequest) -> HttpResponse:
    """The questions (GET), and the check page or the errors with every word kept (POST)."""
    if request.method != "POST":
        return page(request, "form", {"form": ConcernForm()}) if is_open() else closed(request)
    # From here on there are words to keep, so nothing below needs the database: the gate is asked again at Send.
    if not guard.comes_from_us(request):
        raise PermissionDenied
    form = ConcernForm(request.POST)
    if "change" in request.POST:
        return page(request, "form", {"form": form, "hide_errors": True})
    if not form.is_valid():
        return page(request, "form", {"form": form}, status=422)
    return page(request, "check", {"form": form, "token": guard.new_token()})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
def send(request: HttpRequest) -> HttpResponse:
    """Seal, keep, and only then say that we have it. Coming back to this address later leads to the start."""
    if request.method != "POST":
        return redirect("concern:tell_us")
    if not guard.comes_from_us(request):
        raise PermissionDenied
    form = ConcernForm(request.POST)
    report_id = guard.report_id(request.POST.get("token", ""))
    if not form.is_valid():
        return page(request, "form", {"form": form}, status=422)
    if report_id is None:
        return page(request, "check", {"form": form, "token": guard.new_token(), "stale": True}, status=422)
    try:
        sealed, bucket = seal_concern(form.answers(), usable_keys(), timezone.now())
        report = receive(sealed, report_id=report_id, danger=form.danger, size_bucket=bucket)
    except (DatabaseError, InboxClosed, SealingError) as error:
        # Not the words of the error: they could hold the words of the person.
        log.error("A concern was not taken: %s", type(error).__name__)
        context = {"form": form, "token": guard.SIGNER.sign(str(report_id)), "not_sent": True}
        return page(request, "check", context, status=503)
    team = settings.TEAM_CONTACT
    return page(request, "sent", {"report": report, "team_contact": team, "danger": form.danger})
