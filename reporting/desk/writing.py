"""What an officer's browser writes. It arrives sealed or locked, or it is refused: no plain text of theirs is taken."""

import json
import uuid
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reporting.desk.access import View, data_for_officers, say
from reporting.desk.outcomes import NEEDS_SECOND, is_known
from reporting.desk.reports import cannot_answer, in_the_clear, listed_for, reports_of
from reporting.desk.second import NeedsSecond, step
from reporting.inbox.admission import admit_message
from reporting.inbox.audit import Action, note
from reporting.inbox.keys import InboxClosed
from reporting.inbox.models import Decision, Letter, Officer, Reply, Report
from reporting.inbox.receive import the_hour
from reporting.sealing import MessageRefused, SealingError, bucket_of, check_locked
from resources.working_days import team_week

CONTENT_TYPE = "application/pgp-encrypted"
#: What stands in the clear about a decision, in the order in which it is set.
CODES = ("urgency", "state", "outcome", "authority")


def body_of(request: HttpRequest) -> bytes:
    """What came, if it says that it is sealed or locked; else MessageRefused."""
    if request.content_type != CONTENT_TYPE:
        raise MessageRefused("It does not say that it is sealed.")
    return request.body


def takes_sealed(view: View) -> View:
    """A view of a sealed or locked body. 422: it is not sealed or locked as it should be. 503: no usable keys."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except SealingError:
            return say({}, status=422)
        except InboxClosed:
            return say({}, status=503)

    return guarded


@require_POST
@data_for_officers
def opened(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> HttpResponse:
    """An officer has read the report with as many additions as named (`additions`): it is not new any more.

    The answer says how it stands then.
    """
    try:
        seen = int(json.loads(request.body)["additions"])
    except (ValueError, KeyError, TypeError):
        return say({}, status=422)
    with transaction.atomic():
        report = get_object_or_404(reports_of(officer).select_for_update(), pk=report_id)
        if report.state in (Report.State.NEW, Report.State.REOPENED):
            report.state = Report.State.OPENED
        if report.letters.filter(kind=Letter.Kind.ADDITION).count() <= seen:
            report.has_news = False
        report.save(update_fields=["state", "has_news"])
        Officer.objects.filter(pk=officer.pk).update(last_opened=the_hour(timezone.now()))
        note(Action.SHOWN, officer=officer, report=report)
    now = get_object_or_404(listed_for(officer).select_related("assignee__user"), pk=report_id)
    return say({"report": in_the_clear(now, team_week())})


@require_POST
@data_for_officers
def unmarked(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> HttpResponse:
    """An officer has seen that a person sent it: the mark comes off, and its room is free again."""
    report = get_object_or_404(reports_of(officer), pk=report_id)
    with transaction.atomic():
        Report.objects.filter(pk=report.pk).update(marked=False)
        note(Action.UNMARKED, officer=officer, report=report)
    return say({})


@require_POST
@data_for_officers
@takes_sealed
def reply(request: HttpRequest, officer: Officer, report_id: uuid.UUID, reply_id: uuid.UUID) -> HttpResponse:
    """Keep a reply that the officer's browser locked with the reporter's reply key. Twice is once.

    409: this reporter has no code words, so nobody could read it; or the council's setting allows no (further) reply.
    """
    found = get_object_or_404(reports_of(officer).select_related("conversation"), pk=report_id)
    locked = check_locked(body_of(request))
    try:
        with transaction.atomic():
            Report.objects.select_for_update().get(pk=report_id)
            others = found.replies.exclude(pk=reply_id).exists()
            if cannot_answer(hasattr(found, "conversation"), others):
                return say({}, status=409)
            Reply.objects.create(
                id=reply_id, report=found, hour=the_hour(timezone.now()), officer=officer, locked=locked
            )
            note(Action.REPLIED, officer=officer, report=found)
    except IntegrityError:
        if not Reply.objects.filter(pk=reply_id, report=found, officer=officer).exists():
            return say({}, status=422)
    return say({})


@require_POST
@data_for_officers
@takes_sealed
def decision(request: HttpRequest, officer: Officer, report_id: uuid.UUID, letter_id: uuid.UUID) -> HttpResponse:
    """Set urgency, state, outcome and authority (headers), with the sealed reason as the body. Twice is once.

    422: a value that is none, or a report closed without an outcome. 409: it takes a second officer to close it so.
    """
    codes = {name: request.headers.get(f"Phoenix-{name.title()}", "") for name in CODES}
    urgency, state, outcome, authority = codes.values()
    if not may_be_set(urgency, state, outcome) or not goes_with(outcome, authority):
        return say({}, status=422)
    inbox = get_object_or_404(reports_of(officer), pk=report_id).inbox
    sealed = admit_message(body_of(request), inbox)
    hour = the_hour(timezone.now())
    try:
        with transaction.atomic():
            report = get_object_or_404(reports_of(officer).select_for_update(), pk=report_id)
            letter = Letter.objects.create(
                id=letter_id,
                report=report,
                kind=Letter.Kind.DECISION,
                hour=hour,
                officer=officer,
                **Letter.sealed_fields(sealed, bucket_of(sealed)),
            )
            Decision.objects.create(letter=letter, **codes)
            note(step(report, officer, state, outcome), officer=officer, report=report, letter=str(letter_id), **codes)
            was_closed = report.state == Report.State.CLOSED
            report.urgency, report.state, report.outcome, report.authority = codes.values()
            if state != Report.State.CLOSED:
                report.closed_hour = None
            elif not was_closed:
                report.closed_hour = hour
            report.save(update_fields=[*CODES, "closed_hour"])
    except NeedsSecond:
        return say({}, status=409)
    except IntegrityError:
        if not Letter.objects.filter(pk=letter_id, report=report_id, kind=Letter.Kind.DECISION).exists():
            return say({}, status=422)
    return say({})


def may_be_set(urgency: str, state: str, outcome: str) -> bool:
    """Whether these are values of the lists, and go together: nothing becomes new again or is closed undecided."""
    return (
        urgency in Report.Urgency.values
        and state in Report.State.values
        and state != Report.State.NEW
        and outcome in ("", *Report.Outcome.values)
        and (state not in (Report.State.CLOSED, Report.State.DECIDED) or outcome != "")
        and (state != Report.State.PROPOSED or outcome in NEEDS_SECOND)
    )


def goes_with(outcome: str, authority: str) -> bool:
    """Whether an authority is named exactly if the report was passed to one."""
    return is_known(authority) if outcome == Report.Outcome.OTHER_AREA else authority == ""


@require_http_methods(["PUT", "DELETE"])
@data_for_officers
@takes_sealed
def draft(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> HttpResponse:
    """Keep (PUT) or remove (DELETE) what an officer is still writing about a report, sealed like everything else."""
    report = get_object_or_404(reports_of(officer), pk=report_id)
    which: dict[str, Any] = {"report": report, "officer": officer, "kind": Letter.Kind.DRAFT}
    if request.method == "DELETE":
        Letter.objects.filter(**which).delete()
        return say({})
    sealed = admit_message(body_of(request), report.inbox)
    fields = Letter.sealed_fields(sealed, bucket_of(sealed)) | {"hour": the_hour(timezone.now())}
    Letter.objects.update_or_create(defaults=fields, **which)
    return say({})
