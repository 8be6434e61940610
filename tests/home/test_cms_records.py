"""Editors at work on contacts and places: what is refused and why, and where a change shows a moment later."""

import re
from typing import Any

import pytest
from django.test import Client

from resources.models import Contact, Place
from tests.home.editing import edit_address, errors_on, pages, text_of

pytestmark = pytest.mark.django_db
#: Numbers that are kept for films; unlike 01632 960xxx they pass for real ones.
MADE_UP = "020 7946 0018"


# --- Contacts ---------------------------------------------------------------------------------------------------


def contact_form(editor: Any, key: str) -> tuple[str, Any]:
    contact = Contact.objects.get(key=key)
    return edit_address(contact), editor.form(edit_address(contact), contact, "for_whom")


def test_every_contact_can_be_saved_from_the_editor(editor: Any) -> None:
    for key in ("mash-night", "shout", "safecall", "report-remove"):
        address, form = contact_form(editor, key)
        response = editor.save(address, form)
        assert response.status_code == 302, (key, errors_on(response))
        assert Contact.objects.get(key=key).live


@pytest.mark.parametrize("confidence", ["M", "L"])
def test_a_number_that_nobody_checked_is_not_published(editor: Any, client: Client, confidence: str) -> None:
    address, form = contact_form(editor, "rape-crisis")
    response = editor.save(address, form, number_confidence=confidence)
    assert response.status_code == 200
    assert Contact.NOT_SURE in text_of(response)
    assert not Contact.objects.get(key="rape-crisis").live
    assert "0808 500 2222" not in text_of(client.get("/find-help/"))


def test_a_number_that_was_rung_is_published(editor: Any, client: Client) -> None:
    address, form = contact_form(editor, "rape-crisis")
    assert editor.save(address, form, number_confidence="H").status_code == 302
    assert "0808 500 2222" in text_of(client.get("/find-help/"))


def test_a_doubt_about_a_live_number_can_be_kept_as_a_draft(editor: Any) -> None:
    address, form = contact_form(editor, "samaritans")
    assert editor.save(address, form, publish=False, number_confidence="M").status_code == 302
    contact = Contact.objects.get(key="samaritans")
    assert contact.live
    assert contact.number_confidence == "H"
    assert contact.get_latest_revision_as_object().number_confidence == "M"


def test_a_doubt_about_a_live_number_takes_it_off_the_site(editor: Any, client: Client) -> None:
    contact = Contact.objects.get(key="samaritans")
    address = edit_address(contact).replace("/edit/", "/unpublish/")
    form = editor.fields_of(address, "reason")
    form["reason"] = "It rings somebody else."
    assert editor.post(address, form).status_code == 302
    assert "116 123" not in text_of(client.get("/find-help/"))
    assert "116 123" not in text_of(client.get("/young-people/is-this-ok/"))


@pytest.mark.parametrize("number", ["0300 456108", "0300 456 010O"])
def test_a_number_that_no_phone_can_dial_is_refused_and_the_editor_learns_why(editor: Any, number: str) -> None:
    address, form = contact_form(editor, "mash")
    assert form["ways-0-value"] == "0300 456 0108"
    form["ways-0-value"] = number
    response = editor.save(address, form)
    assert response.status_code == 200
    said = text_of(response)
    assert f"{number}” is not a number that can be dialled in the UK." in said
    assert "Count its digits: one may be missing or too many." in said
    assert Contact.objects.get(key="mash").ways[0].value == "0300 456 0108"


def test_a_changed_number_shows_on_every_page_that_names_it(editor: Any, client: Client) -> None:
    named_on = [page.get_url() for page in pages() if "116 123" in text_of(client.get(page.get_url()))]
    assert {"/find-help/", "/young-people/is-this-ok/", "/parents-and-carers/looking-after-yourself/"} <= set(named_on)
    address, form = contact_form(editor, "samaritans")
    form["ways-0-value"] = MADE_UP
    editor.save(address, form, publish=False)
    assert all(MADE_UP not in text_of(client.get(page)) for page in named_on)
    editor.save(address, form)
    for page in named_on:
        shown = text_of(client.get(page))
        assert "116 123" not in shown, page
        assert MADE_UP in shown, page
        assert 'href="tel:02079460018"' in shown, page


def test_hours_that_end_before_they_begin_are_refused(editor: Any) -> None:
    address, form = contact_form(editor, "mash")
    form["hours-0-value-since"], form["hours-0-value-until"] = "17:00", "08:45"
    response = editor.save(address, form)
    assert response.status_code == 200
    assert "This ends before it begins. For a night, make two" in text_of(response)


def test_a_contact_needs_a_way_to_be_reached(editor: Any) -> None:
    address, form = contact_form(editor, "samaritans")
    form["ways-count"], form["website"] = "0", ""
    response = editor.save(address, form)
    assert response.status_code == 200
    assert "Give at least one way to reach them, or their website." in text_of(response)


# --- Places -----------------------------------------------------------------------------------------------------


@pytest.fixture
def keeper(editor: Any) -> Any:
    """Somebody who may keep the places."""
    return editor


def test_a_new_place_is_offered_in_the_concern_form(keeper: Any, client: Client, keys_in_use: None) -> None:
    address = "/cms/snippets/resources/place/add/"
    form = keeper.form(address, Place(), "name")
    neighbour = str(Contact.objects.get(key="dorset").pk)
    response = keeper.save(address, form, name="Little Marsh", authority=neighbour, source="a map")
    assert response.status_code == 302, errors_on(response)
    assert Place.objects.get(name="Little Marsh").authority.key == "dorset"
    assert '<option value="Little Marsh">' in text_of(client.get("/tell-us/questions/"))


def test_only_a_neighbour_can_be_chosen_for_a_place(keeper: Any) -> None:
    place = Place.objects.get(name="Salisbury")
    page = text_of(keeper.get(edit_address(place)))
    offered = re.search(r'<select[^>]*name="authority".*?</select>', page, re.S)
    assert offered
    assert offered[0].count("<option") == 1 + Contact.objects.filter(kind="neighbour").count()


def test_a_contact_that_places_belong_to_cannot_be_deleted_and_nothing_breaks(keeper: Any) -> None:
    contact = Contact.objects.get(key="dorset")
    address = edit_address(contact).replace("/edit/", "/delete/")
    form = keeper.fields_of(edit_address(contact), "for_whom")
    assert keeper.get(address).status_code == 200
    assert keeper.post(address, form).status_code in (302, 403)
    assert Contact.objects.filter(key="dorset").exists()
