"""axe finds nothing on any page, at two sizes, in light and dark; nor in any state of the form."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import RunningSite
from tests.browser.pages import PAGES
from tests.browser.telling import follow, open_questions, send, write

pytestmark = [pytest.mark.browser, pytest.mark.axe]
SIZES = {"phone": {"width": 375, "height": 812}, "desktop": {"width": 1280, "height": 900}}
AXE = Axe()


def violations(page: Page) -> list[str]:
    """What axe found, as lines a person can read: rule, what is wrong, where."""
    results = AXE.run(page, options={"resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {violation['help']}: {[node['target'] for node in violation['nodes']][:3]}"
        for violation in results.response["violations"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page(browser: Browser, site: RunningSite, size: str, scheme: str) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto(site.address + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{path} scrolls sideways"
        if problems := violations(page):
            found[path] = problems
    context.close()
    assert not found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
def test_every_state_of_the_form(browser: Browser, site: RunningSite, size: str, scheme: str, script: bool) -> None:
    context = browser.new_context(
        viewport=SIZES[size],  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    if not script:
        # axe itself needs script, so only the script of the form is kept away: what is left is the form without it.
        page.route("**/tell/main*", lambda route: route.abort())
    if open_questions(page, site):
        look_at_every_question(page)
    else:
        follow(page.get_by_role("button", name="Check what you wrote"))
        assert page.title().startswith("Error:")
        assert violations(page) == []
    write(page, site, "A worry, told for a test.")
    assert violations(page) == []
    send(page)
    assert violations(page) == []
    context.close()


def look_at_every_question(page: Page) -> None:
    """Each screen, the stop after danger, and the error where the story is missing."""
    page.locator("#danger-yes").check(force=True)
    go_on = page.get_by_role("button", name="Continue")
    seen = 0
    while page.locator("#check").is_hidden():
        assert violations(page) == [], page.title()
        if page.locator("#q-story").is_visible() and not page.locator("#story").input_value():
            go_on.click()
            assert page.title().startswith("Error:")
            assert violations(page) == []
            page.locator("#story").fill("A worry, told for a test.")
        go_on.click()
        seen += 1
        assert seen < 30
    assert violations(page) == []
