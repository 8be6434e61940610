"""What an officer's browser reads: locked keys, the clear envelope, and sealed letters. It opens them; we cannot."""

import base64
import uuid
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting.desk.access import data_for_officers, say
from reporting.desk.reports import LISTS, all_reports, counts, in_order, in_the_clear, iso
from reporting.inbox.keys import InboxClosed, usable_keys
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

    `recipients` is empty while nothing can be sealed (no usable keys): reports can be read, nothing can be written.
    """
    try:
        recipients = [key.armored for key in usable_keys()]
    except InboxClosed:
        recipients = []
    return say(
        {
            "id": str(officer.pk),
            "officer": officer.name,
            "locked_key": officer.locked_key,
            "slots": [slot.sealed for slot in officer.slots.all()],
            "recipients": recipients,
            "time": timezone.now().isoformat(),
            "sender": settings.MAIL_FROM,
            "recipient": settings.MAIL_TO,
        }
    )


@require_safe
@data_for_officers
def reports(request: HttpRequest, officer: Officer) -> JsonResponse:
    """A page of a list: all that are open, or those `closed`, `new`, `marked`, with `news`, of a `reference`.

    `from` says how many to leave out; `total` is how many it has in all, `counts` how many each list has.
    """
    listed = listed_for(request.GET)
    first = request.GET.get("from", "0")
    start = int(first) if first.isdecimal() and len(first) < 7 else 0
    page = [in_the_clear(report) for report in listed[start : start + PAGE]]
    return say({"reports": page, "total": listed.count(), "counts": counts()})


def listed_for(wanted: QueryDict) -> QuerySet[Report]:
    """The reports that a request asks for."""
    if "reference" in wanted:
        return all_reports().filter(reference=wanted["reference"])
    listed = in_order(closed="closed" in wanted)
    for name in ("new", "news", "marked"):
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
    found = Letter.objects.filter(kind=Letter.Kind.CONCERN, report__in=wanted)
    return say({"concerns": {str(letter.report_id): sealed_message(letter) for letter in found}})


@require_safe
@data_for_officers
def report(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> JsonResponse:
    """Everything that belongs to one report, each part as it was sealed; of drafts the officer's own."""
    found = get_object_or_404(all_reports(), pk=report_id)
    letters = found.letters.select_related("officer__user", "decision").order_by("hour", "pk")
    of = {kind: [letter for letter in letters if letter.kind == kind] for kind in Letter.Kind.values}
    replies = found.replies.select_related("officer__user").order_by("hour", "pk")
    return say(
        {
            "report": in_the_clear(found),
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
    }


def reply_entry(reply: Reply) -> dict[str, Any]:
    return {
        "id": str(reply.pk),
        "hour": iso(reply.hour),
        "officer": reply.officer.name,
        "locked": coded(bytes(reply.locked)),
    }
