"""Who to contact, in a real browser: answers with script and without, and nothing stays behind."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.looking import LOOKS, SIZES, violations

pytestmark = pytest.mark.browser
ADDRESS = "/who-to-contact/"


def ask(page: Page, site: RunningSite, **typed: str) -> None:
    page.goto(site.address + ADDRESS)
    for key, words in typed.items():
        page.locator(f"#{key}").fill(words)
    page.get_by_role("button", name="Show who to contact").click()
    page.locator("#answer").wait_for()


@pytest.mark.axe
@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_axe_finds_nothing_in_any_answer(browser: Browser, site: RunningSite, size: str, scheme: str) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    asked = (
        {"lives": "Mere", "school": "Shaftesbury"},
        {"lives": "BA12 6HG", "school": "Gillingham", "happened": "Trobridge"},
        {"lives": "Atlantis"},
        {},
    )
    for typed in asked:
        ask(page, site, **typed)
        assert violations(page) == [], typed
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), typed
    context.close()


def test_without_script_people_choose_and_are_answered(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    ask(page, site, lives="BA12")
    expect(page.locator("#answer h2")).to_contain_text("please choose above")
    page.get_by_role("radio", name="Somerset").check(force=True)
    page.get_by_role("button", name="Show who to contact").click()
    expect(page.locator("#answer h2")).to_have_text("Call Somerset first")
    expect(page.locator("#lives")).to_have_value("BA12")
    context.close()


def test_nothing_that_was_typed_stays_in_the_browser(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context()
    page = context.new_page()
    ask(page, site, lives="Mere")
    assert page.url == f"{site.address}{ADDRESS}#answer"
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert context.storage_state()["origins"] == []
    page.goto(site.address + ADDRESS)
    expect(page.locator("#lives")).to_have_value("")
    context.close()
