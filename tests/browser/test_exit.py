"""Exit: out at once, and Back does not lead in again; with and without the page cache, with and without script."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import CHROMIUM_FLAGS, RunningSite, program
from tests.browser.telling import go_to_story

pytestmark = pytest.mark.browser
NEUTRAL = "https://www.bbc.co.uk/weather"
BEFORE = "data:text/html,<title>Before</title>"


def leave_and_go_back(page: Page, site: RunningSite, path: str) -> None:
    """Another site, two pages of ours, Exit, then Back twice."""
    page.goto(BEFORE)
    page.goto(f"{site.address}/")
    page.goto(site.address + path)
    page.get_by_role("link", name="Exit this page").click()
    page.wait_for_url(f"{NEUTRAL}**")
    # A page restored whole never loads, so Back is only waited for until it has happened.
    page.go_back(wait_until="commit")
    page.wait_for_url(f"{NEUTRAL}**")


# Guidance may be kept by the browser for Back; the form is sent with no-store and may not.
@pytest.mark.parametrize("path", ["/young-people/is-this-ok/", "/tell-us/questions/"])
def test_exit_leaves_and_back_stays_out(page: Page, site: RunningSite, path: str) -> None:
    leave_and_go_back(page, site, path)
    assert page.title() == "Weather"


def test_back_stays_out_when_the_browser_restores_pages_whole(site: RunningSite, playwright: object) -> None:
    """The back/forward cache gives a page back as it was, without loading it: the guard must hold there too.

    Only a Chromium with windows has that cache.
    """
    browser = playwright.chromium.launch(  # type: ignore[attr-defined]
        executable_path=program("chromium"),
        args=[*CHROMIUM_FLAGS, "--enable-features=BackForwardCache"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    context: BrowserContext = browser.new_context()
    context.route(f"{NEUTRAL}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    page = context.new_page()
    page.add_init_script(
        "addEventListener('pageshow', e => { if (e.persisted) sessionStorage.setItem('restored', 'yes') })"
    )
    # First, that this browser really restores pages: otherwise the test would say nothing.
    page.goto(f"{site.address}/young-people/")
    page.goto(f"{site.address}/parents-and-carers/")
    page.go_back(wait_until="commit")
    page.wait_for_function("sessionStorage.getItem('restored') === 'yes'")
    assert page.locator("h1").is_visible(), "a page restored without Exit shows again"
    leave_and_go_back(page, site, "/young-people/is-this-ok/")
    assert page.title() == "Weather"
    browser.close()


def test_coming_back_on_purpose_works(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.address}/young-people/")
    page.get_by_role("link", name="Exit this page").click()
    page.wait_for_url(f"{NEUTRAL}**")
    page.goto(f"{site.address}/young-people/")
    assert page.locator("h1").is_visible()


def test_shift_three_times_leaves(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.address}/young-people/")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(page.locator("#exit-say")).to_have_text("Press once more to exit")
    page.keyboard.press("Shift")
    page.wait_for_url(f"{NEUTRAL}**")


def test_capitals_and_escape_do_not_leave(page: Page, site: RunningSite) -> None:
    go_to_story(page, site)
    box = page.locator("#story")
    box.click()
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(box).to_have_value("ABC")
    assert page.url.startswith(site.address)


def test_exit_takes_what_was_typed_with_it(page: Page, site: RunningSite) -> None:
    go_to_story(page, site)
    page.locator("#story").fill("words that nobody may see")
    # Asked in the same breath as the click: nothing may wait for the network.
    text, tab, hidden = page.evaluate(
        """() => {
            document.querySelector('[data-exit]').click();
            return [document.body.textContent, document.title, document.documentElement.className];
        }"""
    )
    assert (text, tab) == ("", "Weather")
    assert "gone" in hidden.split()


def test_exit_tells_the_neutral_site_nothing(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.address}/young-people/")
    with page.expect_request(f"{NEUTRAL}**") as asked:
        page.get_by_role("link", name="Exit this page").click()
    assert "referer" not in asked.value.all_headers()


def test_exit_is_the_second_stop_on_every_page_and_hides_nothing_that_has_focus(page: Page, site: RunningSite) -> None:
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(f"{site.address}/young-people/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hasAttribute('data-exit')")
    for _ in range(60):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
                const a = document.activeElement, e = document.querySelector('.exit');
                if (a === e || a === document.body) return false;
                const x = a.getBoundingClientRect(), y = e.getBoundingClientRect();
                return x.top >= y.top && x.bottom <= y.bottom && x.left >= y.left && x.right <= y.right;
            }"""
        )
        assert not hidden, page.evaluate("document.activeElement.outerHTML")


def test_without_script_exit_is_a_plain_link(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.route(f"{NEUTRAL}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    page = context.new_page()
    page.goto(f"{site.address}/tell-us/")
    page.get_by_role("link", name="Exit this page").click()
    page.wait_for_url(f"{NEUTRAL}**")
    context.close()
