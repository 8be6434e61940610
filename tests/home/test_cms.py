"""Editors at work: from signing in to what readers see a moment later, through the real forms."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from home.models import DoorPage, GuidancePage, Sign
from resources.book import ContactBook
from resources.models import Contact, Place

pytestmark = pytest.mark.django_db
#: Numbers that are kept for films; unlike 01632 960xxx they pass for real ones.
MADE_UP = "020 7946 0018"


def text_of(response: Any) -> str:
    """What a page says, also inside the stream fields, whose words travel as data for a script."""
    page = html.unescape(response.content.decode())
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), page)


def pages() -> list[Page]:
    return [page.specific for page in Page.objects.filter(depth__gt=1).order_by("path")]


def edit_address(record: Any) -> str:
    if isinstance(record, Page):
        return f"/cms/pages/{record.pk}/edit/"
    return f"/cms/snippets/{record._meta.app_label}/{record._meta.model_name}/edit/{record.pk}/"


def errors_on(response: Any) -> list[str]:
    """The sentences that tell an editor what is wrong."""
    page = text_of(response)
    beside = re.findall(r'class="error-message"[^>]*>\s*(.*?)\s*</', page, re.S)
    return beside + re.findall(r'"messages": \["(.*?)"\]', page)


# --- Signing in -------------------------------------------------------------------------------------------------


def test_an_editor_signs_in_by_the_form(editor: Any) -> None:
    assert editor.signed_in.status_code == 302
    assert editor.signed_in.headers["Location"] == "/cms/"
    assert editor.client.session["_auth_user_id"]
    assert editor.get("/cms/").status_code == 200


def test_a_wrong_password_leads_nowhere(sign_in: Callable[[str], Any], editor: Any) -> None:
    stranger = type(editor)("editor", "not the password")
    assert stranger.signed_in.status_code == 200
    assert stranger.get("/cms/").status_code == 302


def test_without_signing_in_nothing_of_the_cms_is_shown(client: Client) -> None:
    page = Page.objects.get(slug="privacy")
    for address in ("/cms/", edit_address(page), "/cms/snippets/resources/contact/", "/cms/users/"):
        response = client.get(address)
        assert response.status_code == 302, address
        assert response.headers["Location"].startswith("/cms/login/"), address


def test_there_is_no_way_to_ask_for_a_new_password_by_mail(client: Client) -> None:
    assert client.get("/cms/password_reset/").status_code == 404
    assert "password_reset" not in text_of(client.get("/cms/login/"))


def test_a_session_of_the_cms_is_none_on_public_pages(editor: Any) -> None:
    response = editor.get("/")
    assert response.status_code == 200
    assert not response.cookies
    assert "wagtail-userbar" not in text_of(response)


def test_an_editor_does_not_govern_who_may_sign_in(editor: Any, sign_in: Callable[[str], Any]) -> None:
    assert editor.get("/cms/users/").status_code == 302
    assert sign_in("administrator").get("/cms/users/").status_code == 200


# --- Opening ----------------------------------------------------------------------------------------------------


def test_an_editor_can_open_every_page(editor: Any) -> None:
    assert len(pages()) >= 13
    for page in pages():
        response = editor.get(edit_address(page))
        assert response.status_code == 200, page
        assert page.title in text_of(response), page


def test_an_editor_finds_every_contact_in_the_list(editor: Any) -> None:
    shown = ""
    for number in range(1, 9):
        response = editor.get(f"/cms/snippets/resources/contact/?p={number}")
        shown += text_of(response)
    for contact in Contact.objects.all():
        assert contact.name in shown, contact


def test_an_editor_can_open_a_contact(editor: Any) -> None:
    contact = Contact.objects.get(key="mash")
    page = text_of(editor.get(edit_address(contact)))
    assert "0300 456 0108" in page
    assert "The hours in words" in page


def test_an_editor_can_open_and_change_a_sign(editor: Any, client: Client) -> None:
    sign = Sign.objects.get(key="gifts")
    assert sign.name in text_of(editor.get("/cms/snippets/home/sign/"))
    form = editor.form(edit_address(sign), sign, "young")
    assert editor.save(edit_address(sign), form, young="Words that an editor chose.").status_code == 302
    assert "Words that an editor chose." in text_of(client.get("/young-people/is-this-ok/"))


@pytest.mark.parametrize(
    "address", ["/cms/", "/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/reports/aging-pages/"]
)
def test_the_cms_calls_no_third_party(editor: Any, address: str) -> None:
    page = editor.get(address)
    assert page.status_code == 200
    fetched = re.findall(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"([^\"]+)", text_of(page))
    assert fetched
    assert not [found for found in fetched if re.match(r"(https?:)?//", found)]


# --- Pages ------------------------------------------------------------------------------------------------------


def test_a_change_of_a_guidance_page_is_public_when_it_is_published(editor: Any, client: Client) -> None:
    page = GuidancePage.objects.get(slug="is-this-ok")
    words = "Words that an editor chose."
    form = editor.form(edit_address(page), page, "title")
    assert editor.save(edit_address(page), form, publish=False, lede=words).status_code == 302
    assert words not in text_of(client.get("/young-people/is-this-ok/"))
    assert editor.save(edit_address(page), form, lede=words).status_code == 302
    assert words in text_of(client.get("/young-people/is-this-ok/"))


def words_of(response: Any) -> list[str]:
    """The tags and words of a page's main part, without what the editor notes for itself."""
    main = text_of(response).partition("<main")[2].partition("</main>")[0]
    main = re.sub(r' data-block-key="[^"]*"', "", main)
    main = re.sub(r"<(/?)strong>", r"<\1b>", main).replace("<em>", "<i>").replace("</em>", "</i>")
    return re.sub(r"\s+", " ", main).replace("> <", "><").replace("<", "\n<").splitlines()


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page says the same time, so that no "open until" changes between two looks."""
    moment, load = timezone.now(), ContactBook.load
    monkeypatch.setattr(ContactBook, "load", lambda: replace(load(), now=moment))


def test_every_page_can_be_published_from_the_editor_and_loses_nothing(
    editor: Any, client: Client, one_moment: None
) -> None:
    for page in pages():
        before = words_of(client.get(page.get_url()))
        form = editor.form(edit_address(page), page, "title")
        response = editor.save(edit_address(page), form)
        assert response.status_code == 302, (page, errors_on(response))
        assert words_of(client.get(page.get_url())) == before, page


def test_an_editor_makes_a_new_guidance_page(editor: Any, client: Client) -> None:
    door = DoorPage.objects.get(audience="parents")
    address = f"/cms/pages/add/home/guidancepage/{door.pk}/"
    new = GuidancePage(title="Talking at bedtime", slug="bedtime")
    form = editor.form(address, new, "title")
    response = editor.save(address, form, title="Talking at bedtime", slug="bedtime")
    assert response.status_code == 302, errors_on(response)
    assert "Talking at bedtime" in text_of(client.get("/parents-and-carers/bedtime/"))


def test_a_new_page_for_young_people_gives_nothing_away_either(editor: Any) -> None:
    door = DoorPage.objects.get(audience="young")
    address = f"/cms/pages/add/home/guidancepage/{door.pk}/"
    form = editor.form(address, GuidancePage(), "title")
    response = editor.save(address, form, title="Someone is nice", slug="grooming")
    assert response.status_code == 200
    assert "over a young person’s shoulder" in text_of(response)


def test_a_telling_title_is_refused_and_the_editor_learns_why(editor: Any) -> None:
    page = GuidancePage.objects.get(slug="is-this-ok")
    form = editor.form(edit_address(page), page, "title")
    response = editor.save(edit_address(page), form, seo_title="report abuse")
    assert response.status_code == 200
    assert "Someone could see this over a young person’s shoulder." in text_of(response)


def test_an_unknown_contact_in_a_text_is_refused_and_the_editor_learns_why(editor: Any) -> None:
    page = Page.objects.get(slug="privacy").specific
    form = editor.form(edit_address(page), page, "title")
    [place] = [name for name in form if name.endswith("-text") and "body-0" in name][:1]
    form[place] = rich_text("<p>Call [[nobody]].</p>", features=["link"])
    response = editor.save(edit_address(page), form)
    assert response.status_code == 200
    assert "There is no contact with the key “nobody”. Look it up under Contacts." in errors_on(response)


def test_a_link_that_would_run_is_gone_before_readers_meet_it(editor: Any, client: Client) -> None:
    page = Page.objects.get(slug="privacy").specific
    form = editor.form(edit_address(page), page, "title")
    [place] = [name for name in form if name.endswith("-text") and "body-0" in name][:1]
    form[place] = rich_text('<p>Look <a href="https://x.example/">here</a>.</p>', features=["link"]).replace(
        "https://x.example/", "javascript:alert(1)"
    )
    assert "javascript:" in form[place]
    editor.save(edit_address(page), form)
    assert "javascript:" not in text_of(client.get("/privacy/"))


@pytest.mark.parametrize("face", ["all", "cms"])
def test_an_editor_sees_a_preview_inside_the_editor(editor: Any, settings: Any, face: str) -> None:
    settings.PHOENIX_FACE = face
    page = GuidancePage.objects.get(slug="is-this-ok")
    form = editor.form(edit_address(page), page, "title")
    form["lede"] = "Words that are not saved yet."
    address = f"/cms/pages/{page.pk}/edit/preview/"
    assert editor.post(address, form).json()["is_valid"] is True
    preview = editor.get(f"{address}?mode=&in_preview_panel=true")
    assert preview.status_code == 200
    assert "Words that are not saved yet." in text_of(preview)
    # The panel is a frame on the edit page.
    assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in preview.headers["Cache-Control"]


@pytest.mark.parametrize("face", ["all", "cms"])
def test_an_editor_sees_a_draft(editor: Any, settings: Any, face: str) -> None:
    settings.PHOENIX_FACE = face
    page = GuidancePage.objects.get(slug="is-this-ok")
    form = editor.form(edit_address(page), page, "title")
    editor.save(edit_address(page), form, publish=False, lede="Words of a draft.")
    draft = editor.get(f"/cms/pages/{page.pk}/view_draft/")
    assert draft.status_code == 200
    assert "Words of a draft." in text_of(draft)


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
    form = editor.fields_of(address, "csrfmiddlewaretoken")
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
