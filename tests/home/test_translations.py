"""A translation becomes public when a translator is named, on no path without, and editors are told what is missing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page, Revision

from home.models import GetHelpPage, HomePage
from home.publishing.roles import SECOND_PAIR
from tests.home.editing import edit_address, errors_on, text_of
from tests.home.test_walk import attributes
from tests.pseudo import LEFT, begin_translation, translate_home, translated

pytestmark = pytest.mark.django_db
ENGLISH = "/help-in-other-languages/"


@pytest.fixture
def draft() -> GetHelpPage:
    """A page whose words are translated, that nobody has put a name to."""
    page = translated(begin_translation(LEFT))
    page.save_revision()
    return page


def sign(page: GetHelpPage) -> None:
    page.translator, page.translated_on = "Ada Example", date(2026, 3, 4)


def stays_a_draft(page: GetHelpPage, client: Client) -> bool:
    return not GetHelpPage.objects.get(pk=page.pk).live and client.get(page.get_url()).status_code == 404


def at_once(page: GetHelpPage) -> None:
    page.save_revision().publish()


def saved_as_live(page: GetHelpPage) -> None:
    page.live = True
    page.save()


def saved_unchecked(page: GetHelpPage) -> None:
    page.live = True
    page.save(clean=False)


def by_the_clock(page: GetHelpPage) -> None:
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled", verbosity=0)


def by_a_moderator(page: GetHelpPage) -> None:
    from wagtail.models import Workflow

    revision = page.save_revision()
    assert revision
    user = _somebody()
    state = Workflow.objects.get(name=SECOND_PAIR).start(page, user)
    state.current_task_state.approve(user=user)


def _somebody() -> Any:
    from django.contrib.auth.models import User

    return User.objects.create_superuser("somebody", password="not used here")


@pytest.mark.parametrize("path", [at_once, saved_as_live, saved_unchecked, by_a_moderator])
def test_without_a_translator_no_path_leads_to_the_public(
    client: Client, draft: GetHelpPage, path: Callable[[GetHelpPage], None]
) -> None:
    with pytest.raises(ValidationError, match="Name the person who translated this page"):
        path(draft)
    assert stays_a_draft(draft, client)


def for_later(page: GetHelpPage) -> None:
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()


@pytest.mark.parametrize("path", [by_the_clock, for_later])
def test_without_a_translator_nothing_can_be_scheduled(
    client: Client, draft: GetHelpPage, path: Callable[[GetHelpPage], None]
) -> None:
    with pytest.raises(ValidationError, match="Name the person"):
        path(draft)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert stays_a_draft(draft, client)


@pytest.mark.parametrize("path", [at_once, saved_as_live, saved_unchecked, by_a_moderator, by_the_clock])
def test_with_a_translator_every_path_does(
    client: Client, draft: GetHelpPage, path: Callable[[GetHelpPage], None]
) -> None:
    sign(draft)
    path(draft)
    assert client.get(draft.get_url()).status_code == 200


@pytest.mark.parametrize("name", ["", "  ", "Google Translate", "DeepL", "AI", "ChatGPT"])
def test_a_machine_is_no_translator(draft: GetHelpPage, name: str) -> None:
    sign(draft)
    draft.translator = name
    with pytest.raises(ValidationError):
        at_once(draft)


@pytest.mark.parametrize("name", ["Ai Weiwei-Nowak", "Maria Translateur", "Aisha Bing-Hall"])
def test_a_person_whose_name_looks_like_one_is(client: Client, draft: GetHelpPage, name: str) -> None:
    sign(draft)
    draft.translator = name
    at_once(draft)
    assert client.get(draft.get_url()).status_code == 200


def test_the_second_reader_is_somebody_else(draft: GetHelpPage) -> None:
    sign(draft)
    draft.checked_by = "ada example"
    with pytest.raises(ValidationError, match="somebody else"):
        at_once(draft)


def test_an_alias_of_the_english_page_is_no_translation(client: Client) -> None:
    root = translate_home(LEFT)
    english = GetHelpPage.objects.get()
    with pytest.raises(ValidationError):
        english.create_alias(parent=root, update_locale=root.locale, reset_translation_key=False)
    assert client.get(f"/{LEFT}{ENGLISH}").status_code == 404


def test_other_pages_stay_in_the_sites_own_language(client: Client) -> None:
    root = translate_home(LEFT)
    page = Page.objects.get(slug="privacy").specific.copy_for_translation(root.locale)
    with pytest.raises(ValidationError, match="in English only"):
        page.save_revision().publish()
    assert client.get(f"/{LEFT}/privacy/").status_code == 404


def test_the_english_page_needs_no_translator(client: Client) -> None:
    page = GetHelpPage.objects.get()
    page.lede = "Other words."
    page.save_revision().publish()
    assert "Other words." in text_of(client.get(ENGLISH))


# --- At the editor’s desk ------------------------------------------------------------------------------------------


def form_of(editor: Any, page: GetHelpPage) -> tuple[str, Any]:
    return edit_address(page), editor.form(edit_address(page), page.get_latest_revision_as_object(), "translator")


def test_an_editor_adds_a_language_and_begins_a_translation(editor: Any, client: Client) -> None:
    form = editor.fields_of("/cms/locales/new/", "language_code")
    form["language_code"] = "pl"
    assert editor.post("/cms/locales/new/", form).status_code == 302
    polish = Locale.objects.get(language_code="pl")
    for page in (HomePage.objects.get(), GetHelpPage.objects.get()):
        address = f"/cms/translation/submit/page/{page.pk}/"
        form = editor.fields_of(address, "locales")
        form["locales"] = str(polish.pk)
        form.pop("include_subtree", None)
        assert editor.post(address, form).status_code == 302
    begun = GetHelpPage.objects.get(locale=polish)
    assert not begun.live
    assert editor.get(edit_address(begun)).status_code == 200
    assert client.get("/pl/").status_code == 404


def test_an_editor_learns_that_the_translator_is_missing_and_loses_nothing(
    editor: Any, client: Client, draft: GetHelpPage
) -> None:
    address, form = form_of(editor, draft)
    response = editor.save(address, form, lede="Ñéŵ ŵöŕðš.")
    assert response.status_code == 200
    assert "Name the person who translated this page. Until then it stays a draft." in errors_on(response)
    assert "Ñéŵ ŵöŕðš." in text_of(response)
    assert stays_a_draft(draft, client)
    assert editor.save(address, form, publish=False, lede="Ñéŵ ŵöŕðš.").status_code == 302
    response = editor.save(address, form, translator="Ada Example", translated_on="2026-03-04")
    assert response.status_code == 302, errors_on(response)
    assert "Ada Example" in text_of(client.get(draft.get_url()))


def test_an_editor_cannot_hand_an_unsigned_page_to_a_moderator(editor: Any, draft: GetHelpPage) -> None:
    address, form = form_of(editor, draft)
    form["action-submit"] = "action-submit"
    response = editor.save(address, form, publish=False)
    assert response.status_code == 200
    assert "Name the person who translated this page. Until then it stays a draft." in errors_on(response)


def test_an_editor_learns_what_is_still_in_english(editor: Any, client: Client) -> None:
    page = begin_translation(LEFT)
    sign(page)
    page.save_revision()
    address, form = form_of(editor, page)
    said = " ".join(errors_on(editor.save(address, form)))
    assert "These words are still in English." in said
    assert "Still in English: Is a child in danger now?, Are you worried about a child?" in said
    assert stays_a_draft(page, client)


def test_a_translation_leaves_no_part_and_no_number_out(draft: GetHelpPage) -> None:
    assert draft.still_in_english() == {}
    del draft.body[1]
    assert "have to be those of the English page" in draft.still_in_english()["body"]


def test_what_is_said_to_english_ears_is_not_translated(draft: GetHelpPage) -> None:
    draft.body[0].value["say"] = "Þöļîçé!"
    assert "have to be those of the English page" in draft.still_in_english()["body"]


@pytest.mark.parametrize("with_children", [False, True])
def test_publishing_many_pages_at_once_says_which_one_cannot_be(
    editor: Any, client: Client, draft: GetHelpPage, with_children: bool
) -> None:
    chosen = HomePage.objects.get(pk=draft.get_parent().pk) if with_children else draft
    address = f"/cms/bulk/wagtailcore/page/publish/?id={chosen.pk}&next=/cms/pages/"
    form = editor.fields_of(address, "csrfmiddlewaretoken")
    if with_children:
        form["include_descendants"] = "on"
    response = editor.post(address, form)
    assert response.status_code == 302
    assert "Name the person who translated this page." in text_of(editor.get("/cms/pages/"))
    assert stays_a_draft(draft, client)


def test_another_page_in_another_language_stays_a_draft_and_the_editor_learns_why(editor: Any) -> None:
    root = translate_home(LEFT)
    page = Page.objects.get(slug="privacy").specific.copy_for_translation(root.locale)
    form = editor.form(edit_address(page), page, "title")
    assert editor.save(edit_address(page), form, lede="Ñéŵ ŵöŕðš.").status_code == 302
    shown = text_of(editor.colleague.get(edit_address(page)))
    assert "is there in English only" in shown or "are there in English only" in shown
    assert "Ñéŵ ŵöŕðš." in shown
    assert not Page.objects.get(pk=page.pk).live


def test_a_preview_is_in_the_language_of_its_page(editor: Any, draft: GetHelpPage) -> None:
    shown = editor.get(f"/cms/pages/{draft.pk}/view_draft/")
    assert ("lang", "en-XA") in attributes(shown, "html")
