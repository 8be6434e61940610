"""Editors at work: from signing in to what readers see a moment later, through the real forms."""

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
from resources.models import Contact
from tests.home.editing import edit_address, errors_on, pages, text_of

pytestmark = pytest.mark.django_db


# --- Signing in -------------------------------------------------------------------------------------------------


def test_an_editor_signs_in_by_the_form(by_hand: Any) -> None:
    assert by_hand.signed_in.status_code == 302
    assert by_hand.signed_in.headers["Location"] == "/cms/"
    assert by_hand.client.session["_auth_user_id"]
    assert by_hand.get("/cms/").status_code == 200


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


def test_every_page_can_be_opened_and_published_in_the_editor_and_loses_nothing(
    editor: Any, client: Client, one_moment: None
) -> None:
    assert len(pages()) >= 13
    for page in pages():
        before = words_of(client.get(page.get_url()))
        form = editor.form(edit_address(page), page, "title")
        assert page.title in text_of(editor.page), page
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
