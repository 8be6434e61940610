"""A council that sends no replies, and one that sends a single one: what people and officers meet there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WORKER, RunningSite, site_in, started
from tests.browser.desking import open_report, sign_in, stored, unlock
from tests.browser.looking import violations
from tests.browser.replying import add_more, open_reply, shown
from tests.browser.telling import tell

pytestmark = pytest.mark.browser
STORY = "canary plum umbrella: a car waits by the park"
QUESTION = "Which park is it?"


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory, prepared: tuple[Path, str]) -> Iterator[RunningSite]:
    """A site that sends no replies."""
    site = site_in(tmp_path_factory.mktemp("without"), f"phoenix_without{WORKER}", prepared)
    site.environment["PHOENIX_REPLIES"] = "off"
    with started(site):
        yield site


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory, prepared: tuple[Path, str]) -> Iterator[RunningSite]:
    """A site that sends one reply."""
    site = site_in(tmp_path_factory.mktemp("once"), f"phoenix_once{WORKER}", prepared)
    site.environment["PHOENIX_REPLIES"] = "one"
    with started(site):
        yield site


def test_without_replies_nobody_gets_code_words(teller: Page, without: RunningSite) -> None:
    asked: list[str] = []
    teller.on("request", lambda request: asked.append(request.url))
    told = tell(teller, without, STORY)
    assert told.words == []
    page = teller.locator("main").inner_text()
    assert "so there are no code words." in page
    assert "Never tell anyone" not in page
    assert "We do not write back on this site." in page
    assert not [url for url in asked if "words/code-words" in url]
    teller.goto(f"{without.address}/tell-us/reply/")
    assert teller.get_by_role("heading", name="We do not write back here").is_visible()
    assert teller.locator("#words").count() == 0
    assert stored(without, f"print(Conversation.objects.filter(report__reference='{told.reference}').count())") == "0"


def test_without_replies_the_desk_offers_no_box(page: Page, without: RunningSite) -> None:
    told = tell(page, without, STORY)
    sign_in(page, without)
    unlock(page, without)
    open_report(page, told.reference)
    expect(page.locator("#no-replies")).to_be_visible()
    expect(page.get_by_label("Reply")).to_be_hidden()


def test_one_question_is_asked_and_answered(page: Page, once: RunningSite) -> None:
    told = tell(page, once, STORY)
    assert len(told.words) == 6
    sign_in(page, once)
    unlock(page, once)
    open_report(page, told.reference)
    page.get_by_label("Reply").fill(QUESTION)
    page.get_by_role("button", name="Lock and send reply").click()
    expect(page.locator("#messages")).to_contain_text(QUESTION)
    expect(page.locator("#answered-once")).to_be_visible()
    expect(page.get_by_label("Reply")).to_be_hidden()
    assert not violations(page)
    page.goto(f"{once.address}/tell-us/reply/")
    assert "They can write to you once." in page.locator("main").text_content()  # type: ignore[operator]
    open_reply(page, once, told.words)
    assert any(QUESTION in line for line in shown(page))
    add_more(page, "The one behind the church.")
    assert not violations(page)
