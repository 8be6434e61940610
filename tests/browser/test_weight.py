"""A first visit to any page stays light: HTML, style sheet and scripts together, as they come over the wire."""

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.conftest import RunningSite
from tests.browser.pages import PAGES

pytestmark = pytest.mark.browser
LIMIT = 12 * 1024
#: The questions bring the script that asks them one at a time; what seals comes later, when the form is usable.
QUESTIONS_LIMIT = 20 * 1024


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
