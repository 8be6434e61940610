"""What stands in the clear about reports, and in which order officers see them."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from reporting.desk.clock_words import in_words
from reporting.inbox import replies
from reporting.inbox.models import Conversation, Exclusion, Officer, Reply, Report, Slot
from resources.hours import Week

OPEN = Q(rank__lt=Report.CLOSED_RANK)
HOURS_IN_DAY = 24


def lists_of(officer: Officer) -> dict[str, Q]:
    """The lists an officer can choose from. What the sender adds to a closed report opens it again."""
    return {
        "all": OPEN,
        "new": Q(state=Report.State.NEW),
        "mine": OPEN & Q(assignee=officer),
        "news": OPEN & Q(has_news=True),
        "marked": OPEN & Q(marked=True),
        "second": Q(state=Report.State.PROPOSED),
        "closed": Q(rank=Report.CLOSED_RANK),
    }


def reports_of(officer: Officer) -> QuerySet[Report]:
    """Every report that an officer can open. Whether others are there shows nowhere."""
    known = Exclusion.objects.filter(officer=officer, report=OuterRef("pk"))
    return Report.objects.filter(~Exists(known), inbox__in=officer.inboxes)


def holders_of(report: Report) -> QuerySet[Officer]:
    """Every officer who can open a report."""
    slots = Slot.objects.filter(officer=OuterRef("pk"), key__in_use=True, key__inbox=report.inbox)
    known = Exclusion.objects.filter(officer=OuterRef("pk"), report=report)
    return Officer.objects.filter(Exists(slots), ~Exists(known), user__is_active=True).select_related("user")


def cannot_answer(has_words: bool, has_reply: bool) -> str:
    """Why nobody can write to the sender: the name of the reason on the desk's page; "" if somebody can."""
    if not replies.are_offered():
        return "no-replies"
    if not has_words:
        return "no-words"
    return "answered-once" if has_reply and settings.REPLIES == replies.Replies.ONE else ""


def listed_for(officer: Officer) -> QuerySet[Report]:
    """Those reports: has the sender code words (`has_words`), was it answered (`has_reply`), did one step back?"""
    return reports_of(officer).annotate(
        has_words=Exists(Conversation.objects.filter(report=OuterRef("pk"))),
        has_reply=Exists(Reply.objects.filter(report=OuterRef("pk"))),
        was_left=Exists(Exclusion.objects.filter(report=OuterRef("pk"))),
    )


def in_order(officer: Officer, closed: bool = False) -> QuerySet[Report]:
    """Open reports, the one to decide first in front; or the closed ones, latest first.

    In a flood what is not marked comes first among equals; danger and urgency go before either. Then the one whose
    clock runs out first. All of it stands in an index, so that no number of reports makes it slow.
    """
    reports = listed_for(officer).select_related("assignee__user")
    if closed:
        return reports.filter(rank=Report.CLOSED_RANK).order_by("-closed_hour", "-received_hour", "pk")
    return reports.filter(rank__lt=Report.CLOSED_RANK).order_by(
        "rank", "-danger", "marked", "due", "received_hour", "pk"
    )


def counts(officer: Officer) -> dict[str, int]:
    """How many reports each list of an officer has."""
    return reports_of(officer).aggregate(
        **{name: Count("pk", filter=which) for name, which in lists_of(officer).items()}
    )


def in_the_clear(report: Report, week: Week) -> dict[str, Any]:
    """A report as the desk's script gets it: the clear envelope, hours in UTC, its clocks by the team's week."""
    until, now = report.words_work_until, timezone.now()
    assignee = report.assignee
    return {
        "id": str(report.pk),
        "reference": report.reference,
        "hour": iso(report.received_hour),
        "waited": waited(report.received_hour, now),
        "clocks": [in_words(clock, now) for clock in sorted(report.clocks(week), key=lambda clock: clock.due)],
        "assignee": {"id": str(assignee.pk), "name": assignee.name} if assignee else None,
        "danger": report.danger,
        "inbox": report.inbox,
        "state": report.state,
        "urgency": report.urgency,
        "outcome": report.outcome,
        "authority": report.authority,
        "has_news": report.has_news,
        "marked": report.marked,
        "preserved": report.preserved,
        # Annotated by `listed_for`. A colleague who knows somebody in it has left it, and nobody else has it.
        "needs_somebody": report.was_left and assignee is None,  # type: ignore[attr-defined]
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
