"""The concern form: start, a page about safety, the questions, a check page, sent.

Without script each step is a page, and what a person writes lives in this process's memory only. With script the page
of the questions does it all in the browser and calls `reporting/concern/sealed.py`.
"""

import logging
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from reporting.concern import guard, robots
from reporting.concern.form import ConcernForm
from reporting.concern.letter import seal_concern
from reporting.concern.pages import page_if_open, page_with_words
from reporting.concern.slow import derive_in_turn
from reporting.concern.words import six_words
from reporting.inbox.gate import pass_gate
from reporting.inbox.keys import InboxClosed
from reporting.inbox.mailbox import mailbox_of
from reporting.inbox.marked import NoRoomForMarked
from reporting.inbox.models import Report
from reporting.inbox.receive import CodeWordsTaken, receive
from reporting.sealing import SealingError
from reporting.sealing.code_words import make

log = logging.getLogger("phoenix.concern")
RESTRICTED_CLOSED = (
    "The two senior people cannot get it through this form just now. Choose No to send it to the team, or call."
)


class NotOffered(Exception):
    """The person chose an inbox that nothing can be sealed to just now. It never goes to another one unasked."""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Whom this is for, and who should go elsewhere."""
    return page_if_open(request, "start")


@require_safe
def before_you_start(request: HttpRequest) -> HttpResponse:
    """What the form can and cannot hide, before the first question."""
    return page_if_open(request, "before_you_start")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
def ask(request: HttpRequest) -> HttpResponse:
    """The questions (GET), and the check page or the errors with every word kept (POST)."""
    if request.method != "POST":
        return page_if_open(
            request, "questions", lambda gate: {"form": ConcernForm(offered=gate.offered), "is_new": True}
        )
    # From here on there are words to keep, so nothing below needs the database: the gate is asked again at Send.
    if not guard.comes_from_us(request):
        raise PermissionDenied
    form = ConcernForm(request.POST)
    words = six_words(request.POST.get("words", ""))
    if "change" in request.POST:
        return page_with_words(request, "questions", {"form": form, "words": words, "hide_errors": True})
    if not form.is_valid():
        return page_with_words(request, "questions", {"form": form, "words": words}, status=422)
    return page_with_words(request, "check", {"form": form, "token": guard.new_token(), "words": words})


@guard.posted_here(otherwise="concern:tell_us")
@sensitive_variables()
def send(request: HttpRequest) -> HttpResponse:
    """Seal, keep, and only then say that we have it. Coming back to this address later leads to the start."""
    form = ConcernForm(request.POST)
    words = six_words(request.POST.get("words", ""))
    context: dict[str, Any] = {"form": form, "words": words}
    if not form.is_valid():
        return page_with_words(request, "questions", context, status=422)
    report_id = guard.report_id(request.POST.get("token", ""))
    if report_id is None:
        return page_with_words(request, "check", context | {"token": guard.new_token(), "stale": True}, status=422)
    marked = robots.marks_form(request)
    try:
        try:
            report = take_in(form, report_id, words, marked)
        except CodeWordsTaken:
            # The person went back after sending, changed something and sends again: that is another report.
            words = make()
            report = take_in(form, report_id, words, marked)
    except NotOffered:
        form.add_error("restricted", RESTRICTED_CLOSED)
        return page_with_words(request, "questions", context, status=422)
    except NoRoomForMarked:
        kept = {"token": request.POST["token"], "crowded": True}
        return page_with_words(request, "check", context | kept, status=429)
    except (DatabaseError, InboxClosed, SealingError, OSError) as error:
        # Not the words of the error: they could hold the words of the person.
        log.error("A concern was not taken: %s", type(error).__name__)
        kept = {"token": request.POST["token"], "not_sent": True, "closed": isinstance(error, InboxClosed)}
        return page_with_words(request, "check", context | kept, status=503)
    sent = {"reference": report.reference, "danger": form.danger, "words": words.split()}
    return page_with_words(request, "sent", sent)


@sensitive_variables()
def take_in(form: ConcernForm, report_id: uuid.UUID, words: str, marked: bool) -> Report:
    """Seal the answers with the reply key of the words, if there are words, and keep them."""
    gate = pass_gate()
    if form.inbox not in gate.inboxes:
        raise NotOffered
    reply_key = digest = ""
    if words:
        code_words, digest = derive_in_turn(words)
        reply_key = code_words.reply_key
    sealed, bucket = seal_concern(
        form.answers(), gate.keys_of(form.inbox), timezone.now(), reply_key, mailbox_of(form.inbox)
    )
    return receive(
        sealed,
        report_id=report_id,
        danger=form.danger,
        size_bucket=bucket,
        lookup_digest=digest,
        inbox=form.inbox,
        marked=marked,
    )
