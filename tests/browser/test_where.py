"""Where it happened, in a real browser: a town may be picked or typed, and the neighbours' numbers are at hand."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.telling import go_to_story, open_questions

pytestmark = pytest.mark.browser


def test_the_neighbours_are_shown_to_whoever_says_that_it_was_outside(page: Page, site: RunningSite) -> None:
    go_to_story(page, site)
    page.locator("#story").fill("A worry")
    while not page.locator("#q-where").is_visible():
        page.get_by_role("button", name="Continue").click()
    note = page.locator("#q-where [data-note]")
    expect(note).to_be_hidden()
    page.locator("#outside-yes").check(force=True)
    expect(note).to_be_visible()
    note.locator("summary").click()
    expect(note.locator('a[href^="tel:"]').first).to_be_visible()
    page.locator("#outside-no").check(force=True)
    expect(note).to_be_hidden()


def test_without_script_they_stand_there_and_unfold(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_questions(page, site)
    note = page.locator("#q-where [data-note]")
    expect(note).to_contain_text("we pass it on to the right team")
    expect(note.locator('a[href^="tel:"]').first).to_be_hidden()
    note.locator("summary").click()
    expect(note.locator('a[href^="tel:"]').first).to_be_visible()
    context.close()


def test_the_browser_offers_the_towns_beside_the_box(page: Page, site: RunningSite) -> None:
    open_questions(page, site)
    offered = page.evaluate("[...document.getElementById('town').list.options].map((option) => option.value)")
    assert "Salisbury" in offered
    assert offered == sorted(offered)


def test_a_place_over_the_border_shows_whom_one_could_call_and_nothing_is_asked(page: Page, site: RunningSite) -> None:
    go_to_story(page, site)
    page.locator("#story").fill("A worry")
    while not page.locator("#q-where").is_visible():
        page.get_by_role("button", name="Continue").click()
    note = page.locator("#q-where [data-place-of=town]")
    expect(note).to_be_hidden()
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for typed in ("Swindon", " swindon", "SN1"):
        page.locator("#town").fill(typed)
        expect(note).to_be_visible()
        expect(note.locator('a[href^="tel:"]')).to_have_count(2)
    for typed in ("Salisbury", "Swindo", ""):
        page.locator("#town").fill(typed)
        expect(note).to_be_hidden()
    assert asked == []
