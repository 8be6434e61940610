"""Mistakes in the shipped content are found before anybody reads them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from home.loading.contacts import load_contacts
from home.loading.pages import load_pages
from home.loading.places import load_authorities, load_places
from tests.home.loading.conftest import Entries, renew

pytestmark = pytest.mark.django_db


def test_the_shipped_places_name_only_authorities_and_boards_that_are_shipped(
    places: Entries, authorities: Entries, area_boards: Entries, contacts: Entries
) -> None:
    assert {key for place in places for key in place["authorities"]} == {entry["key"] for entry in authorities}
    boards = {entry["key"] for entry in area_boards}
    assert {place["area_board"] for place in places if "area_board" in place} == boards
    assert {entry["contact"] for entry in authorities} <= {contact["key"] for contact in contacts}


@pytest.mark.parametrize("change", [{"name": ""}, {"source": ""}, {"kind": "district"}, {"note": "Call 01632 960001."}])
def test_a_wrong_place_is_not_loaded(places: Entries, change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        load_places(renew(places, "Bath", **change))


@pytest.mark.parametrize("change", [{"police": ""}, {"source": ""}, {"contact": "childline"}])
def test_a_wrong_authority_is_not_loaded(authorities: Entries, change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        load_authorities(renew(authorities, "dorset", **change))


def test_the_shipped_pages_name_only_what_is_shipped(pages: Entries, contacts: Entries) -> None:
    # Loading leaves out what it does not find, since an editor may have deleted it; a slip of ours must not hide there.
    addresses, keys = {page["address"] for page in pages}, {contact["key"] for contact in contacts}
    blocks = [(page["address"], *block.popitem()) for page in pages for block in page["body"]]
    linked = {link["to"].partition("#")[0] for _, kind, links in blocks if kind == "sentence_links" for link in links}
    named = {key for _, kind, panel in blocks if kind == "talk_to" for key in panel["contacts"]}
    assert linked
    assert named
    assert linked <= addresses
    assert named <= keys
    assert {contact["when_closed"] for contact in contacts if "when_closed" in contact} <= keys


@pytest.mark.parametrize(
    "change",
    [
        {"ways": [{"call": "0300 456108"}]},
        {"number_confidence": "M"},
        {"ways": [], "website": ""},
        {"kind": "unheard-of"},
    ],
)
def test_a_wrong_contact_is_not_loaded(contacts: Entries, change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        load_contacts(renew(contacts, "samaritans", **change))


def test_a_number_with_a_digit_missing_is_not_loaded_and_the_reason_is_given(contacts: Entries) -> None:
    wrong = renew(contacts, "samaritans", ways=[{"call": "0300 456108"}])
    with pytest.raises(ValidationError, match=r"Contact “samaritans”: “0300 456108” .* 10 digits.* 11: one is missing"):
        load_contacts(wrong)


@pytest.mark.parametrize(
    "body",
    [
        [{"text": "Call [[nobody]]."}],
        [{"call_out": {"heading": "More", "text": "Words.", "actions": ["tell-us", "call-mash", "find-help"]}}],
        [{"signs": "grown-ups"}],
        [{"anchor_text": {"anchor": "Not An Anchor", "heading": "Words", "text": "Words."}}],
    ],
)
def test_a_wrong_page_is_not_loaded(pages: Entries, body: list[Any]) -> None:
    with pytest.raises(ValidationError):
        load_pages(renew(pages, "privacy", body=body))
