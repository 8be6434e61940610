"""Pages in other languages: their addresses, the way between them, and what stands on them."""

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Site

from config.languages import LIKELY, with_names
from home.languages import Language, alternates
from home.models import GetHelpPage, GuidancePage, HomePage
from resources.models import Contact
from tests.home.editing import text_of
from tests.home.test_walk import Seen, attributes
from tests.pseudo import LEFT, RIGHT, publish_translation, translate_home

pytestmark = pytest.mark.django_db
ENGLISH = "/help-in-other-languages/"


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


# --- Loading -------------------------------------------------------------------------------------------------------


def test_loading_again_leaves_other_languages_alone(client: Client, both: dict[str, Any]) -> None:
    before = client.get(both[RIGHT].get_url()).content
    call_command("load_content", verbosity=0)
    assert client.get(both[RIGHT].get_url()).content == before
    assert HomePage.objects.count() == 3
