"""The contact book of one answer: who stands in for whom, who comes first, at one moment."""

import dataclasses
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from resources.book import ContactBook
from resources.hours import LONDON
from resources.models import Contact

MakeService = Callable[..., Any]
#: A Monday in the office, the evening after it, and two holidays.
OPEN, EVENING, CHRISTMAS, EASTER_MONDAY = (
    datetime.fromisoformat(moment).replace(tzinfo=LONDON)
    for moment in ("2026-11-23 10:00", "2026-11-23 19:00", "2026-12-25 10:00", "2027-03-29 10:00")
)


def shipped_at(moment: datetime) -> ContactBook:
    return dataclasses.replace(ContactBook.load(), now=moment)


# --- Who stands in for whom -------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "key"),
    [(OPEN, "mash"), (EVENING, "mash-night"), (CHRISTMAS, "mash-night"), (EASTER_MONDAY, "mash-night")],
)
def test_the_night_team_stands_in_for_the_office_while_it_is_closed(moment: datetime, key: str) -> None:
    duty = shipped_at(moment).on_duty("mash")
    assert duty is not None
    assert duty.key == key


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "last"),
    [(OPEN, "mash"), (EVENING, "mash-night"), (CHRISTMAS, "mash-night"), (EASTER_MONDAY, "mash-night")],
)
def test_need_help_now_offers_who_answers_now_in_the_order_of_the_records(moment: datetime, last: str) -> None:
    strip = shipped_at(moment).strip()
    assert [turn.service.key for turn in strip if turn.is_now] == ["police-999", "childline", last]


@pytest.mark.django_db
def test_an_editor_who_deletes_the_night_team_does_not_take_the_office_away() -> None:
    Contact.objects.get(key="mash-night").delete()
    duty = shipped_at(EVENING).on_duty("mash")
    assert duty is not None
    assert duty.key == "mash"


@pytest.mark.django_db
def test_a_stand_in_that_is_a_draft_stands_in_for_nobody() -> None:
    Contact.objects.filter(key="mash-night").update(live=False)
    book = shipped_at(EVENING)
    assert book.get("mash-night") is None
    assert [turn.service.key for turn in book.strip()][-1] == "mash"


def test_nobody_stands_in_while_the_hours_are_not_known(service: MakeService) -> None:
    day = service("day", hours=["mon-fri 09:00-17:00"], hours_are_sure=False, when_closed="night")
    book = ContactBook({s.key: s for s in (day, service("night"))}, now=EVENING)
    assert book.on_duty("day") == day


def test_a_key_that_is_not_there_is_nobody() -> None:
    assert ContactBook().on_duty("mash") is None
    assert ContactBook().get("mash") is None
    assert ContactBook().strip() == []


# --- Everyone ---------------------------------------------------------------------------------------------------


def test_everyone_who_is_open_comes_first_and_each_in_their_own_order(service: MakeService) -> None:
    services = [
        service("closed", hours=["sat 09:00-17:00"]),
        service("not-known"),
        service("open", hours=["mon 09:00-17:00"]),
        service("closed-too", hours=["sun 09:00-17:00"]),
        service("always", always_open=True, hours_are_sure=True),
        service("not-known-either"),
    ]
    everyone = ContactBook({s.key: s for s in services}, now=OPEN).everyone()
    assert [listed.service.key for listed in everyone] == [
        "open",
        "always",
        "not-known",
        "not-known-either",
        "closed",
        "closed-too",
    ]
    assert [listed.is_open for listed in everyone] == [True, True, None, None, False, False]


def test_a_kind_is_listed_in_its_own_order_whoever_is_open(service: MakeService) -> None:
    services = [
        service("day", kind="neighbour", hours=["sat 09:00-17:00"]),
        service("line", hours=["mon 09:00-17:00"]),
        service("night", kind="neighbour", hours=["mon 09:00-17:00"]),
    ]
    book = ContactBook({s.key: s for s in services}, now=OPEN)
    found = [(listed.service.key, listed.is_open) for listed in book.of_kind("neighbour")]
    assert found == [("day", False), ("night", True)]
    assert book.of_kind("local") == []


@pytest.mark.django_db
@pytest.mark.parametrize("moment", [OPEN, EVENING, CHRISTMAS])
def test_everyone_means_every_live_record(moment: datetime) -> None:
    everyone = shipped_at(moment).everyone()
    assert {listed.service.key for listed in everyone} == set(
        Contact.objects.filter(live=True).values_list("key", flat=True)
    )
    states = [{True: 0, None: 1, False: 2}[listed.is_open] for listed in everyone]
    assert states == sorted(states)
    assert len(set(states)) > 1


@pytest.mark.django_db
def test_the_page_of_everyone_shows_them_in_that_order(client: Client) -> None:
    page = client.get("/find-help/").content.decode()
    for part in page.split("Areas next to"):
        cards = part.split('<li class="card ct"')[1:]
        # What is not true yet is hidden.
        cards = [re.sub(r"<span[^>]* hidden>", "", card) for card in cards]
        ranks = [2 if 'class="tag off' in card else 0 if 'class="tag' in card else 1 for card in cards]
        assert len(ranks) > 10
        assert ranks == sorted(ranks)


# --- One moment -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_book_is_read_in_one_query_and_holds_live_records_only(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        book = ContactBook.load()
    assert "mash" in book.services
    assert "emerald" not in book.services


@pytest.mark.django_db
def test_the_places_are_read_only_where_a_page_asks_for_them(django_assert_num_queries: Any) -> None:
    book = ContactBook.load()
    with django_assert_num_queries(2):
        assert book.gazetteer.find("Salisbury").spot
        assert book.gazetteer.offered


def test_a_page_says_one_time(service: MakeService) -> None:
    book = ContactBook.of([service("line")])
    assert book.now is book.now
    with pytest.raises(dataclasses.FrozenInstanceError):
        book.now = EVENING  # type: ignore[misc]


def test_a_listed_service_says_its_state_at_that_moment(service: MakeService) -> None:
    line = service("line", hours=["mon 09:00-17:00"])
    book = ContactBook.of([line])
    listed = dataclasses.replace(book, now=OPEN).listed(line)
    assert (listed.is_open, listed.state_words) == (True, "Open now until 5pm")
    listed = dataclasses.replace(book, now=EVENING).listed(line)
    assert (listed.is_open, listed.state_words) == (False, "Closed. Opens on Monday 30 November at 9am")


def test_of_hours_that_nobody_is_sure_of_nothing_is_said(service: MakeService) -> None:
    line = service("line", hours=["mon 09:00-17:00"], hours_are_sure=False)
    listed = ContactBook({"line": line}, now=OPEN).listed(line)
    assert (listed.is_open, listed.state_words) == (None, "")
