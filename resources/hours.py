"""Opening hours that the page reads for people: "open now until 5pm", "opens tomorrow at 9am".

Hours are local clock times in Europe/London. A span belongs to a weekday, ends at midnight at the latest, and may carry
its own words ("only if a child is at risk tonight"); a night is two spans. Bank holidays of England come from the
`holidays` library. Where a date has special hours, they stand instead of all that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SUNDAY = 6
#: How far ahead an opening is looked for; longer closures are said in the record's own words.
DAYS_AHEAD = 14
#: British clocks change at 1am UTC: in spring to 2am; in autumn from 2am back to 1am, so that the hour comes twice.
CHANGE = time(1)


@dataclass(frozen=True)
class Span:
    """One stretch of a day. `until` of None means midnight at the end of the day."""

    weekdays: frozenset[int]
    since: time
    until: time | None
    words: str = ""


@dataclass(frozen=True)
class SpecialHours:
    """One stretch of one date, instead of the usual hours; `since` of None: closed on that date."""

    day: date
    since: time | None = None
    until: time | None = None
    words: str = ""


@dataclass(frozen=True)
class State:
    """What is true at a moment: open until `changes`, or closed until `changes` (None: not for two weeks)."""

    is_open: bool
    changes: datetime | None
    words: str = ""


@dataclass(frozen=True)
class Stretch:
    """A time without a break in which a service answers, from one moment (in UTC) to another, with its words."""

    since: datetime
    until: datetime
    words: str


@lru_cache(maxsize=16)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, with the days given for those that fall on a weekend."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def moment(day: date, clock_time: time, *, last: bool = False) -> datetime:
    """When the clock shows a time, in UTC: the first moment of a day at which it does, or the last one.

    On the two days on which the clocks change, a time that does not come is the moment of the change.
    """
    first, second = (datetime.combine(day, clock_time.replace(fold=fold), LONDON).astimezone(UTC) for fold in (0, 1))
    if first > second:
        return datetime.combine(day, CHANGE, UTC)
    # Hours that end at 1am end before the hour comes for the second time.
    return second if last and clock_time > CHANGE else first


def midnight_after(now: datetime) -> datetime:
    """The next midnight by the clock in London, in UTC."""
    return moment(now.astimezone(LONDON).date() + timedelta(days=1), time(0))


def one_after_another(overlapping: Sequence[Stretch]) -> Iterator[Stretch]:
    """Stretches in order, none over another: where two meet, one without words counts, else the one that came first."""
    by_rank = sorted(overlapping, key=lambda stretch: bool(stretch.words))
    edges = sorted({edge for stretch in overlapping for edge in (stretch.since, stretch.until)})
    for since, until in pairwise(edges):
        if found := next((stretch for stretch in by_rank if stretch.since <= since and until <= stretch.until), None):
            yield Stretch(since, until, found.words)


@dataclass(frozen=True)
class Week:
    """A week of opening hours, and what happens to it on a bank holiday: `closed`, `as_usual` or `as_sunday`."""

    spans: Sequence[Span]
    on_bank_holidays: str = "as_usual"
    always: bool = False
    special: Sequence[SpecialHours] = ()

    def _special(self, day: date) -> list[SpecialHours]:
        return [hours for hours in self.special if hours.day == day]

    def _hours_of(self, day: date) -> list[tuple[time, time | None, str]]:
        """From when to when a service answers on a date, with the words."""
        if special := self._special(day):
            return [(hours.since, hours.until, hours.words) for hours in special if hours.since is not None]
        if self.always:
            return [(time(0), None, "")]
        weekday = day.weekday()
        if day in bank_holidays(day.year):
            if self.on_bank_holidays == "closed":
                return []
            if self.on_bank_holidays == "as_sunday":
                weekday = SUNDAY
        return [(span.since, span.until, span.words) for span in self.spans if weekday in span.weekdays]

    def _ahead(self, now: datetime) -> Iterator[Stretch]:
        """The stretches from the day of a moment on, for two weeks."""
        today = now.astimezone(LONDON).date()
        for day in (today + timedelta(days=days) for days in range(DAYS_AHEAD)):
            midnight = moment(day + timedelta(days=1), time(0))
            yield from one_after_another(
                [
                    Stretch(moment(day, since), moment(day, until, last=True) if until else midnight, words)
                    for since, until, words in self._hours_of(day)
                ]
            )

    def state(self, now: datetime) -> State:
        """Open or closed at a moment (aware datetime), and until when. Spans that meet and have the same words join."""
        if self.always and not self.special:
            return State(True, None)
        current: Stretch | None = None
        for stretch in self._ahead(now):
            if current is None:
                if stretch.since > now:
                    return State(False, stretch.since.astimezone(LONDON), self._why_closed(now))
                if stretch.until > now:
                    current = stretch
            elif (stretch.since, stretch.words) == (current.until, current.words):
                current = Stretch(current.since, stretch.until, current.words)
            else:
                return State(True, current.until.astimezone(LONDON), current.words)
        if current is None:
            return State(False, None, self._why_closed(now))
        horizon = moment(now.astimezone(LONDON).date() + timedelta(days=DAYS_AHEAD), time(0))
        return State(True, current.until.astimezone(LONDON) if current.until < horizon else None, current.words)

    def _why_closed(self, now: datetime) -> str:
        """The words of a date on which a service is closed by way of exception."""
        special = self._special(now.astimezone(LONDON).date())
        return next((hours.words for hours in special if hours.since is None), "")

    def next_opening(self, now: datetime) -> datetime | None:
        """When it opens next; now, if it is open (aware datetime in London time)."""
        state = self.state(now)
        return now.astimezone(LONDON) if state.is_open else state.changes

    def states(self, now: datetime, until: datetime) -> Iterator[tuple[datetime, State]]:
        """Every moment from `now` on, before `until`, at which what is said of these hours may change, with the state.

        At midnight "tomorrow" becomes "today", so each midnight is one.
        """
        while now < until:
            state = self.state(now)
            yield now, state
            now = min(midnight_after(now), state.changes.astimezone(UTC)) if state.changes else midnight_after(now)


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


def say_briefly(state: State) -> str:
    """While it is open, a few words that stay true: "open until 5pm on Monday"; else nothing."""
    if not state.is_open:
        return ""
    words = f", {state.words}" if state.words else ""
    if state.changes is None:
        return f"open day and night{words}"
    day = state.changes - timedelta(seconds=1)
    return f"open until {clock(state.changes)} on {WEEKDAYS[day.weekday()]}{words}"


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
        return f"Closed now{words}"
    return f"Closed{words}. Opens {on_day(state.changes, now)} at {clock(state.changes)}"


def say_reading(state: State, now: datetime) -> str:
    """When somebody reads who reads while they are open: "We next read on Tuesday at 8.45am." Empty if unknown."""
    if state.is_open:
        if state.changes is None:
            return "We read day and night."
        day = on_day(state.changes - timedelta(seconds=1), now)
        return f"We are reading now, until {clock(state.changes)}{'' if day == 'today' else f' {day}'}."
    if state.changes is None:
        return ""
    return f"We next read {on_day(state.changes, now)} at {clock(state.changes)}."
