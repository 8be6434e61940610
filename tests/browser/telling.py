"""Telling a concern by hand, as people do: one question at a time with script, one long page without."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.browser.conftest import RunningSite


@dataclass
class Told:
    """What the sent page showed."""

    reference: str
    words: list[str]


def follow(way: Locator) -> None:
    """Press a link or button that leads to another page, and come back when that page is there as a whole.

    A click alone does not wait for it: what is read next may be of the old page, or of the first part of the new one.
    """
    with way.page.expect_navigation(wait_until="load"):
        way.click()


def asks_one_at_a_time(page: Page) -> bool:
    """Whether the script of the form runs in a page that is loaded: then it marks the page, and no button leaves it."""
    return page.locator("html.step").count() == 1


def open_questions(page: Page, site: RunningSite) -> bool:
    """Come to the questions from the start, as people do. True if they are asked one at a time."""
    page.goto(f"{site.address}/tell-us/")
    follow(page.get_by_role("link", name="Start"))
    follow(page.get_by_role("link", name="Go to the questions"))
    return asks_one_at_a_time(page)


def go_to_check(page: Page) -> None:
    """From a question to the check page."""
    if asks_one_at_a_time(page):
        page.get_by_role("button", name="Send now").click()
    else:
        follow(page.get_by_role("button", name="Check what you wrote"))
    page.get_by_role("button", name="Send to the MASH team").wait_for()


def go_to_story(page: Page, site: RunningSite) -> None:
    """Come to where the story is written."""
    if open_questions(page, site):
        page.get_by_role("button", name="Continue").click()
    page.locator("#story").wait_for()


def write(page: Page, site: RunningSite, story: str) -> None:
    """Answer danger, story and who; end on the check page."""
    open_questions(page, site)
    page.locator("#danger-not-sure").check(force=True)
    if asks_one_at_a_time(page):
        go_on = page.get_by_role("button", name="Continue")
        go_on.click()
        page.get_by_role("heading", name="Please call now if you can").wait_for()
        go_on.click()
        page.locator("#story").fill(story)
        go_on.click()
    else:
        page.locator("#story").fill(story)
    page.locator("#who-friend").check(force=True)
    go_to_check(page)


def send(page: Page) -> Told:
    """Press Send on the check page, and read what comes."""
    button = page.get_by_role("button", name="Send to the MASH team")
    if asks_one_at_a_time(page):
        button.click()
    else:
        follow(button)
    page.get_by_role("heading", name="We have it").wait_for()
    found = re.search(r"[A-Z][2-9]-\d{3}", page.locator("main").inner_text())
    assert found
    return Told(found[0], page.locator("#code-words li").all_inner_texts())


def tell(page: Page, site: RunningSite, story: str) -> Told:
    """From the start to the sent page."""
    write(page, site, story)
    assert story in page.locator("dl:visible").inner_text()
    return send(page)
