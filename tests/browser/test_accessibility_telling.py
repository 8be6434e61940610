"""axe finds nothing in any state of the form and the reply page, on a phone in light and a desktop in dark colours."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import WORKER, RunningSite, site_in, started
from tests.browser.looking import SIZES, faults
from tests.browser.replying import write_back
from tests.browser.states import coming_back, paused, telling, without_script_of_ours
from tests.browser.telling import Told, tell

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


#: Each state in both sizes and in both schemes.
LOOKS = [("phone", "light"), ("desktop", "dark")]


@pytest.fixture(params=product(["script on", "script off"], LOOKS), ids=lambda given: ", ".join([given[0], *given[1]]))
def visitor(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page with our script, and one without it."""
    script, (size, scheme) = request.param
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)
    page = context.new_page()
    if script == "script off":
        without_script_of_ours(page)
    yield page
    context.close()


def test_every_state_of_the_form(visitor: Page, site: RunningSite) -> None:
    found = {state: wrong for state in telling(visitor, site) if (wrong := faults(visitor))}
    assert not found


def test_every_state_of_the_reply_page(visitor: Page, browser: Browser, site: RunningSite) -> None:
    told = answered(browser, site)
    found = {state: wrong for state in coming_back(visitor, site, told) if (wrong := faults(visitor))}
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
