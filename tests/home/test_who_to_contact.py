"""Who to contact: each place leads to somebody to call, by day and by night; odd words get kind ones."""

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.book import ContactBook
from resources.first_call import advise, ask
from resources.gazetteer import Gazetteer
from resources.models import Authority, Contact, Place
from tests.resources.conftest import at

pytestmark = pytest.mark.django_db
ADDRESS = "/who-to-contact/"
DAY, NIGHT = at("2026-11-24 11:00"), at("2026-11-24 23:30")


def answer(client: Client, **typed: str) -> str:
    """What the page says to the places that somebody typed."""
    page = client.post(ADDRESS, typed).content.decode()
    found = re.search(r'<section[^>]* id="answer".*?</section>', page, re.S)
    assert found
    return html.unescape(found[0])


def words(part: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def box(client: Client, key: str, **typed: str) -> str:
    """A box with what stands below it."""
    page = client.post(ADDRESS, typed).content.decode()
    found = re.search(rf'<label for="{key}">.*?(?=<label for="(?:lives|school|happened)">|<datalist)', page, re.S)
    assert found
    return html.unescape(found[0])


# --- Whom to call ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", [DAY, NIGHT], ids=["day", "night"])
def test_each_live_place_leads_to_somebody_with_a_number(moment: Any) -> None:
    """Whatever area people choose: its own team, or ours, which passes it on; and never a contact that is not live."""
    loaded = ContactBook.load()
    book = ContactBook(loaded.services, now=moment, gazetteer=Gazetteer.load())
    live = set(Contact.objects.filter(live=True).values_list("key", flat=True))
    led_to = set()
    for spot in book.gazetteer.spots:
        for area in book.gazetteer.areas_of(spot) or [None]:
            asked = {key: ask(book.gazetteer, key, "", "") for key in ("school", "happened")}
            lives = ask(book.gazetteer, "lives", spot.name, area.key if area else "")
            if lives.found.near:  # two places share the name
                lives = ask(book.gazetteer, "lives", spot.name, spot.name)
            advice = advise(asked | {"lives": lives}, book)
            if area is None:
                assert advice is None, spot
                continue
            assert advice and advice.first.area == area, spot
            team = advice.first if advice.first.has_number else advice.ours
            assert team and team.in_turn, spot
            assert {listed.service.key for listed in team.in_turn} <= live
            led_to.add(area.key)
            if any(listed.is_open is not None for listed in team.in_turn):
                assert team.in_turn[0].is_open is not False or len(team.in_turn) == 1, spot
    assert led_to == set(Authority.objects.values_list("key", flat=True))


def test_mere_is_ours_and_its_school_is_over_the_border(client: Client) -> None:
    said = words(answer(client, lives="Mere", school="Gillingham, Dorset"))
    assert "Call Wiltshire first" in said
    assert "The child lives there, so that council leads" in said
    assert "Home: Wiltshire. School: Dorset, over the border." in said
    assert "Say that the school is in Dorset" in said
    assert "0300 456 0108" in said and "0300 456 0100" in said
    assert "Wiltshire Police look after that area" in said
    assert "Mere is in the South West Wiltshire Area Board" in said


def test_a_child_from_dorset_is_dorsets_and_ours_passes_it_on(client: Client) -> None:
    said = words(answer(client, lives="SP8", happened="Mere"))
    assert "Call Dorset first" in said
    assert "You can call Wiltshire, and they pass it on" in said
    assert "Say that it happened in Wiltshire" in said
    assert "Wiltshire Police look after that area" in said
    assert "tell us online" in said
    Contact.objects.filter(key="dorset-phone").update(live=True, number_confidence="H")
    Authority.objects.filter(key="dorset").update(contact=Contact.objects.get(key="dorset-phone"))
    assert "Call 01305 228866" in words(answer(client, lives="SP8"))


def test_gillingham_is_a_choice_of_two_and_dorsets_is_meant_after_it(client: Client) -> None:
    offered = box(client, "lives", lives="Gillingham")
    assert "Did you mean one of these?" in offered
    assert 'value="Gillingham"' in offered and 'value="Gillingham (Kent)"' in offered
    assert "please choose above" in answer(client, lives="Gillingham")
    typed = {"lives": "Gillingham", "lives-choice": "Gillingham"}
    assert "Call Dorset first" in words(answer(client, **typed))
    assert "We mean Gillingham in Dorset." in words(box(client, "lives", **typed))
    far = {"lives": "Gillingham", "lives-choice": "Gillingham (Kent)"}
    assert "GOV.UK knows every council in England" in words(answer(client, **far))


def test_a_district_on_the_border_is_a_choice_and_never_a_guess(client: Client) -> None:
    said = words(box(client, "lives", lives="BA12"))
    assert "BA12 lies in more than one area. Which one is it?" in said
    assert "Warminster and Mere are in Wiltshire." in said
    unsettled = words(answer(client, lives="BA12"))
    assert "first" not in unsettled
    assert "0300 456 0108" in unsettled and "999" in unsettled
    for key, name in (("wiltshire", "Wiltshire"), ("somerset", "Somerset")):
        assert f"Call {name} first" in words(answer(client, lives="BA12", **{"lives-choice": key}))
        assert re.search(rf'value="{key}"[^>]* checked', box(client, "lives", lives="BA12", **{"lives-choice": key}))
    assert "first" not in words(answer(client, lives="BA12", **{"lives-choice": "oxfordshire"}))


def test_of_a_full_postcode_the_rest_is_thrown_away_and_the_page_says_so(client: Client) -> None:
    page = client.post(ADDRESS, {"lives": "SP8 4QB"}).content.decode()
    assert "4QB" not in page
    assert 'value="SP8"' in page
    assert "We kept the first half of the postcode and threw the rest away." in page


def test_a_misspelt_place_is_offered_as_it_is_spelt(client: Client) -> None:
    assert 'value="Trowbridge"' in box(client, "lives", lives="Trobridge")
    assert "Call Wiltshire first" in words(answer(client, lives="Trobridge", **{"lives-choice": "Trowbridge"}))


def test_without_a_home_it_begins_where_it_happened_and_then_at_the_school(client: Client) -> None:
    assert "It happened there. They find out where the child lives" in words(answer(client, happened="Swindon"))
    said = words(answer(client, school="Frome"))
    assert "Call Somerset first" in said and "The school is there" in said
    # A home that we do not know is no reason to begin elsewhere.
    assert "We can’t tell which council it is" in words(answer(client, lives="Atlantis", happened="Swindon"))


def test_the_night_team_stands_first_at_night(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    load = ContactBook.load
    for moment, number in ((DAY, "01793 464646"), (NIGHT, "01793 466900")):
        monkeypatch.setattr(
            ContactBook, "load", lambda moment=moment: ContactBook(load().services, moment, Gazetteer.load())
        )
        said = answer(client, lives="Swindon")
        assert said.index(f"Call {number}") < said.index("Can’t reach them")
        assert said.count('class="b"') == 1


# --- The table ---------------------------------------------------------------------------------------------------


def test_all_areas_stand_in_the_table_without_typing(client: Client) -> None:
    page = client.get(ADDRESS)
    table = page.content.decode().partition("<thead>")[2].partition("</table>")[0]
    assert table.count("<tbody>") == Authority.objects.count() == 11
    assert words(table).startswith("Child lives in When Call Wiltshire Day 0300 456 0108")
    for number in ("01793 464646", "01793 466900", "0300 456 0100"):
        assert number in table
    below = words(page.content.decode().partition("</table>")[2])
    for name in ("Mere", "Gillingham", "BA12", "SP8"):
        assert name in below
    assert "no-cache" in page.headers["Cache-Control"]


def test_a_changed_number_and_a_new_authority_show_at_once(client: Client) -> None:
    contact = Contact.objects.create(
        key="marsh", name="Marsh", for_whom="x", kind="neighbour", website="https://x.example/", number_confidence="H"
    )
    contact.ways = [{"type": "call", "value": "01632 960001"}]
    contact.save()
    area = Authority.objects.create(key="marsh", name="Marshshire", contact=contact, police="Marsh Police", source="x")
    place = Place(name="Little Marsh", source="a map")
    place.authorities = [area]
    place.save()
    assert "01632 960001" in client.get(ADDRESS).content.decode()
    assert "Marsh Police look after that area" in words(answer(client, lives="little marsh"))


# --- Odd words ---------------------------------------------------------------------------------------------------

ODD = {
    "nothing": "",
    "space": " \t\n ",
    "unknown": "Atlantis",
    "far": "M1 1AE",
    "nonsense": "ZZ99 9ZZ",
    "long": "x" * 10_240,
    "long words": "Mere " * 2_048,
    "nul": "Me\0re\0",
    "bidi": "\u202eereM\u2066",
    "emoji": "🏡👩‍👧",
    "html": "<script>alert(1)</script>",
    "template": "{{ settings }}{% debug %}",
    "sql": "'; DROP TABLE resources_place; --",
    "surrogate": "\\ud800",
    "pattern": "(((((((((([a-z]+)+)+)+",
}


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD)
def test_odd_words_get_kind_ones_and_the_numbers(client: Client, typed: str) -> None:
    response = client.post(ADDRESS, dict.fromkeys(("lives", "school", "happened", "lives-choice"), typed))
    page = response.content.decode()
    assert response.status_code == 200
    assert 'href="tel:999"' in page and 'href="tel:03004560108"' in page
    assert "<script>alert" not in page and "\0" not in page and "\u202e" not in page
    assert len(page) < 40_000


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"lives=%FF%FE%C3%28", "application/x-www-form-urlencoded"),
        (b"lives=\xff\xfe\xc3(", "application/x-www-form-urlencoded"),
        (b"lives=Mere", "application/x-www-form-urlencoded; charset=nonsense"),
        (b"lives=Mere", "multipart/form-data; boundary=none"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b'{"lives": "Mere"}', "application/json"),
        (b"&".join([b"lives=Mere"] * 3_000), "application/x-www-form-urlencoded"),
        (b"lives=" + b"x" * 300_000, "application/x-www-form-urlencoded"),
    ],
)
def test_a_broken_form_gets_a_page_with_numbers(client: Client, body: bytes, kind: str) -> None:
    response = client.generic("POST", ADDRESS, body, content_type=kind)
    assert response.status_code in (200, 400, 413)
    assert 'href="tel:999"' in response.content.decode()


# --- Nothing is kept ---------------------------------------------------------------------------------------------


def test_what_was_typed_stands_in_no_address_header_or_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"), CaptureQueriesContext(connection) as asked:
        response = client.post(ADDRESS, {"lives": "Zyxwv Magna"})
    assert not [
        record for record in caplog.records if "Zyxwv" in record.getMessage() and record.name != "django.db.backends"
    ]
    assert "Zyxwv" not in str(asked.captured_queries)
    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "Zyxwv" not in str(response.headers)
    assert 'method="post"' in response.content.decode()


def test_what_stands_in_the_address_is_not_read(client: Client) -> None:
    page = client.get(f"{ADDRESS}?lives=Mere&lives-choice=dorset")
    assert 'id="answer"' not in page.content.decode()
    assert 'value="Mere"' not in re.sub(r"<datalist.*?</datalist>", "", page.content.decode())


# --- What it costs -----------------------------------------------------------------------------------------------


def test_three_hundred_contacts_and_two_thousand_places_cost_no_query_and_few_bytes_more(client: Client) -> None:
    def cost() -> tuple[int, int, int]:
        with CaptureQueriesContext(connection) as get:
            page = client.get(ADDRESS)
        with CaptureQueriesContext(connection) as post:
            client.post(ADDRESS, {"lives": "Trobridge", "school": "BA12", "happened": "Gillingham"})
        return len(get), len(post), len(page.content)

    cost()
    before = cost()
    Contact.objects.bulk_create(
        Contact(key=f"x-{n}", name=f"X {n}", for_whom="x", kind="national", number_confidence="H") for n in range(250)
    )
    places = Place.objects.bulk_create(Place(name=f"Little Marsh {n}", source="a map") for n in range(2_000))
    through = Place.authorities.through
    swindon = Authority.objects.get(key="swindon")
    through.objects.bulk_create(through(place_id=place.pk, authority_id=swindon.pk) for place in places)
    after = cost()
    assert before[:2] == after[:2]
    assert max(after[:2]) <= 10
    assert after[2] - before[2] < 16_000
