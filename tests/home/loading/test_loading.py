"""Loading the shipped content makes every record once, and renews what nobody touched."""

import datetime
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from home.loading.contacts import load_contacts
from home.loading.ledger import Outcome, digest_of
from home.loading.pages import load_pages
from home.loading.places import load_area_boards, load_authorities, load_places
from home.loading.signs import load_signs
from home.models import HomePage, LoadedContent, Sign
from resources.models import AreaBoard, Authority, Contact, Place
from tests.home.loading.conftest import NEW, Entries, outcome_of, page_at, renew

pytestmark = pytest.mark.django_db


# --- A second time ----------------------------------------------------------------------------------------------


def test_a_second_loading_changes_nothing() -> None:
    def seen() -> list[Any]:
        return [
            list(Page.objects.order_by("pk").values()),
            list(Contact.objects.order_by("pk").values()),
            list(Place.objects.order_by("pk").values()),
            list(Sign.objects.order_by("pk").values()),
        ]

    before = seen()
    said = io.StringIO()
    call_command("load_content", stdout=said)
    assert seen() == before
    lines = said.getvalue().splitlines()
    loaded = ["Contacts", "Area boards", "Authorities", "Places", "Signs", "Pages", "Posters", "Leaflets", "Search"]
    loaded += ["Texts of the form"]
    assert [line.split(":")[0] for line in lines] == loaded
    for line in lines:
        assert line.endswith("unchanged.")
        assert "," not in line


def test_every_entry_is_a_record_and_nothing_else_is(
    pages: Entries,
    contacts: Entries,
    area_boards: Entries,
    authorities: Entries,
    places: Entries,
    signs: Entries,
) -> None:
    root = HomePage.objects.get()
    addresses = {page.url_path.removeprefix(root.url_path).strip("/") for page in root.get_descendants(inclusive=True)}
    assert addresses == {entry["address"] for entry in pages}
    assert list(Contact.objects.values_list("key", flat=True)) == [entry["key"] for entry in contacts]
    assert list(Sign.objects.values_list("key", flat=True)) == [entry["key"] for entry in signs]
    loaded = {place.name: {authority.key for authority in place.authorities.all()} for place in Place.objects.all()}
    assert loaded == {entry["name"]: set(entry["authorities"]) for entry in places}
    assert set(Authority.objects.values_list("key", flat=True)) == {entry["key"] for entry in authorities}
    assert set(AreaBoard.objects.values_list("key", flat=True)) == {entry["key"] for entry in area_boards}


def test_the_welcome_page_of_wagtail_is_gone() -> None:
    assert [type(page.specific) for page in Page.objects.filter(depth=2)] == [HomePage]
    assert not [page for page in Page.objects.filter(depth__gt=1) if page.specific_class is Page]
    assert Site.objects.get().root_page.specific == HomePage.objects.get()


def test_loading_into_an_empty_site_makes_everything(
    pages: Entries,
    contacts: Entries,
    area_boards: Entries,
    authorities: Entries,
    places: Entries,
    signs: Entries,
) -> None:
    LoadedContent.objects.all().delete()
    Place.objects.all().delete()
    Authority.objects.all().delete()
    AreaBoard.objects.all().delete()
    Contact.objects.all().delete()
    Sign.objects.all().delete()
    HomePage.objects.get().delete()
    Site.objects.all().delete()
    made = load_contacts(contacts) + load_area_boards(area_boards) + load_authorities(authorities)
    made += load_places(places) + load_signs(signs) + load_pages(pages)
    assert set(made) == {Outcome.MADE}
    assert Place.objects.filter(live=True).count() == len(places)
    assert Page.objects.live().filter(depth__gt=1).count() == len(pages)
    assert Site.objects.get().root_page.specific == HomePage.objects.get()


def test_a_fingerprint_does_not_depend_on_the_layout_of_a_file() -> None:
    assert digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})


# --- What nobody touched is renewed -----------------------------------------------------------------------------


def test_an_untouched_page_is_renewed(client: Client, pages: Entries) -> None:
    before = page_at("privacy")
    assert outcome_of(load_pages, renew(pages, "privacy", lede=NEW), "privacy") is Outcome.RENEWED
    after = page_at("privacy")
    assert after.pk == before.pk
    assert after.live
    assert not after.has_unpublished_changes
    assert NEW in client.get("/privacy/").content.decode()
    assert outcome_of(load_pages, renew(pages, "privacy", lede=NEW), "privacy") is Outcome.SAME


def test_an_untouched_contact_is_renewed(client: Client, contacts: Entries) -> None:
    later = renew(contacts, "samaritans", ways=[{"call": "020 7946 0018"}])
    assert outcome_of(load_contacts, later, "samaritans") is Outcome.RENEWED
    assert "020 7946 0018" in client.get("/young-people/is-this-ok/").content.decode()


def test_a_renewed_contact_keeps_who_stands_in_for_it(contacts: Entries) -> None:
    load_contacts(renew(contacts, "mash", about=NEW))
    mash = Contact.objects.get(key="mash")
    assert mash.about == NEW
    assert mash.when_closed.key == "mash-night"


def test_what_a_later_version_leaves_out_of_a_contact_is_emptied(contacts: Entries) -> None:
    later = renew(contacts, "samaritans")
    del next(entry for entry in later if entry["key"] == "samaritans")["cost"]
    assert Contact.objects.get(key="samaritans").cost
    load_contacts(later)
    assert Contact.objects.get(key="samaritans").cost == ""


def test_a_contact_that_nobody_is_sure_of_any_more_becomes_a_draft(client: Client, contacts: Entries) -> None:
    load_contacts(renew(contacts, "samaritans", number_confidence="M", live=False))
    assert not Contact.objects.get(key="samaritans").live
    assert "116 123" not in client.get("/find-help/").content.decode()


def test_an_untouched_place_is_renewed(places: Entries) -> None:
    later = renew(places, "Bath", authorities=["somerset", "banes"], source=NEW, checked=datetime.date(2026, 11, 21))
    assert outcome_of(load_places, later, "Bath") is Outcome.RENEWED
    bath = Place.objects.get(name="Bath")
    assert [authority.key for authority in bath.authorities.all()] == ["banes", "somerset"]
    assert (bath.source, bath.checked.isoformat()) == (NEW, "2026-11-21")
    assert bath.live
    later = renew(later, "Bath", authorities=[])
    assert outcome_of(load_places, later, "Bath") is Outcome.RENEWED
    assert not Place.objects.get(name="Bath").authorities.exists()


def test_an_untouched_sign_is_renewed(client: Client, signs: Entries) -> None:
    assert outcome_of(load_signs, renew(signs, "gifts", young=NEW), "gifts") is Outcome.RENEWED
    assert NEW in client.get("/young-people/is-this-ok/").content.decode()


def test_loaded_records_do_not_look_unfinished_to_editors() -> None:
    places = [*Place.objects.all(), *Authority.objects.all(), *AreaBoard.objects.all()]
    for record in [*Page.objects.filter(depth__gt=1), *Contact.objects.filter(live=True), *places]:
        assert record.status_string == "live", record
