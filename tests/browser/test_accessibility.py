"""axe finds nothing on any page, at two sizes, in light and dark; nor in any state of the form."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import RunningSite
from tests.browser.pages import PAGES

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
def test_every_state_of_the_form(browser: Browser, site: RunningSite, size: str, scheme: str) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site.address + "/tell-us/")
    page.get_by_role("button", name="Check what you wrote").click()
    assert page.title().startswith("Error:")
    assert violations(page) == []
    page.get_by_label("What have you seen or heard?").fill("A worry, told for a test.")
    page.get_by_label("Yes", exact=True).check(force=True)
    page.get_by_role("button", name="Check what you wrote").click()
    page.get_by_role("heading", name="Check before you send").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Send to the").click()
    page.get_by_role("heading", name="We have it").wait_for()
    assert violations(page) == []
    context.close()
