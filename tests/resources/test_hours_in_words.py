"""Hours as people say them: the time, the day, and until when a line is open."""

from datetime import UTC, date, datetime, time

import pytest

from resources.hours import LONDON, State, Week, clock, day_words, say
from tests.resources.conftest import MakeWeek, at


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        ((0, 0), "midnight"),
        ((0, 5), "12.05am"),
        ((8, 45), "8.45am"),
        ((9, 0), "9am"),
        ((11, 59), "11.59am"),
        ((12, 0), "midday"),
        ((12, 30), "12.30pm"),
        ((17, 0), "5pm"),
        ((23, 59), "11.59pm"),
    ],
)
def test_a_time_is_said_as_people_say_it(hour: tuple[int, int], words: str) -> None:
    assert clock(datetime.combine(date(2026, 11, 23), time(*hour), LONDON)) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-23", "today"),
        ("2026-11-24", "tomorrow"),
        ("2026-11-25", "Wednesday"),
        ("2026-11-29", "Sunday"),
        ("2026-11-30", "Monday 30 November"),
        ("2026-12-03", "Thursday 3 December"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: str, words: str) -> None:
    assert day_words(at(f"{day} 09:00"), at("2026-11-23 22:00")) == words


def test_today_is_londons_day() -> None:
    just_after_midnight = datetime(2026, 7, 6, 23, 30, tzinfo=UTC)  # 0.30 on the 7th in London
    assert day_words(at("2026-07-07 09:00"), just_after_midnight) == "today"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-23 09:00", "Open now until 5pm"),
        ("2026-11-23 17:00", "Closed. Opens tomorrow at 8.45am"),
        ("2026-11-24 07:00", "Closed. Opens today at 8.45am"),
        ("2026-11-27 18:00", "Closed. Opens on Monday at 8.45am"),
        ("2026-12-24 18:00", "Closed. Opens on Tuesday at 8.45am"),
    ],
)
def test_an_office_says_when_it_can_be_reached(mash: Week, now: str, words: str) -> None:
    assert say(mash.state(at(now)), at(now)) == words


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-23 18:00", "Open now until midnight"),
        ("2026-11-24 01:00", "Open now until 9am: only if a child is at risk tonight"),
        ("2026-11-28 10:00", "Open now until midnight"),
        ("2026-11-24 10:00", "Closed. Opens today at 5pm"),
    ],
)
def test_a_night_team_says_what_its_night_is_for(night: Week, now: str, words: str) -> None:
    assert say(night.state(at(now)), at(now)) == words


def test_a_night_names_the_day_on_which_it_ends(week: MakeWeek) -> None:
    line = week("mon-sun 18:00-24:00", "mon-sun 00:00-06:00")
    assert say(line.state(at("2026-11-23 20:00")), at("2026-11-23 20:00")) == "Open now until 6am tomorrow"
    assert say(line.state(at("2026-11-24 02:00")), at("2026-11-24 02:00")) == "Open now until 6am"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-29 20:00", "Open now until midnight"),
        ("2026-11-28 20:00", "Open now until midnight tomorrow"),
        ("2026-11-27 20:00", "Open now until midnight on Sunday"),
    ],
)
def test_midnight_is_the_end_of_a_day(week: MakeWeek, now: str, words: str) -> None:
    weekend = week("fri 18:00-24:00", "sat-sun 00:00-24:00")
    assert say(weekend.state(at(now)), at(now)) == words


def test_a_line_for_everybody_at_any_time_says_so(week: MakeWeek) -> None:
    now = at("2026-11-23 09:00")
    assert say(week(always=True).state(now), now) == "Open now, day and night"


def test_a_line_that_is_not_known_to_open_says_no_more() -> None:
    assert say(State(False, None), at("2026-11-23 09:00")) == "Closed now"
