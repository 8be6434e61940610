"""Open or closed, and until when: by the clock in London, on weekdays, nights, bank holidays and clock changes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from resources.hours import LONDON, State, Week, bank_holidays
from tests.resources.conftest import MakeWeek, at

# --- A week -----------------------------------------------------------------------------------------------------
# 23 November 2026 is a Monday.


@pytest.mark.parametrize(
    ("now", "is_open", "changes"),
    [
        ("2026-11-23 08:44:59", False, "2026-11-23 08:45"),
        ("2026-11-23 08:45", True, "2026-11-23 17:00"),
        ("2026-11-23 16:59:59", True, "2026-11-23 17:00"),
        ("2026-11-23 17:00", False, "2026-11-24 08:45"),
        ("2026-11-27 15:59", True, "2026-11-27 16:00"),
        ("2026-11-27 16:00", False, "2026-11-30 08:45"),
        ("2026-11-28 12:00", False, "2026-11-30 08:45"),
    ],
)
def test_an_office_opens_and_closes_to_the_minute(mash: Week, now: str, is_open: bool, changes: str) -> None:
    assert mash.state(at(now)) == State(is_open, at(changes))


def test_the_clock_is_londons_wherever_the_moment_was_taken(mash: Week) -> None:
    summer = datetime(2026, 7, 6, 7, 45, tzinfo=UTC)  # 8.45 in London
    assert mash.state(summer).is_open
    assert not mash.state(summer - timedelta(minutes=1)).is_open


def test_what_is_always_open_never_changes(week: MakeWeek) -> None:
    line = week(always=True)
    assert line.state(at("2026-12-25 03:00")) == State(True, None)
    assert line.next_opening(at("2026-12-25 03:00")) == at("2026-12-25 03:00")


def test_without_hours_nothing_is_known_to_change(week: MakeWeek) -> None:
    assert week().state(at("2026-11-23 12:00")) == State(False, None)
    assert week().next_opening(at("2026-11-23 12:00")) is None


def test_a_week_without_a_gap_is_open_day_and_night(week: MakeWeek) -> None:
    assert week("mon-sun 00:00-24:00").state(at("2026-11-23 12:00")) == State(True, None)


def test_stretches_that_touch_or_overlap_are_one(week: MakeWeek) -> None:
    touching = week("mon-fri 09:00-17:00", "mon 17:00-20:00")
    overlapping = week("mon-fri 09:00-17:00", "mon 12:00-20:00")
    within = week("mon-fri 09:00-20:00", "mon 12:00-17:00")
    for line in (touching, overlapping, within):
        assert line.state(at("2026-11-23 10:00")) == State(True, at("2026-11-23 20:00"))


# --- Nights -----------------------------------------------------------------------------------------------------


def test_a_night_goes_on_after_midnight(week: MakeWeek) -> None:
    line = week("mon-sun 18:00-24:00", "mon-sun 00:00-06:00")
    for now in ("2026-11-23 18:00", "2026-11-23 23:59"):
        assert line.state(at(now)) == State(True, at("2026-11-24 06:00"))
    assert line.state(at("2026-11-24 00:00")) == State(True, at("2026-11-24 06:00"))
    assert line.state(at("2026-11-24 06:00")) == State(False, at("2026-11-24 18:00"))


def test_a_night_that_ends_at_midnight_ends_there(week: MakeWeek) -> None:
    line = week("fri 18:00-24:00")
    assert line.state(at("2026-11-27 23:59:59")) == State(True, at("2026-11-28 00:00"))
    assert not line.state(at("2026-11-28 00:00")).is_open


def test_special_hours_keep_their_words_and_do_not_join_others(night: Week) -> None:
    special = "only if a child is at risk tonight"
    assert night.state(at("2026-11-23 23:00")) == State(True, at("2026-11-24 00:00"))
    assert night.state(at("2026-11-24 00:00")) == State(True, at("2026-11-24 09:00"), special)
    assert night.state(at("2026-11-24 09:00")) == State(False, at("2026-11-24 17:00"))
    assert night.state(at("2026-11-28 08:59")) == State(True, at("2026-11-28 09:00"), special)
    assert night.state(at("2026-11-28 09:00")) == State(True, at("2026-11-29 00:00"))


def test_the_team_or_its_stand_in_answers_at_every_minute_of_these_weeks(mash: Week, night: Week) -> None:
    for start in ("2026-10-22", "2026-12-23", "2027-03-25"):
        moment = at(f"{start} 00:00").astimezone(UTC)
        for _ in range(9 * 24 * 4):
            assert mash.state(moment).is_open or night.state(moment).is_open, moment
            moment += timedelta(minutes=15)


# --- Bank holidays ----------------------------------------------------------------------------------------------


def test_the_bank_holidays_are_those_of_england() -> None:
    assert {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)} <= bank_holidays(2026) | bank_holidays(2027)
    assert {date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 3)} <= bank_holidays(2027)
    assert date(2026, 11, 30) not in bank_holidays(2026)  # St Andrew's Day, Scotland's
    assert date(2027, 3, 17) not in bank_holidays(2027)  # St Patrick's Day, Northern Ireland's


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-12-24 17:00", "2026-12-29 08:45"),  # over Christmas, Boxing Day on a Saturday, and the Monday for it
        ("2026-12-25 10:00", "2026-12-29 08:45"),
        ("2026-12-28 10:00", "2026-12-29 08:45"),
        ("2026-12-31 17:00", "2027-01-04 08:45"),
        ("2027-03-25 17:00", "2027-03-30 08:45"),  # over Easter
        ("2027-03-29 10:00", "2027-03-30 08:45"),
    ],
)
def test_an_office_is_closed_on_bank_holidays(mash: Week, now: str, opens: str) -> None:
    assert mash.state(at(now)) == State(False, at(opens))


@pytest.mark.parametrize("day", ["2026-12-25", "2026-12-28", "2027-03-26", "2027-03-29"])
def test_a_bank_holiday_may_be_like_a_sunday(night: Week, day: str) -> None:
    sunday = "2026-11-22"
    for hour in ("00:00", "08:59", "09:00", "12:00", "16:30", "23:59"):
        holiday, usual = night.state(at(f"{day} {hour}")), night.state(at(f"{sunday} {hour}"))
        assert (holiday.is_open, holiday.words) == (usual.is_open, usual.words) == (True, usual.words), hour


def test_the_day_after_a_bank_holiday_is_as_usual(night: Week) -> None:
    assert night.state(at("2027-03-30 10:00")) == State(False, at("2027-03-30 17:00"))


def test_a_line_may_take_no_notice_of_bank_holidays(week: MakeWeek) -> None:
    assert week("mon-fri 09:00-17:00").state(at("2026-12-25 10:00")).is_open


# --- When the clocks change -------------------------------------------------------------------------------------


def test_the_night_of_25_october_2026_is_an_hour_longer(night: Week) -> None:
    # At 2am it is 1am again.
    first, second = at("2026-10-25 01:30"), at("2026-10-25 01:30").replace(fold=1)
    assert second.timestamp() - first.timestamp() == 3600
    for now in (at("2026-10-25 00:00"), first, second, at("2026-10-25 08:59")):
        state = night.state(now)
        assert state == State(True, at("2026-10-25 09:00"), "only if a child is at risk tonight")
    assert at("2026-10-25 09:00").timestamp() - at("2026-10-25 00:00").timestamp() == 10 * 3600


def test_the_night_of_28_march_2027_is_an_hour_shorter(night: Week) -> None:
    before = datetime(2027, 3, 28, 0, 59, tzinfo=UTC)  # 0.59; a minute later it is 2am
    for now in (before, before + timedelta(minutes=1)):
        assert night.state(now).changes == at("2027-03-28 09:00")
    assert at("2027-03-28 09:00").timestamp() - at("2027-03-28 00:00").timestamp() == 8 * 3600


@pytest.mark.parametrize(("friday", "offset"), [("2026-10-23", 0), ("2027-03-26", 1)])
def test_an_office_keeps_to_the_clock_over_a_change(week: MakeWeek, friday: str, offset: int) -> None:
    office = week("mon-fri 09:00-17:00", on_bank_holidays="closed")
    opens = office.next_opening(at(f"{friday} 17:00"))
    assert opens is not None
    assert (opens.hour, opens.minute) == (9, 0)
    assert opens.utcoffset() == timedelta(hours=offset)


# --- Against a slow and simple reading of the same hours --------------------------------------------------------

Minute = tuple[datetime, str | None]


def read_slowly(line: Week, start: datetime, days: int) -> list[Minute]:
    """Every minute with what stands in the week at it: the words of its stretch, or None where it is closed."""
    found: list[Minute] = []
    moment = start.astimezone(UTC)
    for _ in range(days * 24 * 60):
        local = moment.astimezone(LONDON)
        weekday, hour = local.weekday(), local.time()
        holiday = local.date() in bank_holidays(local.year)
        if holiday and line.on_bank_holidays == "as_sunday":
            weekday = 6
        words = None
        for span in line.spans:
            if weekday in span.weekdays and span.since <= hour and (span.until is None or hour < span.until):
                words = span.words
        if holiday and line.on_bank_holidays == "closed":
            words = None
        found.append((moment, words))
        moment += timedelta(minutes=1)
    return found


WEEKS = {
    "the office": ("mon-thu 08:45-17:00", "fri 08:45-16:00"),
    "the night team": (
        "mon-thu 17:00-24:00",
        "fri 16:00-24:00",
        "sat-sun 09:00-24:00",
        "mon-sun 00:00-09:00 only if a child is at risk tonight",
    ),
    "late and early": ("mon-fri 18:00-24:00", "tue-sat 00:00-04:00", "sun 10:00-12:30"),
    "overlapping": ("mon-fri 09:00-17:00", "wed 12:00-20:00", "sat 10:00-11:00", "sat 11:00-12:00"),
}


@pytest.mark.parametrize("on_bank_holidays", ["closed", "as_usual", "as_sunday"])
@pytest.mark.parametrize("start", ["2026-10-19", "2026-12-21", "2027-03-22"])
@pytest.mark.parametrize("name", list(WEEKS))
def test_the_quick_reading_is_the_slow_one(week: MakeWeek, name: str, start: str, on_bank_holidays: str) -> None:
    line = week(*WEEKS[name], on_bank_holidays=on_bank_holidays)
    minutes = read_slowly(line, at(f"{start} 00:00"), days=21)
    changes: list[datetime | None] = [None] * len(minutes)
    for place in range(len(minutes) - 2, -1, -1):
        same = minutes[place][1] == minutes[place + 1][1]
        changes[place] = changes[place + 1] if same else minutes[place + 1][0]
    two_weeks = 14 * 24 * 60
    near = {place + by for place in range(1, two_weeks) if changes[place] != changes[place - 1] for by in (-1, 0, 1)}
    for place in sorted(near | set(range(0, two_weeks, 37))):
        now, words = minutes[place]
        state = line.state(now)
        assert state.is_open is (words is not None), now.astimezone(LONDON)
        assert state.words == (words or ""), now.astimezone(LONDON)
        assert state.changes is not None
        assert state.changes.astimezone(UTC) == changes[place], now.astimezone(LONDON)
