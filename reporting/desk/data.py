"""What an officer's browser reads: locked keys, the clear envelope, and sealed letters. It opens them; we cannot."""

import base64
import uuid
from collections import Counter
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting.desk import bundles, second
from reporting.desk.access import data_for_officers, say
from reporting.desk.closed import admits
from reporting.desk.reports import (
    OPEN,
    counts,
    holders_of,
    in_order,
    in_the_clear,
    iso,
    listed_for,
    lists_of,
    reports_of,
)
from reporting.inbox.audit import Action, note
from reporting.inbox.keys import InboxClosed, usable_keys
from reporting.inbox.mailbox import mailbox_of
from reporting.inbox.models import Letter, Officer, Reply, Report
from resources.working_days import team_week

#: How many reports one answer lists, and how many concerns it carries at most (128 KiB each).
PAGE = 100
BATCH = 20


def coded(octets: bytes | memoryview) -> str:
    """Octets as text."""
    return base64.b64encode(octets).decode("ascii")


@require_safe
@data_for_officers
def keyring(request: HttpRequest, officer: Officer) -> JsonResponse:
    """What unlocking needs: the officer's locked key and slots; and the keys that everything written is sealed to.

    `keys` of an inbox is empty while nothing can be sealed to it: reports can be read, nothing can be written.
    """
    return say(
        {
            "id": str(officer.pk),
            "officer": officer.name,
            "locked_key": officer.locked_key,
            "slots": [slot.sealed for slot in officer.slots.all()],
            "inboxes": {
                inbox: {"keys": armored_keys(inbox), "recipient": mailbox_of(inbox)} for inbox in officer.inboxes
            },
            "time": timezone.now().isoformat(),
            "sender": settings.MAIL_FROM,
        }
    )


def armored_keys(inbox: str) -> list[str]:
    """The keys that something for an inbox is sealed to; none while it cannot be."""
    try:
        return [key.armored for key in usable_keys(inbox)]
    except InboxClosed:
        return []


@require_safe
@data_for_officers
def reports(request: HttpRequest, officer: Officer) -> JsonResponse:
    """A page of a list: all that are open, or those `closed`, `new`, `mine`, `marked`, with `news`, of a `reference`.

    `from` says how many to leave out; `total` is how many it has in all, `counts` how many each list has.
    """
    listed = wanted_of(officer, request.GET)
    first = request.GET.get("from", "0")
    start = int(first) if first.isdecimal() and len(first) < 7 else 0
    week = team_week()
    page = [in_the_clear(report, week) for report in listed[start : start + PAGE]]
    numbers = counts(officer)
    total = len(page) if "reference" in request.GET else numbers[name_of(request.GET)]
    return say({"reports": page, "total": total, "counts": numbers})


def wanted_of(officer: Officer, wanted: QueryDict) -> QuerySet[Report]:
    """The reports that a request asks for, of those that the officer can open."""
    if "reference" in wanted:
        return listed_for(officer).select_related("assignee__user").filter(reference=wanted["reference"])
    name = name_of(wanted)
    return in_order(officer, closed=name == "closed").filter(lists_of(officer)[name])


def name_of(wanted: QueryDict) -> str:
    """Which list a request asks for."""
    return next((name for name in ("closed", "new", "mine", "news", "marked", "second") if name in wanted), "all")


@require_safe
@data_for_officers
def concerns(request: HttpRequest, officer: Officer) -> JsonResponse:
    """What senders wrote about some open reports (`report`, repeated), sealed: each concern, then what was added.

    Browsers make the titles of the list of it, and search in it. What is closed is opened singly (`closed.py`).
    """
    try:
        wanted = [uuid.UUID(value) for value in request.GET.getlist("report")[:BATCH]]
    except ValueError:
        return say({}, status=422)
    letters = Letter.objects.filter(
        kind__in=[Letter.Kind.CONCERN, Letter.Kind.ADDITION], report__in=reports_of(officer).filter(OPEN, pk__in=wanted)
    )
    found = sorted(
        letters.select_related("report"), key=lambda letter: (letter.kind != Letter.Kind.CONCERN, letter.hour)
    )
    sealed: dict[str, list[str]] = {}
    for letter in found:
        sealed.setdefault(str(letter.report_id), []).append(sealed_message(letter))
    for inbox, many in Counter(letter.report.inbox for letter in found).items():
        note(Action.DELIVERED_TO, officer=officer, inbox=inbox, letters=many)
    return say({"concerns": sealed})


@require_safe
@data_for_officers
def report(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> JsonResponse:
    """Everything that belongs to one report, each part as it was sealed; of drafts the officer's own.

    409: it is closed, and no reason was given.
    """
    found = get_object_or_404(listed_for(officer).select_related("assignee__user"), pk=report_id)
    if not admits(request, officer, found):
        return say({}, status=409)
    letters = found.letters.select_related("officer__user", "decision").order_by("hour", "pk")
    of = {kind: [letter for letter in letters if letter.kind == kind] for kind in Letter.Kind.values}
    replies = list(found.replies.select_related("officer__user").order_by("hour", "pk"))
    parts = len(replies) + sum(len(some) for kind, some in of.items() if kind != Letter.Kind.DRAFT)
    note(Action.DELIVERED_TO, officer=officer, report=found)
    return say(
        {
            "report": in_the_clear(found, team_week()),
            "colleagues": [{"id": str(colleague.pk), "name": colleague.name} for colleague in holders_of(found)],
            "proposal": second.in_the_clear(found, officer),
            "bundle": bundles.state_of(found, parts),
            "concern": next((sealed_message(letter) for letter in of[Letter.Kind.CONCERN]), ""),
            "additions": [entry(letter) for letter in of[Letter.Kind.ADDITION]],
            "replies": [reply_entry(reply) for reply in replies],
            "decisions": [decision_entry(letter) for letter in of[Letter.Kind.DECISION]],
            "notes": [entry(letter) | {"officer": writer_of(letter)} for letter in of[Letter.Kind.NOTE]],
            "draft": next(
                (sealed_message(letter) for letter in of[Letter.Kind.DRAFT] if letter.officer_id == officer.pk), ""
            ),
        }
    )


def sealed_message(letter: Letter) -> str:
    return coded(bytes(letter.pkesk) + bytes(letter.body))


def entry(letter: Letter) -> dict[str, Any]:
    return {"id": str(letter.pk), "hour": iso(letter.hour), "sealed": sealed_message(letter)}


def decision_entry(letter: Letter) -> dict[str, Any]:
    decision = letter.decision
    return entry(letter) | {
        "officer": writer_of(letter),
        "urgency": decision.urgency,
        "state": decision.state,
        "outcome": decision.outcome,
        "authority": decision.authority,
    }


def writer_of(letter: Letter) -> str:
    return letter.officer.name if letter.officer else ""


def reply_entry(reply: Reply) -> dict[str, Any]:
    return {
        "id": str(reply.pk),
        "hour": iso(reply.hour),
        "officer": reply.officer.name,
        "locked": coded(bytes(reply.locked)),
    }
