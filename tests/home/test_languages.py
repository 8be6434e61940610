"""Pages in other languages: their addresses, the way between them, and that nobody publishes one unsigned."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, Revision, Site

from config.languages import LIKELY, with_names
from home.languages import Language, alternates
from home.models import GetHelpPage, GuidancePage, HomePage
from resources.models import Contact
from tests.home.test_cms import edit_address, errors_on, text_of
from tests.home.test_walk import Seen
from tests.pseudo import begin_translation, publish_translation, translate_home, translated

pytestmark = pytest.mark.django_db
LEFT, RIGHT = "en-xa", "ar-xb"
ENGLISH = "/help-in-other-languages/"


def attributes(response: Any, tag: str) -> list[tuple[str, str]]:
    seen = Seen(response.content.decode())
    return [(name, value) for found, name, value in seen.attributes if found == tag]


@pytest.fixture
def both() -> dict[str, GetHelpPage]:
    """The get-help page in both pseudo-languages."""
    return {code: publish_translation(code) for code in (LEFT, RIGHT)}


# --- Languages --------------------------------------------------------------------------------------------------


def test_the_languages_are_named_in_their_own_script_and_run_their_own_way() -> None:
    named = {code: (Language(code).name, Language(code).own_name, Language(code).dir) for code in LIKELY}
    assert named["pl"] == ("Polish", "polski", "ltr")
    assert named["uk"] == ("Ukrainian", "Українська", "ltr")
    assert named["fa-af"] == ("Dari", "دری", "rtl")
    assert named["ps"] == ("Pashto", "پښتو", "rtl")
    assert [code for code in LIKELY if named[code][2] == "rtl"] == ["ar", "fa-af", "ps"]
    assert (Language("fa-af").tag, Language("pl").tag) == ("fa-AF", "pl")


@pytest.mark.parametrize("code", [*LIKELY, LEFT, RIGHT])
def test_every_language_can_have_an_address(client: Client, code: str) -> None:
    translate_home(code)
    home = HomePage.objects.get(locale__language_code=code)
    assert home.get_url() == f"/{code}/"


def test_an_unknown_language_in_the_settings_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match="tlh"):
        with_names(["pl", "tlh"])


def test_the_language_of_what_was_there_before_is_the_sites_own() -> None:
    assert [locale.language_code for locale in Locale.objects.all()] == [django_settings.LANGUAGE_CODE]
    assert {page.locale.language_code for page in Page.objects.all()} == {django_settings.LANGUAGE_CODE}


# --- Addresses --------------------------------------------------------------------------------------------------


def test_a_language_stands_under_its_code_and_english_under_nothing(client: Client, both: dict[str, Any]) -> None:
    assert both[LEFT].get_url() == f"/{LEFT}{ENGLISH}"
    assert ("lang", "en-XA") in attributes(client.get(both[LEFT].get_url()), "html")
    assert ("dir", "ltr") in attributes(client.get(both[LEFT].get_url()), "html")
    assert ("lang", "ar-XB") in attributes(client.get(both[RIGHT].get_url()), "html")
    assert ("dir", "rtl") in attributes(client.get(both[RIGHT].get_url()), "html")
    assert attributes(client.get(ENGLISH), "html") == [("lang", "en-GB"), ("dir", "ltr")]


def test_the_address_of_a_language_alone_shows_its_get_help_page(client: Client, both: dict[str, Any]) -> None:
    assert both[RIGHT].title in text_of(client.get(f"/{RIGHT}/"))


def test_english_is_not_shown_under_another_languages_address(client: Client, both: dict[str, Any]) -> None:
    for address in ("/pl/", "/pl/privacy/", f"/{RIGHT}/privacy/", "/en-gb/", "/en-gb/privacy/"):
        assert client.get(address).status_code == 404, address
    both[RIGHT].unpublish()
    assert client.get(f"/{RIGHT}/").status_code == 404


def test_what_a_browser_prefers_changes_nothing(client: Client, both: dict[str, Any]) -> None:
    for address in ("/", ENGLISH, both[RIGHT].get_url()):
        plain = client.get(address)
        polish = client.get(address, headers={"Accept-Language": f"{RIGHT},pl;q=0.9", "Cookie": "django_language=pl"})
        assert polish.status_code == 200
        assert polish.content == plain.content, address
        assert "Language" not in polish.headers.get("Vary", "")
        assert not polish.cookies


def test_an_english_page_whose_address_begins_like_a_language_is_found(client: Client) -> None:
    home = Site.objects.get(is_default_site=True).root_page.specific
    door = home.get_children().live().first().specific
    page = door.add_child(instance=GuidancePage(title="Part", slug="pt-part", live=True))
    assert client.get(page.get_url()).status_code == 200
    door.slug = "pl-people"
    door.save()
    assert client.get("/pl-people/").status_code == 200


def test_a_missing_page_of_a_language_says_so_in_english(client: Client, both: dict[str, Any]) -> None:
    response = client.get(f"/{RIGHT}/nothing/")
    assert response.status_code == 404
    assert ("lang", "en-GB") in attributes(response, "html")


# --- The switch -------------------------------------------------------------------------------------------------


def links(response: Any) -> dict[str, str]:
    """What the switch offers: language tag and address."""
    page = response.content.decode()
    if 'id="languages"' not in page:
        return {}
    switch = Seen(page.partition('id="languages"')[2].partition("</nav>")[0])
    anchors = [dict(a) for a in _anchors(switch)]
    assert all(a["lang"] == a["hreflang"] for a in anchors)
    return {a["hreflang"]: a["href"] for a in anchors}


def _anchors(seen: Seen) -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = []
    for tag, name, value in seen.attributes:
        if tag == "a" and name == "class":
            found.append([])
        elif tag == "a":
            found[-1].append((name, value))
    return found


def test_without_translations_there_is_no_switch_but_the_list_of_languages(client: Client) -> None:
    assert links(client.get("/")) == {}
    assert f'href="{ENGLISH}"' in text_of(client.get("/"))
    shown = text_of(client.get(ENGLISH))
    for code in LIKELY:
        assert Language(code).own_name in shown
        assert Language(code).name in shown
    assert "hreflang" not in shown


def test_every_page_leads_to_the_get_help_page_of_every_language(
    client: Client, keys_in_use: None, both: dict[str, Any]
) -> None:
    foreign = {Language(code).tag: page.get_url() for code, page in both.items()}
    for address in ("/", "/privacy/", "/young-people/is-this-ok/", "/tell-us/", ENGLISH):
        assert links(client.get(address)) == foreign, address
    assert links(client.get(both[LEFT].get_url())) == {"en-GB": ENGLISH, "ar-XB": both[RIGHT].get_url()}


def test_a_draft_is_not_in_the_switch(client: Client, both: dict[str, Any]) -> None:
    both[LEFT].unpublish()
    assert "en-XA" not in links(client.get("/"))
    assert f"/{LEFT}/" not in text_of(client.get(ENGLISH))


def test_the_translations_know_each_other(client: Client, both: dict[str, Any]) -> None:
    expected = {"en-GB": ENGLISH, **{Language(code).tag: page.get_url() for code, page in both.items()}}
    assert {link.language.tag: link.href for link in alternates(both[LEFT])} == expected
    for page in (ENGLISH, both[RIGHT].get_url()):
        heads = attributes(client.get(page), "link")
        assert {value for name, value in heads if name == "hreflang"} == set(expected)
        assert ("href", f"http://testserver{both[RIGHT].get_url()}") in heads
    assert "hreflang" not in {name for name, _ in attributes(client.get("/privacy/"), "link")}


def test_languages_cost_an_english_page_no_query(client: Client) -> None:
    def cost() -> int:
        client.get("/privacy/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/privacy/")
        return len(queries)

    alone = cost()
    publish_translation(LEFT)
    publish_translation(RIGHT)
    assert cost() == alone


def test_links_in_a_text_cost_no_query_each_for_their_language(client: Client) -> None:
    page = Page.objects.get(slug="privacy").specific
    target = Page.objects.get(slug="accessibility")

    def cost(many: int) -> list[str]:
        words = "".join(f'<p><a linktype="page" id="{target.pk}">there</a></p>' for _ in range(many))
        page.body = [{"type": "text", "value": {"heading": "", "anchor": "", "text": words}}]
        page.save()
        client.get("/privacy/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/privacy/")
        return [query["sql"] for query in queries if "wagtailcore_locale" in query["sql"]]

    assert len(cost(9)) == len(cost(1))


# --- What stands on a page in another language ----------------------------------------------------------------------


def test_what_is_english_on_it_says_that_it_is(client: Client, both: dict[str, Any]) -> None:
    page = client.get(both[RIGHT].get_url()).content.decode()
    assert (
        '<b lang="en-GB" dir="ltr">I am worried about a child. I speak Pseudo-Arabic. I need an interpreter.</b>'
        in page
    )
    assert '<bdi class="s" lang="en-GB" dir="ltr">Childline: </bdi>' in page
    assert '<p class="s soft" lang="en-GB" dir="ltr">Phoenix is run by' in page
    for english in ("Exit this page", "Skip to main content", "Read next", "Find help", "Privacy", "Last reviewed"):
        assert english not in page, english


def test_numbers_are_those_of_the_records_and_run_from_left_to_right(client: Client, both: dict[str, Any]) -> None:
    Contact.objects.filter(key="childline").update(
        ways=[{"type": "call", "value": "01632 960 777", "id": "a"}], number_confidence="H"
    )
    for page in (both[LEFT], both[RIGHT]):
        shown = client.get(page.get_url()).content.decode()
        assert '<b dir="ltr">01632 960 777</b>' in shown
        assert 'href="tel:01632960777"' in shown
        assert '<a class="num-link" dir="ltr"' in client.get("/").content.decode()


def test_the_translator_is_named(client: Client, both: dict[str, Any]) -> None:
    shown = text_of(client.get(both[LEFT].get_url()))
    assert "<bdi>Ada Example</bdi>" in shown
    assert "<bdi>Bo Sample</bdi>" in shown
    assert '<time datetime="2026-03-04">2026-03-04</time>' in shown
    assert both[LEFT].translated_words in shown


def test_only_a_page_from_right_to_left_brings_its_style_sheet(client: Client, both: dict[str, Any]) -> None:
    assert "css/rtl" in text_of(client.get(both[RIGHT].get_url()))
    assert "css/rtl" not in text_of(client.get(both[LEFT].get_url()))
    assert "css/rtl" not in text_of(client.get("/"))


# --- Nobody publishes one without a named translator ---------------------------------------------------------------


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
    state = Workflow.objects.get().start(page, user)
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


# --- Loading -------------------------------------------------------------------------------------------------------


def test_loading_again_leaves_other_languages_alone(client: Client, both: dict[str, Any]) -> None:
    before = client.get(both[RIGHT].get_url()).content
    call_command("load_content", verbosity=0)
    assert client.get(both[RIGHT].get_url()).content == before
    assert HomePage.objects.count() == 3
