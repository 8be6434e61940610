"""The search in a real browser: without script, over the shoulder, and with nothing for axe to find in any answer."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.looking import LOOKS, SIZES, violations

pytestmark = pytest.mark.browser
#: Results, results with a slip and a contact, help above them, two panels, nothing, too much, nothing typed.
ANSWERS = ["grooming", "groming nspcc", "i want to die", "help me, i was raped", "zzyzx", "word " * 60, "the"]


def look_for(page: Page, site: RunningSite, words: str, start: str = "/search/") -> None:
    page.goto(site.address + start)
    box = page.get_by_role("main").get_by_role("searchbox")
    box.fill(words)
    box.press("Enter")
    page.get_by_role("heading", name="Search", level=1).wait_for()


@pytest.mark.parametrize("start", ["/search/", "/", "/there-is-no-such-page/"])
def test_a_search_leads_to_a_page_and_stands_in_no_address(teller: Page, site: RunningSite, start: str) -> None:
    look_for(teller, site, "sarahs law", start)
    assert teller.url == f"{site.address}/search/"
    assert teller.title() == "Phoenix – search"
    teller.get_by_role("link", name="Asking the police about a person").click()
    assert teller.url == f"{site.address}/parents-and-carers/asking-about-a-person/"
    assert teller.context.cookies() == []


def test_help_stands_on_the_first_screen_of_a_phone(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 667})
    page = context.new_page()
    look_for(page, site, "he is outside")
    expect(page.get_by_role("main").get_by_role("link", name="999").first).to_be_in_viewport()
    context.close()


@pytest.mark.axe
@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_answer_is_accessible(browser: Browser, site: RunningSite, size: str, scheme: str) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for words in ANSWERS:
        look_for(page, site, words)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{words} scrolls sideways"
        assert violations(page) == [], words
    context.close()
