"""Nothing is wrong with any state of the form and the reply page: for axe, at 400% zoom, and with large text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import WORKER, RunningSite, site_in, started
from tests.browser.looking import LOOKS, SIZES, faults
from tests.browser.replying import write_back
from tests.browser.states import coming_back, paused, telling, without_script_of_ours
from tests.browser.telling import Told, tell
from tests.browser.zooming import zoomed_faults

pytestmark = [pytest.mark.browser, pytest.mark.axe]
#: A team that does not write back, and that has left something unread for more than a day.
BUSY = """
from datetime import timedelta
from django.utils import timezone
from reporting.inbox.models import Officer, Report
Officer.objects.update(last_opened=timezone.now())
long_ago = timezone.now() - timedelta(days=14)
Report.objects.filter(pk=Report.objects.first().pk).update(state="new", received_hour=long_ago)
"""


@pytest.fixture(params=["script on", "script off"])
def visitor(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page with our script, and one without it."""
    context = browser.new_context()
    page = context.new_page()
    if request.param == "script off":
        without_script_of_ours(page)
    yield page
    context.close()


def wrong_in(page: Page) -> list[str]:
    """What is wrong with a state in every look: to come to it costs more than to look."""
    found = []
    for size, scheme in LOOKS:
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{size}, {scheme}: {fault}" for fault in faults(page)]
    return found + zoomed_faults(page)


def test_every_state_of_the_form(visitor: Page, site: RunningSite) -> None:
    found = {state: wrong for state in telling(visitor, site) if (wrong := wrong_in(visitor))}
    assert not found


def test_every_state_of_the_reply_page(visitor: Page, browser: Browser, site: RunningSite) -> None:
    told = answered(browser, site)
    found = {state: wrong for state in coming_back(visitor, site, told) if (wrong := wrong_in(visitor))}
    assert not found


def answered(browser: Browser, site: RunningSite) -> Told:
    """A concern that the team has answered, once with words and once with something that does not open."""
    context = browser.new_context()
    told = tell(context.new_page(), site, "A worry, told for a test.")
    context.close()
    write_back(site, told, "Thank you for telling us.\n\nWhich school gate?")
    write_back(site, told, "", hours=1)
    return told


def test_the_closed_form(page: Page, site: RunningSite) -> None:
    with paused(site):
        page.goto(f"{site.address}/tell-us/questions/")
        page.get_by_role("heading", name="Please call us instead").wait_for()
        assert not faults(page)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, prepared: tuple[Path, str]) -> Iterator[RunningSite]:
    site = site_in(tmp_path_factory.mktemp("busy"), f"phoenix_busy{WORKER}", prepared)
    site.environment |= {"PHOENIX_REPLIES": "off", "PHOENIX_SLOW_AFTER_WORKING_DAYS": "1"}
    with started(site):
        site.python(BUSY)
        yield site


def test_slow_reading_and_no_replies(page: Page, busy: RunningSite) -> None:
    page.goto(f"{busy.address}/tell-us/questions/")
    page.locator("#slow:visible").wait_for()
    assert not faults(page)
    assert tell(page, busy, "A worry, told for a test.").words == []
    page.locator("#no-replies:visible").wait_for()
    assert not faults(page)
    page.goto(f"{busy.address}/tell-us/reply/")
    page.get_by_role("heading", name="We do not write back here").wait_for()
    assert not faults(page)
