"""Working days of a team: what counts as one, and when so many have passed."""

from pathlib import Path
from typing import Any

import pytest

from resources.hours import Week
from resources.snapshot import write_snapshot
from resources.working_days import OFFICE_WEEK, have_passed, team_week, working_days_after, working_hours_after
from tests.resources.conftest import MakeWeek, at


# 23 November 2026 is a Monday; 25 and 28 December 2026 are bank holidays.
@pytest.mark.parametrize(
    ("since", "days", "end"),
    [
        ("2026-11-23 10:00", 1, "2026-11-24 10:00"),
        ("2026-11-23 10:00", 2, "2026-11-25 10:00"),
        ("2026-11-27 10:00", 1, "2026-11-30 10:00"),  # over a weekend
        ("2026-11-28 03:00", 1, "2026-12-01 08:45"),  # what comes on Saturday counts from Monday's opening
        ("2026-11-23 20:00", 1, "2026-11-25 08:45"),
        ("2026-11-26 16:30", 1, "2026-11-30 08:45"),  # on Friday they have left by then
        ("2026-12-24 10:00", 2, "2026-12-30 10:00"),  # over Christmas
        ("2026-03-27 10:00", 1, "2026-03-30 10:00"),  # the clocks change in between
    ],
)
def test_the_same_time_so_many_working_days_later(mash: Week, since: str, days: int, end: str) -> None:
    assert working_days_after(mash, at(since), days) == at(end)


@pytest.mark.parametrize(
    ("since", "hours", "end"),
    [
        ("2026-11-23 10:00", 4, "2026-11-23 14:00"),
        ("2026-11-23 15:00", 4, "2026-11-24 10:45"),  # two of them are left for the next day
        ("2026-11-27 15:00", 4, "2026-11-30 11:45"),  # over a weekend
        ("2026-11-28 03:00", 4, "2026-11-30 12:45"),
        ("2026-12-24 16:00", 2, "2026-12-29 09:45"),  # over Christmas
        ("2026-11-23 10:00", 20, "2026-11-25 13:30"),  # over two nights
        ("2026-11-23 13:00", 4, "2026-11-23 17:00"),  # to the minute at which they leave
    ],
)
def test_so_many_hours_of_the_team_later(mash: Week, since: str, hours: int, end: str) -> None:
    assert working_hours_after(mash, at(since), hours) == at(end)


def test_an_hour_is_an_hour_when_the_clocks_change(week: MakeWeek) -> None:
    always = week("mon-sun 00:00-24:00")
    assert working_hours_after(always, at("2026-03-29 00:00"), 4) == at("2026-03-29 05:00")


def test_a_team_without_hours_is_never_there() -> None:
    assert working_hours_after(Week([]), at("2026-11-27 10:00"), 1) is None


def test_a_team_that_is_always_there_has_seven_working_days_a_week(week: MakeWeek) -> None:
    assert working_days_after(week(always=True), at("2026-11-27 10:00"), 2) == at("2026-11-29 10:00")


def test_a_team_without_hours_has_no_working_days() -> None:
    assert working_days_after(Week([]), at("2026-11-27 10:00"), 1) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "over"), [("2026-11-30 09:59", False), ("2026-11-30 10:00", True), ("2026-11-28 10:00", False)]
)
def test_they_have_passed_by_the_hours_of_the_team_s_record(
    settings: Any, tmp_path: Path, django_assert_num_queries: Any, now: str, over: bool
) -> None:
    settings.DATA_DIR = tmp_path
    write_snapshot()
    assert team_week() != OFFICE_WEEK
    with django_assert_num_queries(0):
        assert have_passed(1, at("2026-11-27 10:00"), at(now)) is over


def test_without_a_snapshot_it_is_office_hours(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert team_week() == OFFICE_WEEK
    assert not have_passed(1, at("2026-11-27 10:00"), at("2026-11-30 09:59"))
    assert have_passed(1, at("2026-11-27 10:00"), at("2026-11-30 10:00"))
