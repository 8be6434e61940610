"""A page that is left open overnight, or comes back from the browser's memory: who answers is right all the same."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import RunningSite

pytestmark = pytest.mark.browser
#: Pages with "Need help now?", with a panel to call the team, and with a card for each service.
PAGES = ["/", "/professionals/", "/find-help/"]
#: What the server would say at a moment: the numbers of the panel, and the next moment at which anything changes.
ASK = """
import dataclasses, json
from datetime import datetime
from resources.ahead import valid_until
from resources.book import ContactBook
book = dataclasses.replace(ContactBook.load(), now=datetime.fromisoformat({moment!r}))
services = list(book.services.values())
print(json.dumps([
    [turn.service.number for turn in book.strip() if turn.is_now],
    [listed.state_words for listed in book.everyone()],
    valid_until(services, book.now).isoformat(),
]))
"""


def said_by_the_server(site: RunningSite, moment: datetime) -> tuple[list[str], list[str], datetime]:
    numbers, states, until = json.loads(site.python(ASK.format(moment=moment.isoformat())))
    return numbers, sorted(filter(None, states)), datetime.fromisoformat(until)


def numbers_on(page: Page) -> list[str]:
    """The numbers that stand in "Need help now?"."""
    found: list[str] = page.locator("section.now li:visible b").all_inner_texts()
    return found


def states_on(page: Page) -> list[str]:
    """What the cards of Find help say about hours; those of the neighbours are folded."""
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    return sorted(words.strip() for words in page.locator("li.ct .tag:visible").all_inner_texts())


def test_a_page_that_stays_open_says_who_answers_at_every_change(page: Page, site: RunningSite) -> None:
    now = datetime.now(UTC)
    page.clock.install(time=now)
    page.goto(f"{site.address}/")
    last = now + timedelta(hours=24)
    seen = set()
    while now < last:
        numbers, _, until = said_by_the_server(site, now)
        assert sorted(numbers_on(page)) == sorted(numbers), now
        seen.add(tuple(numbers))
        # To the change, and on to the next look of the script.
        page.clock.fast_forward(int((until - now).total_seconds() * 1000) + 21_000)
        now = until + timedelta(seconds=21)
    assert seen


def test_every_card_that_stays_open_says_what_is_true(page: Page, site: RunningSite) -> None:
    now = datetime.now(UTC)
    page.clock.install(time=now)
    page.goto(f"{site.address}/find-help/")
    for _ in range(4):
        _, states, until = said_by_the_server(site, now)
        assert states_on(page) == states, now
        page.clock.fast_forward(int((until - now).total_seconds() * 1000) + 21_000)
        now = until + timedelta(seconds=21)


def test_a_page_that_comes_back_after_days_claims_nothing(page: Page, site: RunningSite) -> None:
    page.clock.install(time=datetime.now(UTC))
    page.goto(f"{site.address}/find-help/")
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=9))
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert page.get_by_text("Open this page again to see if it is open.").first.is_visible()
    assert [words for words in states_on(page) if "day and night" not in words] == []
    page.goto(f"{site.address}/")
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=9))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert len(numbers_on(page)) == 4
    assert "open until" not in page.locator("section.now").inner_text()


@pytest.mark.parametrize("path", PAGES)
def test_without_script_a_page_says_what_was_true_when_it_was_made(
    browser: Browser, site: RunningSite, path: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address + path)
    numbers, states, _ = said_by_the_server(site, datetime.now(UTC))
    hidden = page.locator("[data-when][hidden]")
    assert hidden.count() > 0
    assert not any(hidden.nth(number).is_visible() for number in range(hidden.count()))
    if path == "/find-help/":
        # The neighbours' cards are folded; without script nothing unfolds them for us.
        shown = sorted(words.strip() for words in page.locator("li.ct .tag:visible").all_inner_texts())
        assert shown
        assert set(shown) <= set(states)
    elif page.locator("section.now").count():
        assert sorted(numbers_on(page)) == sorted(numbers)
    context.close()
