"""axe finds nothing in any state of the desk, at two sizes, in light and dark."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.desking import lock_now, sign_in, sign_in_by_hand, unlock
from tests.browser.looking import LOOKS, SIZES, faults

pytestmark = [pytest.mark.browser, pytest.mark.axe]


def look(page: Page) -> None:
    assert faults(page) == []


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_state_of_the_desk(browser: Browser, site: RunningSite, size: str, scheme: str) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in_by_hand(page, site, "editor")
    look(page)
    sign_in(page, site)
    look(page)
    page.get_by_label("Your passphrase").fill("not these six words")
    page.get_by_role("button", name="Unlock").click()
    page.locator("#wrong").wait_for()
    look(page)
    unlock(page, site)
    look(page)
    # The sample report that has an answer.
    page.locator("#rows a", has_text="My friend keeps getting picked up").click()
    expect(page.locator("#messages li")).not_to_have_count(0)
    look(page)
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_text("Write why").wait_for()
    look(page)
    page.route("**/decisions/**", lambda route: route.abort())
    page.get_by_label("Why").fill("A reason.")
    page.get_by_role("button", name="Record the decision").click()
    page.locator("#trouble").wait_for()
    look(page)
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        page.get_by_label("Why").fill("")
    lock_now(page)
    context.close()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_what_duty_managers_read(browser: Browser, site: RunningSite, size: str, scheme: str) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in(page, site)
    for path in ("audit", "counts", "pause"):
        answer = page.goto(f"{site.address}/mash/{path}/")
        assert answer
        assert answer.status == 200, path
        look(page)
    context.close()
