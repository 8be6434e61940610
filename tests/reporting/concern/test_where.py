"""Where it happened: towns are offered and the neighbours' numbers shown, from records; without the database too."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from reporting.concern.questions import fields
from resources.book import ContactBook
from resources.gazetteer import MOST_SUGGESTED
from resources.models import Authority, Contact, Place
from resources.snapshot import write_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    """A snapshot of its own for each test."""
    settings.DATA_DIR = tmp_path


def no_database(*args: Any) -> None:
    raise OperationalError("the disk is gone")


def from_the_records(client: Client) -> str:
    """The questions as a person first meets them."""
    return html.unescape(client.get("/tell-us/questions/").content.decode())


def from_the_disk(client: Client) -> str:
    """The questions with words in them: they are made without the database, and here there is none."""
    write_snapshot()
    with connection.execute_wrapper(no_database):
        response = client.post("/tell-us/questions/", {"town": "Nowhere Magna"})
    assert response.status_code == 422
    page = html.unescape(response.content.decode())
    assert 'value="Nowhere Magna"' in page
    return page


both = pytest.mark.parametrize("questions", [from_the_records, from_the_disk], ids=["records", "disk"])


def offered(page: str) -> list[str]:
    """The names in the list that the box for the town has."""
    [box] = re.findall(r'<input[^>]* id="town"[^>]*>', page)
    named = re.search(r' list="([^"]+)"', box)
    assert named
    found = re.search(rf'<datalist id="{named[1]}">(.*?)</datalist>', page, re.S)
    assert found
    return re.findall(r'<option value="([^"]*)"', found[1])


def beside_outside(page: str) -> str:
    """What stands beside the answer that it was outside of the area."""
    found = re.search(r'id="outside-yes".*?data-note="yes">(.*?)</div>', page, re.S)
    assert found
    return found[1]


@both
def test_the_towns_that_are_offered_are_the_records(client: Client, keys_in_use: None, questions: Any) -> None:
    assert offered(questions(client)) == sorted(
        Place.objects.filter(is_main=True, kind="town").values_list("name", flat=True)
    )


@both
def test_a_new_place_is_offered_and_a_withdrawn_or_deleted_one_is_not(
    client: Client, keys_in_use: None, questions: Any
) -> None:
    Place.objects.create(name="Little “Marsh” & <Moor>", source="a map")
    Place.objects.filter(name="Calne").update(live=False)
    Place.objects.get(name="Mere").delete()
    names = offered(questions(client))
    assert "Little “Marsh” & <Moor>" in names
    assert not {"Calne", "Mere"} & set(names)


@both
def test_beside_outside_stand_the_numbers_of_all_live_neighbours(
    client: Client, keys_in_use: None, questions: Any
) -> None:
    note = beside_outside(questions(client))
    neighbours = Contact.objects.filter(kind="neighbour", live=True)
    assert re.findall(r"<b>(.*?)</b>", note) == list(neighbours.values_list("name", flat=True))
    for listed in ContactBook.load().of_kind("neighbour"):
        if listed.service.number:
            assert f'href="{listed.service.first.href}">{listed.service.number}</a>' in note
        else:
            assert listed.service.website in note
        if listed.is_open is None:
            assert f'<span class="soft">{listed.service.hours_words}</span>' in note
    assert note.count('href="tel:') > 10


@both
def test_a_draft_neighbour_is_not_shown_and_a_published_one_is(
    client: Client, keys_in_use: None, questions: Any
) -> None:
    assert "01202 123334" not in beside_outside(questions(client))
    Contact.objects.filter(key="bcp").update(live=True, number_confidence="H")
    Contact.objects.filter(key="swindon").update(live=False)
    note = beside_outside(questions(client))
    assert "01202 123334" in note
    assert "01793 464646" not in note


@both
def test_a_neighbour_says_whether_it_is_open(client: Client, keys_in_use: None, questions: Any) -> None:
    Contact.objects.filter(key="somerset").update(always_open=True)
    Contact.objects.exclude(key="somerset").update(hours_confidence="L")
    note = beside_outside(questions(client))
    assert note.count("Open now, day and night") == 1
    assert "Closed" not in note
    assert "When the day line is closed" in note


@both
def test_without_any_neighbour_the_sentence_stands_alone(client: Client, keys_in_use: None, questions: Any) -> None:
    Contact.objects.filter(kind="neighbour").update(live=False)
    note = beside_outside(questions(client))
    assert "we pass it on to the right team" in note
    assert "<details>" not in note


@both
def test_nothing_beside_a_question_leads_away_from_it(client: Client, keys_in_use: None, questions: Any) -> None:
    """A link to another page would lose the words that stand in the form."""
    note = beside_outside(questions(client))
    assert len(re.findall("href=", note)) == len(re.findall('href="tel:', note))


def test_without_a_snapshot_the_questions_still_come(client: Client, keys_in_use: None) -> None:
    with connection.execute_wrapper(no_database):
        response = client.post("/tell-us/questions/", {"where": "the park"})
    page = html.unescape(response.content.decode())
    assert "the park" in page
    assert offered(page) == []
    assert "<details>" not in beside_outside(page)


def test_the_town_is_never_required_and_anything_may_be_typed(client: Client, keys_in_use: None) -> None:
    for town in ("", "Salisbury", "somewhere near the river"):
        response = client.post("/tell-us/questions/", {"story": "A worry", "town": town})
        assert response.status_code == 200
        assert f'name="town" value="{town}"' in html.unescape(response.content.decode())


def check_page(client: Client, town: str) -> str:
    """What stands on the check page between the answers and Send; it is made without the database."""
    write_snapshot()
    with connection.execute_wrapper(no_database):
        page = client.post("/tell-us/questions/", {"story": "A worry", "town": town}).content.decode()
    found = re.search(r'<section[^>]*aria-labelledby="elsewhere".*?</section>', page, re.S)
    assert 'name="token"' in page
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(found[0])).split()) if found else ""


@pytest.mark.parametrize("town", ["Swindon", "swindon", "SN1", "SN1 2AB", "Swindon SN1 2AB"])
def test_before_sending_a_place_over_the_border_shows_whom_one_could_call_there(client: Client, town: str) -> None:
    said = check_page(client, town)
    assert "You can send this all the same, and we pass it on" in said
    assert "Swindon :" in said and "01793 464646" in said and "01793 466900" in said


def test_before_sending_a_border_district_shows_all_who_it_may_be(client: Client) -> None:
    said = check_page(client, "BA12")
    assert "Dorset" in said and "Somerset" in said and "Wiltshire" not in said
    # Nobody has checked a number of theirs.
    assert "Dorset : we have no number that somebody has checked. Call 0300 456 0108" in said


def test_before_sending_two_places_of_one_name_show_both(client: Client) -> None:
    assert "Dorset" in check_page(client, "Gillingham")


@pytest.mark.parametrize("town", ["", "Mere", "SP1", "somewhere near the river", "x" * 5_000, "\u202e\0", "<b>"])
def test_before_sending_any_other_place_shows_none(client: Client, town: str) -> None:
    assert check_page(client, town) == ""


@both
def test_the_script_finds_beside_the_box_whom_one_could_call(client: Client, keys_in_use: None, questions: Any) -> None:
    page = questions(client)
    assert '<option value="Swindon" data-call="swindon swindon-night">' in page
    assert '<option value="SP7" data-call="dorset">' in page
    assert '<option value="Mere">' in page
    live = set(Contact.objects.filter(kind="neighbour", live=True).values_list("key", flat=True))
    assert set(re.findall(r'<li data-key="([^"]+)">', page)) == live


def test_two_thousand_places_make_the_questions_no_heavier_than_two_hundred(client: Client, keys_in_use: None) -> None:
    through = Place.authorities.through
    swindon = Authority.objects.get(key="swindon")
    places = Place.objects.bulk_create(Place(name=f"Little Marsh {n}", source="a map") for n in range(2_000))
    through.objects.bulk_create(through(place_id=place.pk, authority_id=swindon.pk) for place in places)
    assert len(offered(from_the_records(client))) == MOST_SUGGESTED


def test_places_stand_in_records_only() -> None:
    named = re.compile("|".join(rf"\b{name}\b" for name in Place.objects.values_list("name", flat=True)))
    for folder in ("templates", "reporting/concern", "static/js"):
        for file in Path(folder).rglob("*.*"):
            if file.suffix in (".html", ".yaml", ".py", ".js", ".mjs"):
                assert not named.search(file.read_text()), file


def test_the_questions_name_kinds_of_records_that_there_are() -> None:
    assert {field.suggest for field in fields()} == {"", "places"}
    kinds = {option.contacts for field in fields() for option in field.options}
    assert kinds == {"", "neighbour"}
    assert kinds - {""} <= set(Contact.Kind.values)
