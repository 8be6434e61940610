"""axe finds nothing on any public page. What people do on the form and at the desk has files of its own."""

from itertools import cycle

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import RunningSite
from tests.browser.looking import LOOKS, SIZES, faults
from tests.browser.pages import PAGES, published

pytestmark = [pytest.mark.browser, pytest.mark.axe]


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_page(browser: Browser, site: RunningSite, size: str, scheme: str) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found = {path: problems for path in PAGES if (problems := wrong_on(page, site, path))}
    context.close()
    assert not found


def test_every_page_that_is_published(browser: Browser, site: RunningSite) -> None:
    """Each page of the sitemap that the test above leaves out, in one size and scheme: its template was seen in all."""
    contexts = [
        browser.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
        for size, scheme in LOOKS
    ]
    looks = cycle([context.new_page() for context in contexts])
    others = [path for path in published(site) if path not in PAGES]
    assert len(others) > 30
    found = {path: problems for path in others if (problems := wrong_on(next(looks), site, path))}
    for context in contexts:
        context.close()
    assert not found


def wrong_on(page: Page, site: RunningSite, path: str) -> list[str]:
    page.goto(site.address + path)
    return faults(page)
