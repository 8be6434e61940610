"""Working days of a team, told from its hours, with bank holidays and the special hours of a date."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings

from resources.hours import Span, Week, moment
from resources.snapshot import book_from_snapshot

#: Stands in where nobody is sure of the team's hours.
OFFICE_WEEK = Week([Span(frozenset(range(5)), time(9), time(17))], "closed")


def team_week() -> Week:
    """The hours of the team that reads what comes in, from the snapshot on disk: it costs no query."""
    team = book_from_snapshot().get(settings.TEAM_CONTACT)
    return team.week if team and team.hours_are_sure else OFFICE_WEEK


def working_days_after(week: Week, since: datetime, days: int) -> datetime | None:
    """The same time of day so many working days later, or the next time that the team is there; None: not in sight.

    What comes while nobody is there counts from the next opening.
    """
    reached = week.next_opening(since)
    for _ in range(days):
        if reached is None:
            return None
        opening = week.next_opening(moment(reached.date() + timedelta(days=1), time(0)))
        if opening is None:
            return None
        reached = week.next_opening(max(opening, moment(opening.date(), reached.time())))
    return reached


def working_hours_after(week: Week, since: datetime, hours: int) -> datetime | None:
    """When a team has been there for so many hours since a moment; None: not in sight."""
    # In UTC, where an hour is an hour when the clocks change, too.
    left, reached = timedelta(hours=hours), since.astimezone(UTC)
    while left:
        state = week.state(reached)
        if state.changes is None:
            return reached + left if state.is_open else None
        until = state.changes.astimezone(UTC)
        if state.is_open:
            until = min(until, reached + left)
            left -= until - reached
        reached = until
    return reached


def have_passed(days: int, since: datetime, now: datetime) -> bool:
    """Whether so many of the team's working days have passed since a moment."""
    if now - since < timedelta(days=days, hours=-1):
        return False  # so many days are not over by any hours, even if the clocks changed: most often nothing is asked
    end = working_days_after(team_week(), since, days)
    return end is not None and end <= now
