"""Editors at work on contacts and places: what is refused and why, and where a change shows a moment later."""

from typing import Any

import pytest
from django.test import Client

from resources.models import AreaBoard, Authority, Contact, Place
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


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("0300 456108", "It has 10 digits, and numbers that begin like this have 11: one is missing."),
        ("0300 456 010O", "Write digits and spaces, nothing else"),
    ],
)
def test_a_number_that_no_phone_can_dial_is_refused_and_the_editor_learns_why(
    editor: Any, number: str, why: str
) -> None:
    address, form = contact_form(editor, "mash")
    assert form["ways-0-value"] == "0300 456 0108"
    form["ways-0-value"] = number
    response = editor.save(address, form)
    assert response.status_code == 200
    said = text_of(response)
    assert f"{number}” is not a number that can be dialled in the UK." in said
    assert why in said
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
    neighbours = [str(authority.pk) for authority in Authority.objects.filter(key__in=["dorset", "somerset"])]
    form.setlist("authorities", neighbours)
    response = keeper.save(address, form, name="Little Marsh", source="a map", is_main="on")
    assert response.status_code == 302, errors_on(response)
    place = Place.objects.get(name="Little Marsh")
    assert [authority.key for authority in place.authorities.all()] == ["dorset", "somerset"]
    assert '<option value="Little Marsh" data-call="' in text_of(client.get("/tell-us/questions/"))


def test_a_place_gets_a_second_authority_once_a_colleague_has_looked(keeper: Any) -> None:
    place = Place.objects.get(name="Salisbury")
    form = keeper.form(edit_address(place), place, "source")
    form.setlist(
        "authorities", [str(authority.pk) for authority in Authority.objects.filter(key__in=["wiltshire", "hampshire"])]
    )
    colleague, keeper.colleague = keeper.colleague, None
    draft = keeper.save(edit_address(place), form)
    assert [authority.key for authority in place.authorities.all()] == ["wiltshire"]
    assert colleague.publish(draft.headers["Location"]).status_code == 302
    assert [a.key for a in Place.objects.get(name="Salisbury").authorities.all()] == ["hampshire", "wiltshire"]


def test_only_a_neighbour_or_our_team_can_answer_for_an_authority(keeper: Any) -> None:
    authority = Authority.objects.get(key="dorset")
    form = keeper.form(edit_address(authority), authority, "police")
    childline = str(Contact.objects.get(key="childline").pk)
    response = keeper.save(edit_address(authority), form, contact=childline)
    assert "Choose a contact of a neighbouring area, or our own team." in errors_on(response)


def test_an_area_board_gets_a_new_name(keeper: Any) -> None:
    board = AreaBoard.objects.get(key="trowbridge")
    form = keeper.form(edit_address(board), board, "source")
    assert keeper.save(edit_address(board), form, name="Weavers", also_known_as="Trowbridge").status_code == 302
    assert AreaBoard.objects.get(key="trowbridge").name == "Weavers"


def test_a_contact_that_answers_for_an_authority_cannot_be_deleted_and_nothing_breaks(keeper: Any) -> None:
    contact = Contact.objects.get(key="dorset")
    address = edit_address(contact).replace("/edit/", "/delete/")
    form = keeper.fields_of(edit_address(contact), "for_whom")
    assert keeper.get(address).status_code == 200
    assert keeper.post(address, form).status_code in (302, 403)
    assert Contact.objects.filter(key="dorset").exists()
