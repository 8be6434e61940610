"""Telling a concern by hand, as people do: one question at a time with script, one long page without."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.conftest import RunningSite


@dataclass
class Told:
    """What the sent page showed."""

    reference: str
    words: list[str]


def open_questions(page: Page, site: RunningSite) -> bool:
    """Come to the questions from the start, as people do. True if they are asked one at a time."""
    page.goto(f"{site.address}/tell-us/")
    page.get_by_role("link", name="Start").click()
    page.get_by_role("link", name="Go to the questions").click()
    # Scripts of the page have run when it is loaded: they mark the page as one that asks step by step.
    page.wait_for_url("**/tell-us/questions/", wait_until="load")
    return page.locator("html.step").count() == 1


def go_to_story(page: Page, site: RunningSite) -> None:
    """Come to where the story is written."""
    if open_questions(page, site):
        page.get_by_role("button", name="Continue").click()
    page.locator("#story").wait_for()


def write(page: Page, site: RunningSite, story: str) -> None:
    """Answer danger, story and who; end on the check page."""
    one_at_a_time = open_questions(page, site)
    page.locator("#danger-not-sure").check(force=True)
    if one_at_a_time:
        go_on = page.get_by_role("button", name="Continue")
        go_on.click()
        page.get_by_role("heading", name="Please call now if you can").wait_for()
        go_on.click()
        page.locator("#story").fill(story)
        go_on.click()
        page.locator("#who-friend").check(force=True)
        page.get_by_role("button", name="Send now").click()
    else:
        page.locator("#story").fill(story)
        page.locator("#who-friend").check(force=True)
        page.get_by_role("button", name="Check what you wrote").click()
    page.get_by_role("button", name="Send to the MASH team").wait_for()


def send(page: Page) -> Told:
    """Press Send on the check page, and read what comes."""
    page.get_by_role("button", name="Send to the MASH team").click()
    page.get_by_role("heading", name="We have it").wait_for()
    found = re.search(r"[A-Z][2-9]-\d{3}", page.locator("main").inner_text())
    assert found
    return Told(found[0], page.locator("#code-words li").all_inner_texts())


def tell(page: Page, site: RunningSite, story: str) -> Told:
    """From the start to the sent page."""
    write(page, site, story)
    assert story in page.locator("dl:visible").inner_text()
    return send(page)
