"""What stands in the clear about reports, and in which order officers see them."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from reporting.inbox import replies
from reporting.inbox.models import Conversation, Officer, Reply, Report

#: The lower, the sooner. What nobody has read comes before everything except Now.
RANKS = [
    (Q(urgency=Report.Urgency.RED), 0),
    (Q(state=Report.State.NEW) | Q(urgency=""), 1),
    (Q(urgency=Report.Urgency.AMBER), 2),
    (Q(urgency=Report.Urgency.GREEN), 3),
]
LAST_RANK = 4
OPEN = ~Q(state=Report.State.CLOSED)
#: The lists an officer can choose from. What the sender adds to a closed report opens it again.
LISTS = {
    "all": OPEN,
    "new": Q(state=Report.State.NEW),
    "news": OPEN & Q(has_news=True),
    "marked": OPEN & Q(marked=True),
    "second": Q(state=Report.State.PROPOSED),
    "closed": Q(state=Report.State.CLOSED),
}
HOURS_IN_DAY = 24


def reports_of(officer: Officer) -> QuerySet[Report]:
    """Every report that an officer can open. Whether others are there shows nowhere."""
    return Report.objects.filter(inbox__in=officer.inboxes)


def cannot_answer(has_words: bool, has_reply: bool) -> str:
    """Why nobody can write to the sender: the name of the reason on the desk's page; "" if somebody can."""
    if not replies.are_offered():
        return "no-replies"
    if not has_words:
        return "no-words"
    return "answered-once" if has_reply and settings.REPLIES == replies.Replies.ONE else ""


def listed_for(officer: Officer) -> QuerySet[Report]:
    """Those reports: has the sender code words (`has_words`), and was it answered (`has_reply`)?"""
    return reports_of(officer).annotate(
        has_words=Exists(Conversation.objects.filter(report=OuterRef("pk"))),
        has_reply=Exists(Reply.objects.filter(report=OuterRef("pk"))),
    )


def in_order(officer: Officer, closed: bool = False) -> QuerySet[Report]:
    """Open reports, the one to decide first in front; or the closed ones, latest first.

    In a flood what is not marked comes first among equals; danger and urgency go before either.
    """
    reports = listed_for(officer)
    if closed:
        return reports.filter(state=Report.State.CLOSED).order_by("-closed_hour", "-received_hour", "pk")
    rank = Case(*(When(which, then=Value(n)) for which, n in RANKS), default=LAST_RANK, output_field=IntegerField())
    return reports.exclude(state=Report.State.CLOSED).order_by(
        rank, "-danger", "marked", "-has_news", "received_hour", "pk"
    )


def counts(officer: Officer) -> dict[str, int]:
    """How many reports each list of an officer has."""
    return reports_of(officer).aggregate(**{name: Count("pk", filter=which) for name, which in LISTS.items()})


def in_the_clear(report: Report) -> dict[str, Any]:
    """A report as the desk's script gets it: the clear envelope, hours in UTC."""
    until = report.words_work_until
    return {
        "id": str(report.pk),
        "reference": report.reference,
        "hour": iso(report.received_hour),
        "waited": waited(report.received_hour, timezone.now()),
        "danger": report.danger,
        "inbox": report.inbox,
        "state": report.state,
        "urgency": report.urgency,
        "outcome": report.outcome,
        "authority": report.authority,
        "has_news": report.has_news,
        "marked": report.marked,
        # Both are annotated by `listed_for`.
        "cannot_answer": cannot_answer(report.has_words, report.has_reply),  # type: ignore[attr-defined]
        "words_work_until": until.isoformat() if until else None,
    }


def iso(moment: datetime) -> str:
    """A moment as JavaScript reads it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def waited(since: datetime, now: datetime) -> str:
    """How long something has waited, in words; the hour is all that is known."""
    hours = int((now - since).total_seconds()) // 3600
    if hours < 1:
        return "under an hour"
    if hours < 2 * HOURS_IN_DAY:
        return f"about {hours} hour{'s' if hours > 1 else ''}"
    return f"{hours // HOURS_IN_DAY} days"
