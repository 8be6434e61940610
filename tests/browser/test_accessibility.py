"""axe finds nothing on any page; nor in any state of the form and of the way back."""

from itertools import cycle, product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import RunningSite
from tests.browser.pages import PAGES, published
from tests.browser.replying import add_more, open_reply, press, type_words, write_back
from tests.browser.telling import Told, follow, open_questions, send, tell, write

pytestmark = [pytest.mark.browser, pytest.mark.axe]
SIZES = {"phone": {"width": 375, "height": 812}, "desktop": {"width": 1280, "height": 900}}
SCHEMES = ["light", "dark"]
AXE = Axe()


def violations(page: Page) -> list[str]:
    """What axe found, as lines a person can read: rule, what is wrong, where."""
    results = AXE.run(page, options={"resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {violation['help']}: {[node['target'] for node in violation['nodes']][:3]}"
        for violation in results.response["violations"]
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
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
        for size, scheme in product(SIZES, SCHEMES)
    ]
    looks = cycle([context.new_page() for context in contexts])
    others = [path for path in published(site) if path not in PAGES]
    assert len(others) > 30
    found = {path: problems for path in others if (problems := wrong_on(next(looks), site, path))}
    for context in contexts:
        context.close()
    assert not found


def wrong_on(page: Page, site: RunningSite, path: str) -> list[str]:
    """What axe finds on a page with everything opened, and whether it scrolls sideways."""
    page.goto(site.address + path)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return violations(page) + ([] if fits else ["it scrolls sideways"])


@pytest.mark.parametrize("scheme", SCHEMES)
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


@pytest.fixture(scope="module")
def answered(browser: Browser, site: RunningSite) -> Told:
    """A concern that the team has answered, once with words and once with something that does not open."""
    context = browser.new_context()
    told = tell(context.new_page(), site, "A worry, told for a test.")
    context.close()
    write_back(site, told, "Thank you for telling us.\n\nWhich school gate?")
    write_back(site, told, "", hours=1)
    return told


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
def test_every_state_of_the_way_back(
    browser: Browser, site: RunningSite, answered: Told, size: str, scheme: str, script: bool
) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    if not script:
        page.route("**/reply/main*", lambda route: route.abort())
    type_words(page, site, "hello")
    page.locator("#wrong:visible").wait_for()
    assert violations(page) == []
    open_reply(page, site, answered.words)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it scrolls sideways"
    assert violations(page) == []
    press(page, "Send to the MASH team")
    page.locator("#text-error").wait_for()
    assert page.title().startswith("Error:")
    assert violations(page) == []
    add_more(page, "The back one")
    assert violations(page) == []
    if script:
        look_at_what_goes_wrong(page, site, answered)
    context.close()


def look_at_what_goes_wrong(page: Page, site: RunningSite, answered: Told) -> None:
    """Neither locking nor opening works in this browser."""
    page.route("**/tell-us/keys/", lambda route: route.abort())
    page.route("**/openpgp*", lambda route: route.abort())
    page.locator("#text").fill("About three")
    press(page, "Send to the MASH team")
    page.get_by_role("heading", name="We could not lock your words").wait_for()
    assert violations(page) == []
    type_words(page, site, " ".join(answered.words))
    page.get_by_role("heading", name="We could not open it").wait_for()
    assert violations(page) == []
