"""The whole circle, as two people go it: told, opened, answered, read, added to, read, answered again."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.desking import open_report, row, sign_in, unlock
from tests.browser.replying import add_more, open_reply, shown
from tests.browser.telling import tell

pytestmark = pytest.mark.browser


def answer(desk: Page, text: str) -> None:
    """The officer writes back about the report that is open."""
    desk.get_by_label("Reply").fill(text)
    desk.get_by_role("button", name="Lock and send reply").click()
    expect(desk.locator("#messages")).to_contain_text(text)


def test_a_reporter_and_an_officer_talk(teller: Page, page: Page, site: RunningSite) -> None:
    told = tell(teller, site, "Somebody waits at the gate on Thursdays.")
    sign_in(page, site)
    unlock(page, site)
    expect(row(page, told.reference)).to_contain_text("Somebody waits at the gate")
    open_report(page, told.reference)
    answer(page, "Thank you. Which gate, if you know it?")

    open_reply(teller, site, told.words, separator="-")
    assert any("Thank you. Which gate, if you know it?" in line for line in shown(teller))
    assert "Somebody waits" not in teller.content(), "their own words are never shown again"
    add_more(teller, "The back one, by the bus stop.")
    assert "The back one" not in teller.locator("#messages").inner_text()

    page.get_by_role("link", name="All reports").click()
    page.get_by_role("button", name="Refresh").click()
    expect(row(page, told.reference).get_by_text("New reply")).to_be_visible()
    open_report(page, told.reference)
    expect(page.locator("#messages")).to_contain_text("The back one, by the bus stop.")
    answer(page, "That helps. Call 999 if you see it again.")
    page.get_by_role("link", name="All reports").click()
    expect(row(page, told.reference).get_by_text("New reply")).to_be_hidden()

    open_reply(teller, site, [word.upper() for word in told.words])
    lines = shown(teller)
    # Which of two lines of one hour came first only their writers know.
    assert sorted("You wrote" in line for line in lines) == [False, False, True, True]
    assert any("That helps." in line for line in lines)
