"""The form closes while somebody writes: with script every word stays, the numbers come, and it can be sent later."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import RunningSite
from tests.browser.desking import sign_in as sign_in_officer
from tests.browser.desking import stored
from tests.browser.replying import open_reply
from tests.browser.states import LIFT, PAUSE
from tests.browser.telling import go_to_story, send, tell, write

pytestmark = pytest.mark.browser
STORY = "canary lilac kettle: a van waits by the bridge"
MORE = "canary teal lantern: it was there again"


@pytest.fixture
def pausing(site: RunningSite) -> Iterator[None]:
    """Whatever a test paused is open again for the next."""
    yield
    site.python(LIFT)


def numbers_stand(page: Page) -> bool:
    return page.locator("#numbers a[href='tel:999']").first.is_visible()


def test_a_pause_while_somebody_writes_loses_nothing(page: Page, site: RunningSite, pausing: None) -> None:
    write(page, site, STORY)
    site.python(PAUSE)
    page.get_by_role("button", name="Send to the MASH team").click()
    page.get_by_role("heading", name="We did not get it").wait_for()
    assert "The form closed while you were writing" in page.locator("#trouble").inner_text()
    assert numbers_stand(page)
    assert STORY in page.locator("dl:visible").inner_text()
    assert stored(site, "print(Pause.objects.count())") == "1"
    site.python(LIFT)
    assert send(page).reference


def test_a_pause_before_the_keys_are_there_says_the_same(page: Page, site: RunningSite, pausing: None) -> None:
    """What sealing needs is fetched once a box is touched: here the form closes before that."""
    page.goto(f"{site.address}/tell-us/questions/")
    site.python(PAUSE)
    with page.expect_response(lambda answer: answer.url.endswith("/tell-us/keys/")) as keys:
        page.get_by_role("button", name="Continue").click()
        page.locator("#story").fill(STORY)
    assert keys.value.status == 503
    page.get_by_role("button", name="Send now").click()
    page.get_by_role("button", name="Send to the MASH team").click()
    page.get_by_role("heading", name="We did not get it").wait_for()
    assert "could not lock" not in page.locator("#trouble").inner_text()
    assert numbers_stand(page)
    site.python(LIFT)
    assert send(page).reference


def test_a_pause_while_somebody_adds_loses_nothing(page: Page, site: RunningSite, pausing: None) -> None:
    told = tell(page, site, STORY)
    open_reply(page, site, told.words)
    page.locator("#text").fill(MORE)
    site.python(PAUSE)
    page.locator("#send").click()
    page.get_by_role("heading", name="We did not get it").wait_for()
    assert page.locator("#text").input_value() == MORE
    assert numbers_stand(page)
    # Whoever comes now reads, and is told to ring before they write.
    page.goto(f"{site.address}/tell-us/reply/")
    assert page.locator("#cannot-add").is_visible()
    open_reply(page, site, told.words)
    assert not page.locator("#cannot-add").is_visible()
    assert page.locator("#call-instead").is_visible()
    assert not page.locator("#text").is_visible()
    assert numbers_stand(page)


def test_a_manager_pauses_and_lifts_at_the_desk(page: Page, site: RunningSite, pausing: None) -> None:
    sign_in_officer(page, site)
    page.get_by_role("link", name="Pause the form").click()
    page.get_by_label("Reason").select_option("fault")
    page.get_by_role("button", name="Pause the form").click()
    page.get_by_role("heading", name="The form is paused").wait_for()
    page.goto(f"{site.address}/tell-us/questions/")
    assert page.get_by_role("heading", name="Please call us instead").is_visible()
    page.goto(f"{site.address}/mash/")
    page.get_by_role("button", name="Open the form again").click()
    page.get_by_role("heading", name="Pause the form").wait_for()
    go_to_story(page, site)
