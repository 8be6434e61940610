"""Opening hours that the page reads for people: "open now until 5pm", "opens tomorrow at 9am".

Hours are local clock times in Europe/London. A span belongs to a weekday, ends at midnight at the latest, and may carry
its own words ("only if a child is at risk tonight"); a night is two spans. Bank holidays of England come from the
`holidays` library.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SUNDAY = 6
#: How far ahead an opening is looked for; longer closures are said in the record's own words.
DAYS_AHEAD = 14


@dataclass(frozen=True)
class Span:
    """One stretch of a day. `until` of None means midnight at the end of the day."""

    weekdays: frozenset[int]
    since: time
    until: time | None
    words: str = ""


@dataclass(frozen=True)
class State:
    """What is true at a moment: open until `changes`, or closed until `changes` (None: not known to change)."""

    is_open: bool
    changes: datetime | None
    words: str = ""


@lru_cache(maxsize=16)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@dataclass(frozen=True)
class Week:
    """A week of opening hours, and what happens to it on a bank holiday: `closed`, `as_usual` or `as_sunday`."""

    spans: Sequence[Span]
    on_bank_holidays: str = "as_usual"
    always: bool = False

    def _of_day(self, day: date) -> list[tuple[datetime, datetime, str]]:
        """The day's spans as moments, in order."""
        weekday = day.weekday()
        if day in bank_holidays(day.year):
            if self.on_bank_holidays == "closed":
                return []
            if self.on_bank_holidays == "as_sunday":
                weekday = SUNDAY
        found = []
        for span in self.spans:
            if weekday in span.weekdays:
                since = datetime.combine(day, span.since, LONDON)
                until = (
                    datetime.combine(day, span.until, LONDON)
                    if span.until
                    else datetime.combine(day + timedelta(days=1), time(0), LONDON)
                )
                found.append((since, until, span.words))
        return sorted(found, key=lambda moment: moment[0])

    def _ahead(self, now: datetime) -> Iterator[tuple[datetime, datetime, str]]:
        today = now.astimezone(LONDON).date()
        for days in range(DAYS_AHEAD):
            yield from self._of_day(today + timedelta(days=days))

    def state(self, now: datetime) -> State:
        """Open or closed at a moment (aware datetime), and until when. Spans that meet and have the same words join."""
        if self.always:
            return State(True, None)
        now = now.astimezone(LONDON)
        end: datetime | None = None
        words = ""
        for since, until, said in self._ahead(now):
            if end is None:
                if since.timestamp() <= now.timestamp() < until.timestamp():
                    end, words = until, said
            elif since > end:
                break
            elif said == words:
                end = max(end, until)
        if end is None:
            return State(False, self.next_opening(now))
        horizon = datetime.combine(now.date() + timedelta(days=DAYS_AHEAD), time(0), LONDON)
        return State(True, end if end < horizon else None, words)

    def next_opening(self, now: datetime) -> datetime | None:
        """When it opens next; now, if it is open (aware datetime in London time)."""
        now = now.astimezone(LONDON)
        if self.always:
            return now
        for since, until, _ in self._ahead(now):
            if until.timestamp() > now.timestamp():
                return max(since, now, key=lambda moment: moment.timestamp())
        return None


def clock(moment: datetime) -> str:
    """A time as people say it: 9am, 8.45am, midnight, midday."""
    if (moment.hour, moment.minute) == (0, 0):
        return "midnight"
    if (moment.hour, moment.minute) == (12, 0):
        return "midday"
    minutes = f".{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def day_words(moment: datetime, now: datetime) -> str:
    """The day as people say it: today, tomorrow, Tuesday, Tuesday 3 March."""
    days = (moment.date() - now.astimezone(LONDON).date()).days
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    if days < 7:
        return WEEKDAYS[moment.weekday()]
    return f"{WEEKDAYS[moment.weekday()]} {moment.day} {moment:%B}"


def on_day(moment: datetime, now: datetime) -> str:
    """The day as it stands in a sentence: today, tomorrow, on Tuesday."""
    day = day_words(moment, now)
    return day if day in ("today", "tomorrow") else f"on {day}"


def say(state: State, now: datetime) -> str:
    """The state in words: "Open now until 5pm", "Closed. Opens tomorrow at 9am"."""
    words = f": {state.words}" if state.words else ""
    if state.is_open:
        if state.changes is None:
            return f"Open now, day and night{words}"
        # Midnight is the end of a day here, not the beginning of the next.
        day = on_day(state.changes - timedelta(seconds=1), now)
        return f"Open now until {clock(state.changes)}{'' if day == 'today' else f' {day}'}{words}"
    if state.changes is None:
        return "Closed now"
    return f"Closed. Opens {on_day(state.changes, now)} at {clock(state.changes)}"
