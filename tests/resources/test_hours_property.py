"""Opening hours against a slow reading of the same hours, written on its own: it walks every minute of the clock.

`resources.hours` computes with moments; the slow reading knows none. It looks at what the clock shows at each minute of
a day, so that it cannot share a mistake about midnight, bank holidays, or the days on which the clocks change.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from resources.hours import LONDON, Span, SpecialHours, State, Week, bank_holidays
from tests.resources.conftest import at

#: England's bank holidays as gov.uk/bank-holidays lists them, by hand.
PUBLISHED = {
    2026: ("01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"),
    2027: ("01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"),
    2028: ("01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"),
}
#: The days themselves, where another day is given for one on a weekend.
ON_A_WEEKEND = {date(2026, 12, 26), date(2027, 12, 25), date(2027, 12, 26), date(2028, 1, 1)}
HOLIDAYS = ON_A_WEEKEND | {date.fromisoformat(f"{year}-{day}") for year, days in PUBLISHED.items() for day in days}
CLOCK_CHANGES = [
    date.fromisoformat(day)
    for day in ("2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31", "2028-03-26", "2028-10-29")
]
MINUTE = timedelta(minutes=1)

#: What stands in the week at a minute: the words of the hours that count, or None where it is closed.
Said = str | None


# --- The slow reading -------------------------------------------------------------------------------------------


def hours_on(week: Week, day: date) -> list[tuple[time, time | None, str]]:
    """The hours of one date, in the order in which somebody wrote them."""
    instead = [special for special in week.special if special.day == day]
    if instead:
        return [(special.since, special.until, special.words) for special in instead if special.since is not None]
    if week.always:
        return [(time(0, 0), None, "")]
    name = day.weekday()
    if day in HOLIDAYS:
        if week.on_bank_holidays == "closed":
            return []
        name = 6 if week.on_bank_holidays == "as_sunday" else name
    return [(span.since, span.until, span.words) for span in week.spans if name in span.weekdays]


def read_day(week: Week, day: date, minutes: Sequence[datetime]) -> list[Said]:
    """Every minute of a day. Hours go on from the first to the last minute whose clock lies within them."""
    clocks = [minute.astimezone(LONDON).time() for minute in minutes]
    said: list[Said] = [None] * len(minutes)
    for since, until, words in hours_on(week, day):
        within = [place for place, clock in enumerate(clocks) if since <= clock and (until is None or clock < until)]
        for place in range(within[0], within[-1] + 1) if within else ():
            if said[place] is None or (said[place] and not words):
                said[place] = words
    return said


def read_slowly(week: Week, first: date, days: int) -> tuple[list[datetime], list[Said]]:
    """Every minute of some days in a row, with what stands in the week at it."""
    minutes: list[datetime] = []
    said: list[Said] = []
    moment = datetime.combine(first, time(0), LONDON).astimezone(UTC)
    for day in (first + timedelta(days=number) for number in range(days)):
        of_day = []
        while moment.astimezone(LONDON).date() == day:
            of_day.append(moment)
            moment += MINUTE
        minutes += of_day
        said += read_day(week, day, of_day)
    return minutes, said


def closed_words(week: Week, now: datetime) -> str:
    """Why a date is closed, as the record says it."""
    day = now.astimezone(LONDON).date()
    return next((special.words for special in week.special if special.day == day and special.since is None), "")


# --- Weeks that anybody might write -----------------------------------------------------------------------------

TIMES = st.one_of(
    st.sampled_from([time(hour, minute) for hour in (0, 1, 2, 3, 9, 17) for minute in (0, 1, 30, 59)] + [time(23, 59)]),
    st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
)
WORDS = st.sampled_from(["", "", "", "only if a child is at risk tonight", "by text"])
DAYS = st.one_of(
    st.dates(date(2026, 1, 1), date(2028, 12, 28)),
    st.sampled_from(sorted(HOLIDAYS)),
    st.sampled_from(CLOCK_CHANGES),
).map(lambda day: min(day, date(2028, 12, 28)))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[time, time | None]:
    """From and to, as the CMS takes them: the end after the beginning, or midnight."""
    since = draw(TIMES)
    until = draw(st.one_of(st.none(), TIMES))
    return (since, until) if until is None or until > since else (since, None)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Week, date]:
    """A week, and a date near which its hours are read."""
    first = draw(DAYS)
    spans = [
        Span(draw(st.frozensets(st.integers(0, 6), min_size=1)), *draw(stretches()), draw(WORDS))
        for _ in range(draw(st.integers(0, 5)))
    ]
    special = [
        SpecialHours(first + timedelta(days=draw(st.integers(-1, 3))), *draw(hours), draw(WORDS))
        for hours in [st.one_of(st.just((None, None)), stretches())] * draw(st.integers(0, 3))
    ]
    on_bank_holidays = draw(st.sampled_from(["closed", "as_usual", "as_sunday"]))
    return Week(spans, on_bank_holidays, draw(st.integers(0, 9)) == 0, special), first


EVERY_DAY = frozenset(range(7))


@settings(max_examples=400, deadline=None, derandomize=True)
@given(cases())
@example((Week([]), date(2026, 11, 23)))
@example((Week([Span(EVERY_DAY, time(0), None)]), date(2026, 12, 24)))
@example((Week([], always=True), date(2026, 12, 24)))
# The hour that does not come, and the hour that comes twice: from, to and across.
@example((Week([Span(EVERY_DAY, time(1), time(2))]), date(2026, 3, 29)))
@example((Week([Span(EVERY_DAY, time(1, 30), time(5))]), date(2027, 3, 28)))
@example((Week([Span(EVERY_DAY, time(0), time(1, 30))]), date(2028, 3, 26)))
@example((Week([Span(EVERY_DAY, time(1, 15), time(1, 45))]), date(2026, 10, 25)))
@example((Week([Span(EVERY_DAY, time(0), time(1))]), date(2027, 10, 31)))
@example((Week([Span(EVERY_DAY, time(1), time(2)), Span(EVERY_DAY, time(2), None, "by text")]), date(2028, 10, 29)))
def test_hours_are_read_as_the_clock_shows_them(case: tuple[Week, date]) -> None:
    week, first = case
    minutes, said = read_slowly(week, first, days=3)
    edges = [place for place, (before, after) in enumerate(pairwise(said), start=1) if before != after]
    looked_at = {0, len(minutes) - 1, *range(0, len(minutes), 241)}
    looked_at |= {place + by for place in edges for by in (-1, 0)}
    for place in sorted(looked_at):
        now = minutes[place]
        state = week.state(now)
        assert state.is_open is (said[place] is not None), now
        assert state.words == (closed_words(week, now) if said[place] is None else said[place]), now
        # A closed time may change its words at midnight; it ends when somebody answers.
        ahead = [at for at in edges if at > place and (said[place] is not None or said[at] is not None)]
        if ahead:
            assert state.changes is not None, now
            assert state.changes.astimezone(UTC) == minutes[ahead[0]], now
        else:
            assert state.changes is None or state.changes.astimezone(UTC) > minutes[-1], now


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cases(), st.integers(0, 24 * 60 - 1))
def test_between_two_of_the_named_moments_nothing_is_said_anew(case: tuple[Week, date], minute: int) -> None:
    week, first = case
    minutes, said = read_slowly(week, first, days=2)
    now = minutes[minute]
    found = list(week.states(now, minutes[-1] + MINUTE))
    assert found[0] == (now, week.state(now))
    named = {moment for moment, _ in found}
    assert len(named) == len(found)
    for place in range(minute + 1, len(minutes)):
        if said[place] != said[place - 1]:
            assert minutes[place] in named, minutes[place]
    midnight = datetime.combine(first + timedelta(days=1), time(0), LONDON).astimezone(UTC)
    assert midnight in named


# --- The days ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_the_bank_holidays_are_the_published_ones_and_the_days_they_stand_for(year: int) -> None:
    assert bank_holidays(year) == {day for day in HOLIDAYS if day.year == year}


# --- Special hours ----------------------------------------------------------------------------------------------

OFFICE = [Span(frozenset(range(5)), time(9), time(17))]


def test_a_date_may_be_closed_and_say_why() -> None:
    week = Week(OFFICE, special=[SpecialHours(date(2026, 11, 24), words="the team is training")])
    assert week.state(at("2026-11-23 17:00")) == State(False, at("2026-11-25 09:00"))
    assert week.state(at("2026-11-24 10:00")) == State(False, at("2026-11-25 09:00"), "the team is training")


def test_an_office_may_close_early_before_a_bank_holiday() -> None:
    week = Week(OFFICE, "closed", special=[SpecialHours(date(2026, 12, 24), time(9), time(12), "Christmas Eve")])
    assert week.state(at("2026-12-24 11:59")) == State(True, at("2026-12-24 12:00"), "Christmas Eve")
    assert week.state(at("2026-12-24 12:00")) == State(False, at("2026-12-29 09:00"))


def test_special_hours_stand_above_a_bank_holiday_and_above_always() -> None:
    special = [SpecialHours(date(2026, 12, 25), time(10), time(11)), SpecialHours(date(2026, 12, 25), time(15), None)]
    assert Week(OFFICE, "closed", special=special).state(at("2026-12-25 10:30")).is_open
    always = Week([], always=True, special=special)
    assert always.state(at("2026-12-24 12:00")) == State(True, at("2026-12-25 00:00"))
    assert always.state(at("2026-12-25 12:00")) == State(False, at("2026-12-25 15:00"))
    assert always.state(at("2026-12-25 15:00")) == State(True, None)


def test_where_hours_lie_over_each_other_those_without_conditions_count() -> None:
    whole = frozenset(range(7))
    week = Week([Span(whole, time(0), None, "by text"), Span(whole, time(9), time(17))])
    assert week.state(at("2026-11-23 08:00")) == State(True, at("2026-11-23 09:00"), "by text")
    assert week.state(at("2026-11-23 12:00")) == State(True, at("2026-11-23 17:00"))
