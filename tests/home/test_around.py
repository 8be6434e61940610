"""What every page has around its text: the way up, a kind word before, dates, words for a shared link, for crawlers."""

import html
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from home.models import DoorPage, GuidancePage, HomePage, InfoPage
from home.models.base import TELLING_WORDS
from tests.home.test_walk import FORM_PAGES, addresses

pytestmark = pytest.mark.django_db
GUIDANCE = "/parents-and-carers/signs-to-look-for/"


def page_at(client: Client, address: str) -> str:
    return html.unescape(client.get(address).content.decode())


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


@pytest.fixture
def guidance() -> GuidancePage:
    return GuidancePage.objects.get(slug="signs-to-look-for")


# --- The way up ---------------------------------------------------------------------------------------------------


def crumbs(page: str) -> list[tuple[str, str]]:
    nav = re.search(r'<nav[^>]* aria-label="Breadcrumb">(.*?)</nav>', page, re.S)
    assert nav
    links = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', nav[1], re.S)
    return [(address, re.sub(r"<.*?>", "", words, flags=re.S).strip()) for address, words in links]


def test_the_way_up_stands_above_the_heading(client: Client) -> None:
    page = page_at(client, GUIDANCE)
    assert crumbs(page) == [("/", "Home"), ("/parents-and-carers/", "Parents and carers")]
    assert page.index('aria-label="Breadcrumb"') < page.index("<h1")
    assert crumbs(page_at(client, "/parents-and-carers/")) == [("/", "Home")]
    assert crumbs(page_at(client, "/find-help/")) == [("/", "Home")]


def test_a_door_that_is_switched_off_is_not_on_the_way_up(client: Client) -> None:
    DoorPage.objects.get(audience="parents").unpublish()
    page = page_at(client, GUIDANCE)
    assert crumbs(page) == [("/", "Home")]
    assert "All pages for" not in page


# --- Before you read ------------------------------------------------------------------------------------------------


def test_a_note_stands_before_the_text_with_ways_on_to_help_and_out(client: Client, guidance: GuidancePage) -> None:
    main = main_of(page_at(client, GUIDANCE))
    note = main[main.index('<section class="before') : main.index('id="_text"')]
    assert guidance.content_note in note
    assert main.index('<section class="before') < main.index("<h2>")
    for way in ('href="#_text"', 'href="/find-help/"', "data-exit"):
        assert way in note
    guidance.content_note = ""
    guidance.save()
    assert "Before you read" not in page_at(client, GUIDANCE)


def test_pages_that_describe_abuse_say_so_first() -> None:
    """A word that stands for what is done to a child, on a page for young people, has a note before it."""
    done = re.compile(r"\b(sex|sexual|rape\w*|hold you down|private parts|self.harm|nudes?)\b", re.I)
    for page in GuidancePage.objects.live():
        said = done.findall(json.dumps(page.body.get_prep_value()))
        if page.audience_code == "young" and len(said) >= 2:
            assert page.content_note, (page.slug, said)


# --- Dates ----------------------------------------------------------------------------------------------------------


def reviewed(client: Client, page: GuidancePage) -> str:
    page.save()
    [words] = re.findall(r'<p class="meta">((?:Written|Last reviewed).*?)</p>', page_at(client, page.url))
    return re.sub(r"<.*?>", "", words)


def test_a_page_says_when_it_was_looked_at_and_by_whom(client: Client, guidance: GuidancePage) -> None:
    guidance.written, guidance.review = date(2026, 3, 2), timezone.localdate() + timedelta(days=40)
    month = f"{guidance.review:%B %Y}"
    nobody = "Written on 2 March 2026. No named person has checked this page yet."
    assert reviewed(client, guidance) == f"{nobody} Next review: {month}."
    guidance.reviewed_by = "Jo Ash, safeguarding lead"
    assert (
        reviewed(client, guidance)
        == f"Last reviewed on 2 March 2026 by Jo Ash, safeguarding lead. Next review: {month}."
    )
    assert 'itemprop="lastReviewed" datetime="2026-03-02"' in page_at(client, GUIDANCE)


def test_an_overdue_page_says_so_and_is_not_hidden(client: Client, guidance: GuidancePage) -> None:
    guidance.written, guidance.review = date(2026, 1, 5), date(2026, 6, 5)
    assert reviewed(client, guidance).endswith("This page was due to be looked at again in June 2026.")
    guidance.review = timezone.localdate()
    assert "was due" not in reviewed(client, guidance)


def test_the_form_has_no_date_of_review(client: Client, keys_in_use: None) -> None:
    for address in FORM_PAGES:
        assert "review" not in page_at(client, address).lower(), address


# --- A link that is shared, and what a search engine sees -----------------------------------------------------------


def shown_of(page: str) -> Iterator[str]:
    """What a chat or a search engine shows of a page."""
    yield from re.findall(r"<title>(.*?)</title>", page)
    yield from re.findall(r'<meta (?:name="description"|property="og:[a-z_]+") content="(.*?)">', page)


def test_a_shared_link_gives_nothing_away(client: Client, keys_in_use: None) -> None:
    for address in [*addresses(), "/there-is-no-such-page/"]:
        page = page_at(client, address)
        assert '<meta property="og:title" content="Phoenix – help and advice in Wiltshire">' in page, address
        assert '<meta property="og:description" content="Someone to talk to, and plain answers.">' in page, address
        assert "og:image" not in page and "twitter:image" not in page, address


def test_nothing_of_a_young_persons_page_tells_what_it_is(client: Client) -> None:
    door = DoorPage.objects.get(audience="young")
    for page in [
        door,
        *GuidancePage.objects.live().descendant_of(door),
        *InfoPage.objects.live(),
        HomePage.objects.get(),
    ]:
        shown = " ".join(shown_of(page_at(client, page.url))).lower()
        if page.audience_code == "young":
            assert 'name="description" content="Someone to talk to, and plain answers."' in page_at(client, page.url)
            assert not [word for word in TELLING_WORDS if word in shown], page.slug


def test_words_for_search_engines_may_not_tell_either() -> None:
    page = GuidancePage.objects.get(slug="is-this-ok")
    page.search_description = "About grooming"
    with pytest.raises(ValidationError, match="shoulder"):
        page.full_clean()
    page.search_description = "How to know when something is wrong"
    page.full_clean()


def test_pages_for_others_are_described_by_their_lede(client: Client, guidance: GuidancePage) -> None:
    assert f'<meta name="description" content="{guidance.lede}">' in page_at(client, GUIDANCE)
    guidance.lede = "Call [[police-999]] now."
    guidance.save()
    assert 'name="description" content="Someone to talk to' in page_at(client, GUIDANCE)


def test_one_page_has_one_address_whatever_was_asked(client: Client) -> None:
    page = page_at(client, "/find-help/?for=young&by=text&utm_source=a")
    assert '<link rel="canonical" href="http://testserver/find-help/">' in page
    assert "utm_source" not in page


# --- Crawlers -------------------------------------------------------------------------------------------------------


def test_the_sitemap_lists_every_public_page_and_no_other(client: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    hidden = GuidancePage.objects.get(slug="start-talking")
    hidden.unpublish()
    with django_assert_max_num_queries(4):
        response = client.get("/sitemap.xml")
    places = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed = [place.text for place in ElementTree.fromstring(response.content).findall(".//s:loc", places)]  # noqa: S314
    # A pack is one page with many addresses: its list is named, and leads to them.
    own = [address for address in addresses() if not re.match("/councillors/pack/.", address)]
    expected = [f"http://testserver{address}" for address in own if address not in FORM_PAGES]
    assert sorted(listed) == sorted(expected)
    assert not response.cookies and len(listed) > 50


def test_robots_are_told_of_the_sitemap_and_of_no_hidden_path(client: Client) -> None:
    robots = client.get("/robots.txt")
    assert robots.headers["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in robots.content.decode()
    assert "mash" not in robots.content.decode() and "cms" not in robots.content.decode()


def test_what_must_not_be_listed_says_so_itself(client: Client, keys_in_use: None) -> None:
    for address in [*FORM_PAGES, "/there-is-no-such-page/"]:
        assert '<meta name="robots" content="noindex">' in page_at(client, address), address
    for address in ("/cms/login/", "/cms/", "/mash/"):
        assert client.get(address).headers["X-Robots-Tag"] == "noindex, nofollow", address
    assert client.get("/councillors/local-picture-2015/figures.csv").headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get("/").headers


def test_the_public_face_shows_no_trace_of_staff_paths_to_crawlers(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.PHOENIX_FACE = "public"
    assert "X-Robots-Tag" not in client.get("/mash/").headers


# --- Microdata ------------------------------------------------------------------------------------------------------


def test_pages_say_what_they_are_to_machines(client: Client, keys_in_use: None) -> None:
    page = page_at(client, GUIDANCE)
    assert '<main id="main" tabindex="-1" itemscope itemtype="https://schema.org/WebPage">' in page
    assert '<meta itemprop="audienceType" content="Parents and carers">' in page
    young = page_at(client, "/young-people/")
    assert 'itemtype="https://schema.org/FAQPage"' in young
    assert '<summary itemprop="name">Am I in trouble?</summary>' in young
    assert '<span itemprop="telephone">0800 1111</span>' in page_at(client, "/find-help/")
    for address in addresses():
        main = main_of(page_at(client, address))
        has_item = "itemscope" in main[: main.index(">")]
        assert has_item or "itemprop" not in re.sub(r"<li [^>]*itemscope.*", "", main, flags=re.S), address


# --- Read next, and paper ---------------------------------------------------------------------------------------------


def test_reading_on_offers_a_few_pages_and_the_door(client: Client) -> None:
    main = main_of(page_at(client, GUIDANCE))
    after = main[main.index("Read next") :]
    links = re.findall(r'<a class="tap" href="(.*?)">', after[: after.index("</nav>")])
    assert len(links) == 5 and links[-1] == "/parents-and-carers/"
    assert "All pages for parents and carers" in after


def test_paper_has_the_numbers_by_day_and_by_night(client: Client) -> None:
    page = page_at(client, GUIDANCE)
    leaflet = page[page.index('class="leaf"') : page.index("</main>")]
    for words in (
        "Call 999",
        "Call 0800 1111",
        "0300 456 0108",
        "0300 456 0100",
        "Checked on",
        f"http://testserver{GUIDANCE}",
    ):
        assert words in leaflet
    assert "pen now" not in leaflet


def test_a_young_persons_page_offers_no_printing(client: Client) -> None:
    assert "data-print" in page_at(client, GUIDANCE)
    assert "data-print" not in page_at(client, "/young-people/what-it-is/")
