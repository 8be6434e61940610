"""Every page fits a screen 320 pixels wide, which is what a zoom of 400% makes of a desktop (WCAG 2.2, 1.4.10)."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import RunningSite
from tests.browser.pages import PAGES

pytestmark = pytest.mark.browser


def test_no_page_scrolls_sideways(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    too_wide = []
    for path in PAGES:
        page.goto(site.address + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            too_wide.append(path)
    context.close()
    assert too_wide == []
