"""A page that stays open: read later, with its script, it says what a page made at that moment would say."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from resources.ahead import LOOK_AGAIN, Said, Turn, changes_hours, horizon, minutes, readings, sayings, valid_until
from resources.book import ContactBook
from resources.hours import LONDON
from resources.service import Service
from tests.resources.conftest import at

#: The first days of an ordinary week, Christmas 2026, Easter 2027, and the weeks in which the clocks change.
WEEKS = ["2026-11-23", "2026-12-23", "2027-03-24", "2026-10-22", "2027-10-29"]
WORDS_AT_NIGHT = "only if a child is at risk tonight"


def is_shown(timed: Said | Turn, now: datetime) -> bool:
    """What the script decides of an element."""
    if not timed.when:
        return True
    ends = [tuple(part.split("-")) for part in timed.when.split(" ")]
    return any(int(since or 0) <= minutes(now) and (not until or minutes(now) < int(until)) for since, until in ends)


def words(said: Iterable[Said], now: datetime) -> list[str]:
    return [one.words for one in said if is_shown(one, now)]


def panel(turns: Iterable[Turn], now: datetime) -> list[tuple[str, list[str]]]:
    """Who stands in a help panel at a moment, and what is said of their hours."""
    return [(turn.service.key, words(turn.sayings, now)) for turn in turns if is_shown(turn, now)]


@pytest.fixture
def book(django_db_setup: Any, db: Any) -> ContactBook:
    return ContactBook.load()


def as_of(book: ContactBook, now: datetime) -> ContactBook:
    return dataclasses.replace(book, now=now)


def quarters(start: str, days: int) -> Iterator[datetime]:
    """Every quarter of an hour."""
    first = at(f"{start} 00:00").astimezone(UTC)
    return (first + timedelta(minutes=15 * number) for number in range(days * 24 * 4))


def edges(book: ContactBook, first: datetime, until: datetime) -> Iterator[datetime]:
    """Every moment at which something changes that is said about hours, with the minute before it."""
    services = [service for service in book.services.values() if changes_hours(service)]
    yield first
    while (first := valid_until(services, first)) < until:
        yield first - timedelta(minutes=1)
        yield first
    yield until - timedelta(minutes=1)


# --- Who is on duty ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", WEEKS)
def test_the_panel_names_who_answers_at_every_moment_of_these_weeks(book: ContactBook, start: str) -> None:
    mash, night = book.services["mash"].week, book.services["mash-night"].week
    for moment in quarters(start, days=9):
        [*others, (key, said)] = panel(as_of(book, moment).strip(), moment)
        assert [other for other, _ in others] == ["police-999", "childline"]
        in_the_office = mash.state(moment).is_open
        assert key == ("mash" if in_the_office else "mash-night"), moment
        assert night.state(moment).is_open or in_the_office, moment
        assert len(said) == 1
        assert said[0].startswith("open until "), moment
        local = moment.astimezone(LONDON)
        assert (WORDS_AT_NIGHT in said[0]) is (local.hour < 9 and not in_the_office), moment


@pytest.mark.parametrize("start", WEEKS)
def test_a_page_that_stays_open_swaps_them_at_the_minute(book: ContactBook, start: str) -> None:
    for hours in (0, 10, 17, 30, 51, 80, 99):
        made = at(f"{start} 00:00").astimezone(UTC) + timedelta(hours=hours)
        kept = as_of(book, made).strip()
        for moment in edges(book, made, horizon(made)):
            assert panel(kept, moment) == panel(as_of(book, moment).strip(), moment), (made, moment)


def test_a_page_that_is_left_for_days_claims_nothing_and_names_both(book: ContactBook) -> None:
    for made in ("2026-11-23 10:00", "2026-11-28 10:00"):
        kept = as_of(book, at(made)).strip()
        later = panel(kept, at(made) + timedelta(days=9))
        assert later[:2] == [("police-999", []), ("childline", [])]
        assert sorted(later[2:]) == [("mash", []), ("mash-night", [])]


def test_whoever_is_not_on_duty_is_hidden_without_script_too(book: ContactBook) -> None:
    strip = as_of(book, at("2026-11-23 10:00")).strip()
    assert [(turn.service.key, turn.is_now) for turn in strip][2:] == [("mash", True), ("mash-night", False)]
    assert [said.is_now for turn in strip[2:3] for said in turn.sayings] == [True, False]


# --- What cards say ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", WEEKS)
def test_a_card_that_stays_open_says_what_a_new_one_would(book: ContactBook, start: str) -> None:
    changing = [service for service in book.services.values() if changes_hours(service)]
    assert len(changing) > 5
    for hours in (7, 31, 56, 81):
        made = at(f"{start} 00:00").astimezone(UTC) + timedelta(hours=hours)
        for service in changing:
            kept = sayings(service, made)
            assert kept[0].words == service.state_words(made)
            for moment in edges(book, made, horizon(made)):
                assert words(kept, moment) == [service.state_words(moment)], (service.key, made, moment)
            assert words(kept, horizon(made)) == [LOOK_AGAIN]


def test_what_never_changes_carries_no_times(book: ContactBook) -> None:
    for key in ("police-999", "safecall"):
        [said] = sayings(book.services[key], book.now)
        assert (said.when, said.is_now) == ("", True)


def test_a_page_made_a_minute_later_is_the_same_to_the_byte(service: Callable[..., Service]) -> None:
    line = service("line", hours=["mon-fri 09:00-17:00"])
    first = sayings(line, at("2026-11-23 10:00"))
    assert first == sayings(line, at("2026-11-23 16:59"))
    assert first != sayings(line, at("2026-11-23 17:00"))


# --- For whoever keeps pages ------------------------------------------------------------------------------------


def test_what_pages_say_holds_until_the_next_change(book: ContactBook) -> None:
    now = at("2026-11-23 00:00").astimezone(UTC)
    services = list(book.services.values())
    seen = []
    while now < at("2026-11-30 00:00"):
        until = valid_until(services, now)
        assert until > now
        seen.append(until)
        said = [service.state_words(now) for service in services]
        last = until - timedelta(minutes=1)
        assert [service.state_words(last) for service in services] == said, (now, until)
        assert [service.state_words(until) for service in services] != said, until
        now = until
    assert at("2026-11-23 08:45") in seen


def test_without_hours_it_holds_until_midnight(service: Callable[..., Service]) -> None:
    assert valid_until([service("line")], at("2026-10-25 00:30")) == at("2026-10-26 00:00")


def answered(client: Client, monkeypatch: pytest.MonkeyPatch, book: ContactBook, now: str, **headers: str) -> Any:
    monkeypatch.setattr(ContactBook, "current", lambda: as_of(book, at(now)))
    return client.get("/parents-and-carers/", headers=headers)


def test_a_kept_page_is_asked_for_again_and_is_new_when_a_service_opens(
    client: Client, monkeypatch: pytest.MonkeyPatch, book: ContactBook
) -> None:
    night = answered(client, monkeypatch, book, "2026-11-24 08:30")
    assert "no-cache" in night.headers["Cache-Control"]
    tag = {"if-none-match": night.headers["ETag"]}
    assert answered(client, monkeypatch, book, "2026-11-24 08:44", **tag).status_code == 304
    opened = answered(client, monkeypatch, book, "2026-11-24 08:45", **tag)
    assert opened.status_code == 200
    assert opened.headers["ETag"] != night.headers["ETag"]
    assert "no-cache" in opened.headers["Cache-Control"]


# --- When somebody reads what is sent ---------------------------------------------------------------------------


@pytest.mark.parametrize("start", WEEKS)
def test_a_page_that_stays_open_says_when_we_next_read(book: ContactBook, start: str) -> None:
    team = book.services["mash"]
    for hours in (0, 10, 17, 30, 51, 80, 99):
        made = at(f"{start} 00:00").astimezone(UTC) + timedelta(hours=hours)
        kept = readings(team, made)
        for moment in edges(book, made, horizon(made)):
            assert words(kept, moment) == words(readings(team, moment), moment), (made, moment)
            assert len(words(kept, moment)) == 1, (made, moment)
            assert ("now" in words(kept, moment)[0]) is team.week.state(moment).is_open, (made, moment)


def test_a_page_that_is_left_for_days_promises_no_reading(book: ContactBook) -> None:
    made = at("2026-11-23 10:00")
    assert words(readings(book.services["mash"], made), made + timedelta(days=9)) == []


def test_a_reading_does_not_depend_on_the_minute_in_which_a_page_is_made(book: ContactBook) -> None:
    team = book.services["mash"]
    assert readings(team, at("2026-11-23 10:00")) == readings(team, at("2026-11-23 10:01"))


def test_a_team_that_never_closes_reads_day_and_night_and_a_long_closure_promises_nothing(service: Any) -> None:
    always = service("always", ("call", "01632 960 001"), always_open=True, hours_are_sure=True)
    closed = service("closed", ("call", "01632 960 001"), hours=[], hours_are_sure=True)
    assert [said.words for said in readings(always, at("2026-11-23 10:00"))] == ["We read day and night."]
    assert readings(closed, at("2026-11-23 10:00")) == ()
