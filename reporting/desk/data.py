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
from reporting.desk.reports import LISTS, counts, in_order, in_the_clear, iso, listed_for
from reporting.inbox.audit import Action, note
from reporting.inbox.keys import InboxClosed, usable_keys
from reporting.inbox.mailbox import mailbox_of
from reporting.inbox.models import Letter, Officer, Reply, Report

#: How many reports one answer lists, and how many concerns it carries at most (128 KiB each).
PAGE = 200
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
    """A page of a list: all that are open, or those `closed`, `new`, `marked`, with `news`, of a `reference`.

    `from` says how many to leave out; `total` is how many it has in all, `counts` how many each list has.
    """
    listed = wanted_of(officer, request.GET)
    first = request.GET.get("from", "0")
    start = int(first) if first.isdecimal() and len(first) < 7 else 0
    page = [in_the_clear(report) for report in listed[start : start + PAGE]]
    return say({"reports": page, "total": listed.count(), "counts": counts(officer)})


def wanted_of(officer: Officer, wanted: QueryDict) -> QuerySet[Report]:
    """The reports that a request asks for, of those that the officer can open."""
    if "reference" in wanted:
        return listed_for(officer).filter(reference=wanted["reference"])
    listed = in_order(officer, closed="closed" in wanted)
    for name in ("new", "news", "marked", "second"):
        if name in wanted:
            listed = listed.filter(LISTS[name])
    return listed


@require_safe
@data_for_officers
def concerns(request: HttpRequest, officer: Officer) -> JsonResponse:
    """The sealed concerns of some reports (`report`, repeated), for the titles of the list, which browsers make."""
    try:
        wanted = [uuid.UUID(value) for value in request.GET.getlist("report")[:BATCH]]
    except ValueError:
        return say({}, status=422)
    letters = Letter.objects.filter(kind=Letter.Kind.CONCERN, report__in=wanted, report__inbox__in=officer.inboxes)
    found = list(letters.select_related("report"))
    for inbox, many in Counter(letter.report.inbox for letter in found).items():
        note(Action.DELIVERED_TO, officer=officer, inbox=inbox, concerns=many)
    return say({"concerns": {str(letter.report_id): sealed_message(letter) for letter in found}})


@require_safe
@data_for_officers
def report(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> JsonResponse:
    """Everything that belongs to one report, each part as it was sealed; of drafts the officer's own."""
    found = get_object_or_404(listed_for(officer), pk=report_id)
    letters = found.letters.select_related("officer__user", "decision").order_by("hour", "pk")
    of = {kind: [letter for letter in letters if letter.kind == kind] for kind in Letter.Kind.values}
    replies = list(found.replies.select_related("officer__user").order_by("hour", "pk"))
    parts = len(replies) + sum(len(some) for kind, some in of.items() if kind != Letter.Kind.DRAFT)
    note(Action.DELIVERED_TO, officer=officer, report=found)
    return say(
        {
            "report": in_the_clear(found),
            "proposal": second.in_the_clear(found, officer),
            "bundle": bundles.state_of(found, parts),
            "concern": next((sealed_message(letter) for letter in of[Letter.Kind.CONCERN]), ""),
            "additions": [entry(letter) for letter in of[Letter.Kind.ADDITION]],
            "replies": [reply_entry(reply) for reply in replies],
            "decisions": [decision_entry(letter) for letter in of[Letter.Kind.DECISION]],
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
    decision, writer = letter.decision, letter.officer
    return entry(letter) | {
        "officer": writer.name if writer else "",
        "urgency": decision.urgency,
        "state": decision.state,
        "outcome": decision.outcome,
        "authority": decision.authority,
    }


def reply_entry(reply: Reply) -> dict[str, Any]:
    return {
        "id": str(reply.pk),
        "hour": iso(reply.hour),
        "officer": reply.officer.name,
        "locked": coded(bytes(reply.locked)),
    }
