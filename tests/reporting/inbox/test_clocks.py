"""By when something must be done: the limits of the settings, the team's hours, and nothing finer than the hour."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.desk.clock_words import left
from reporting.inbox.checks import limits_are_limits
from reporting.inbox.clocks import STATUTORY, Limit, first_end, limits_of_the_settings, read_by, step_by
from reporting.inbox.models import Report
from resources.hours import LONDON, Week
from resources.working_days import OFFICE_WEEK, team_week

WEEK = OFFICE_WEEK  # Monday to Friday, 9am to 5pm, closed on bank holidays


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


def running(**fields: Any) -> dict[str, datetime]:
    """The clocks of a report that came on Monday 23 November 2026 at 10am, unless something else is said."""
    report = Report(**{"received_hour": at("2026-11-23 10:00"), "danger": False, "state": "opened"} | fields)
    return {str(clock.kind): clock.due for clock in report.clocks(WEEK)}


@pytest.mark.parametrize(
    ("words", "since", "end"),
    [
        ("1 h", "2026-11-28 22:00", "2026-11-28 23:00"),  # by the clock: at night and on Saturdays too
        ("4 working h", "2026-11-27 15:00", "2026-11-30 11:00"),
        ("1 working day", "2026-11-27 15:00", "2026-11-30 15:00"),
        ("3 working days", "2026-12-23 10:00", "2026-12-30 10:00"),  # Christmas Day and the day given for Boxing Day
    ],
)
def test_a_limit_runs_by_the_clock_or_by_the_team_s_hours(words: str, since: str, end: str) -> None:
    assert Limit.parse(words).end(WEEK, at(since)) == at(end)


def test_without_hours_in_sight_it_runs_by_the_clock() -> None:
    for words, hours in (("4 working h", 4), ("1 working day", 24)):
        assert Limit.parse(words).end(Week([]), at("2026-11-27 15:00")) == at("2026-11-27 15:00") + timedelta(
            hours=hours
        )


@pytest.mark.parametrize("words", ["", "4", "4 hours", "0 h", "-1 h", "1.5 h", "soon"])
def test_what_is_no_limit_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="is no limit"):
        Limit.parse(words)


def test_a_setting_that_is_no_limit_is_said_before_anything_runs(settings: Any) -> None:
    assert limits_are_limits() == []
    settings.STEP_WITHIN = "soon"
    [error] = limits_are_limits()
    assert "“soon” is no limit" in error.msg


def test_the_limits_of_the_house() -> None:
    assert len(list(limits_of_the_settings())) == 9
    received = at("2026-11-23 10:00")
    assert {code: read_by(WEEK, code, received) for code in ("", *Report.Urgency.values)} == {
        "": at("2026-11-23 11:00"),
        "red": at("2026-11-23 11:00"),
        "amber": at("2026-11-23 14:00"),
        "green": at("2026-11-24 10:00"),
        "blue": at("2026-11-24 10:00"),
    }


def test_new_ones_have_the_shortest_time_whatever_it_is(settings: Any) -> None:
    settings.READ_WITHIN = {"red": "9 h", "amber": "4 working h", "green": "1 working day", "blue": "1 working day"}
    assert read_by(WEEK, "", at("2026-11-23 10:00")) == at("2026-11-23 14:00")
    assert read_by(WEEK, "", at("2026-11-23 16:00")) == at("2026-11-24 01:00")


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("1 working day", "2026-11-24 10:00"),
        ("4 working h", "2026-11-23 14:00"),
        ("5 working days", "2026-11-24 10:00"),
    ],
)
def test_the_statutory_day_can_be_made_shorter_and_never_longer(settings: Any, words: str, end: str) -> None:
    settings.STEP_WITHIN = words
    assert step_by(WEEK, at("2026-11-23 10:00")) == at(end)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.sampled_from(["2 h", "9 working h", "30 working h"])
)
def test_no_setting_ends_after_the_statutory_day(moment: datetime, words: str) -> None:
    since = moment.replace(tzinfo=LONDON)
    limits = sorted([STATUTORY, Limit.parse(words)], key=lambda each: each.at_least)
    assert first_end(limits, WEEK, since) == min(each.end(WEEK, since) for each in limits)


def test_which_clocks_run() -> None:
    new = running(state="new")
    assert new == {"read": at("2026-11-23 11:00"), "step": at("2026-11-24 10:00")}
    assert running() == {"step": at("2026-11-24 10:00")}
    assert running(urgency="green") == {"step": at("2026-11-24 10:00"), "outcome": at("2026-11-26 10:00")}
    assert running(urgency="red", state="checking") == {"outcome": at("2026-11-23 14:00")}
    assert running(urgency="red", state="decided", outcome="strategy") == {}
    assert running(urgency="red", state="closed", outcome="strategy") == {}


def test_what_a_sender_adds_is_read_in_the_time_of_its_urgency() -> None:
    news = {"has_news": True, "news_hour": at("2026-11-24 15:00"), "outcome": "strategy"}
    assert running(urgency="amber", state="checking", **news) == {"read": at("2026-11-25 11:00")}
    again = running(urgency="amber", state="reopened", **news)
    assert again == {"read": at("2026-11-25 11:00"), "step": at("2026-11-25 15:00")}, "it starts anew"


@pytest.mark.django_db
def test_the_first_clock_is_kept_whatever_is_changed() -> None:
    report = Report.objects.create(reference="A2-000", received_hour=at("2026-11-23 10:00"), danger=False)
    week = team_week()
    assert (report.due, report.rank) == (read_by(week, "", report.received_hour), 1)
    report.state, report.urgency = Report.State.CHECKING, Report.Urgency.BLUE
    report.save(update_fields=["state", "urgency"])
    report.refresh_from_db()
    assert (report.due, report.rank) == (Limit.parse("3 working days").end(week, report.received_hour), 4)
    report.outcome = Report.Outcome.ADVICE
    report.save(update_fields=["outcome"])
    report.refresh_from_db()
    assert (report.due, report.rank) == (None, 5)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-11-25 12:30", "under 1 h left"),
        ("2026-11-25 14:00", "2 h left"),
        ("2026-11-26 09:00", "by 9am tomorrow"),
        ("2026-11-30 15:00", "by 3pm on Monday"),
        ("2026-11-25 12:00", "late since midday"),
        ("2026-11-24 08:45", "late since 8.45am yesterday"),
        ("2026-11-20 15:00", "late since 3pm on Friday"),
        ("2026-11-03 15:00", "late since 3pm on Tuesday 3 November"),
    ],
)
def test_how_much_time_is_left_in_words(due: str, words: str) -> None:
    assert left(at(due), at("2026-11-25 12:00")) == words
