"""A first visit to any page stays light: HTML, style sheet and scripts together, as they come over the wire."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Response

from tests.browser.conftest import RunningSite
from tests.browser.pages import PAGES
from tests.browser.telling import go_to_check, send
from tests.browser.test_browser_sealing import WITHOUT_CURVE_25519

pytestmark = pytest.mark.browser
LIMIT = 12 * 1024
#: The questions bring the script that asks them one at a time; what seals comes later, when the form is usable.
QUESTIONS_LIMIT = 20 * 1024
SEALING_LIMIT = 70 * 1024


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_is_at_most_12_kilobytes(browser: Browser, site: RunningSite, path: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(site.address + path, wait_until="networkidle")
    weights = {
        answer.url: answer.request.sizes()["responseBodySize"]
        for answer in answers
        if answer.request.resource_type in ("document", "stylesheet", "script")
    }
    context.close()
    assert all(url.startswith(site.address) for url in weights), "a third party was asked"
    assert sum(weights.values()) <= (QUESTIONS_LIMIT if path == "/tell-us/questions/" else LIMIT), weights


@pytest.mark.parametrize("is_old", [False, True], ids=["new browser", "browser without Curve 25519"])
def test_what_seals_is_at_most_70_kilobytes(context: BrowserContext, site: RunningSite, is_old: bool) -> None:
    """All code that comes after the form is usable, with the list of code words."""
    if is_old:
        context.add_init_script(WITHOUT_CURVE_25519)
    page = context.new_page()
    page.goto(f"{site.address}/tell-us/questions/", wait_until="networkidle")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.get_by_role("button", name="Continue").click()
    page.locator("#story").fill("A worry, told for a test.")
    go_to_check(page)
    send(page)
    weights = {answer.url: answer.request.sizes()["responseBodySize"] for answer in answers if "/static/" in answer.url}
    assert any("words/code-words" in url for url in weights)
    assert any("nacl-fast" in url for url in weights) == is_old
    assert sum(weights.values()) <= SEALING_LIMIT, weights


def test_no_page_asks_anything_of_anybody_else(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context()
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(f"console: {message.text}"))
    for path in PAGES[:-1]:
        page.goto(site.address + path)
    context.close()
    assert [url for url in asked if not url.startswith(site.address)] == []
