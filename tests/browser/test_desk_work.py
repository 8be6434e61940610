"""The officer's work in a real browser: time left, search, who has it, notes, the same plate elsewhere, moving."""

import email
import email.policy

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite, gpg_opens
from tests.browser.desking import Leaving, lock_now, open_report, row, sign_in, stored, unlock
from tests.browser.telling import Told, tell

pytestmark = pytest.mark.browser
#: Invented. The second has the plate and the number in another spelling.
STORY = "He drives a grey car, plate WX99 ABC, and he rang from 01632 960 777."
OTHER = "A grey car again, wx99abc. She got a call from +44 (0)1632 960777, user name @Sky_High99."
NOTE = "canary note pelican"


@pytest.fixture(scope="module")
def two(browser: Browser, site: RunningSite) -> tuple[Told, Told]:
    """Two concerns about the same car."""
    context = browser.new_context()
    told = [tell(context.new_page(), site, story) for story in (STORY, OTHER)]
    context.close()
    return told[0], told[1]


@pytest.fixture
def desk(page: Page, site: RunningSite, two: tuple[Told, Told]) -> Page:
    sign_in(page, site)
    unlock(page, site)
    return page


def as_senior(browser: Browser, site: RunningSite) -> Page:
    page = browser.new_context().new_page()
    sign_in(page, site, "senior")
    unlock(page, site, (site.data / "demo" / "senior-passphrase.txt").read_text().strip())
    return page


def test_search_finds_words_of_reports_and_sends_none(desk: Page, two: tuple[Told, Told]) -> None:
    leaving = Leaving(desk)
    box = desk.get_by_label("Search open reports")
    box.fill("canary SKY_high99")
    expect(desk.locator("#count")).to_contain_text("0 found")
    expect(desk.locator("#rows tr")).to_have_count(0)
    box.fill("grey  CAR sky_high99")
    expect(desk.locator("#count")).to_contain_text("1 found")
    expect(row(desk, two[1].reference)).to_be_visible()
    desk.get_by_text("Narrow it down").click()
    desk.get_by_label("How urgent").select_option("red")
    expect(desk.locator("#rows tr")).to_have_count(0)
    desk.get_by_role("button", name="Clear").click()
    expect(row(desk, two[0].reference)).to_be_visible()
    desk.get_by_role("button", name="Refresh").click()
    assert not leaving.holds("sky_high99")
    box.fill("white van")
    lock_now(desk)
    assert box.input_value() == ""


def test_what_is_the_same_in_another_report_stands_beside_it(desk: Page, two: tuple[Told, Told]) -> None:
    open_report(desk, two[0].reference)
    same = desk.locator("#same li", has_text=two[1].reference)
    expect(same).to_have_count(2)
    expect(desk.locator("#same")).to_contain_text("Number plate WX99 ABC")
    expect(desk.locator("#same")).to_contain_text("Phone number 01632 960 777")
    same.first.get_by_role("link").click()
    expect(desk.get_by_role("heading", name=two[1].reference)).to_be_visible()
    expect(desk.locator("#same")).to_contain_text(two[0].reference)


def test_urgency_is_suggested_and_not_chosen(desk: Page, two: tuple[Told, Told]) -> None:
    open_report(desk, two[0].reference)
    expect(desk.locator("#suggestion")).to_contain_text("Their answers suggest: Now.")
    expect(desk.locator("#suggestion")).to_contain_text("not sure whether somebody is in danger")
    assert desk.get_by_label("Urgency").input_value() == ""
    expect(desk.locator("#clocks-now")).to_contain_text("Next step")


def test_a_note_is_sealed_and_colleagues_read_it(
    desk: Page, browser: Browser, site: RunningSite, two: tuple[Told, Told]
) -> None:
    leaving = Leaving(desk)
    open_report(desk, two[0].reference)
    desk.get_by_role("button", name="Save the note").click()
    desk.get_by_text("Write what your colleagues should know").wait_for()
    desk.get_by_label("Add a note").fill(NOTE)
    # Half written, it survives a lock.
    lock_now(desk)
    unlock(desk, site)
    open_report(desk, two[0].reference)
    expect(desk.get_by_label("Add a note")).to_have_value(NOTE)
    desk.get_by_role("button", name="Save the note").click()
    expect(desk.locator("#notes")).to_contain_text(NOTE)
    expect(desk.locator("#notes")).to_contain_text("Duty officer")
    expect(desk.get_by_label("Add a note")).to_have_value("")
    assert not leaving.holds(NOTE)
    colleague = as_senior(browser, site)
    open_report(colleague, two[0].reference)
    expect(colleague.locator("#notes")).to_contain_text(NOTE)
    colleague.context.close()


def test_a_closed_report_is_opened_for_a_reason(desk: Page, site: RunningSite, two: tuple[Told, Told]) -> None:
    report = f"Report.objects.get(reference='{two[1].reference}')"
    stored(site, f"r = {report}; r.state = 'closed'; r.save()")
    desk.get_by_role("button", name="Closed").click()
    closed = row(desk, two[1].reference)
    expect(closed).to_contain_text("Closed")
    assert "grey car" not in closed.inner_text()
    closed.get_by_role("link").click()
    expect(desk.get_by_role("heading", name="This report is closed")).to_be_visible()
    assert desk.locator("#story").inner_text() == ""
    desk.get_by_label("Reason to open it").select_option("linked")
    desk.get_by_role("button", name="Open it").click()
    expect(desk.locator("#story")).to_contain_text("A grey car again")
    line = f"AuditLine.objects.filter(action='closed-read', report='{two[1].reference}').last().details"
    assert stored(site, f"print({line})") == "{'reason': 'linked'}"
    stored(site, f"r = {report}; r.state = 'opened'; r.save()")


def test_it_is_taken_handed_over_and_lost(
    desk: Page, browser: Browser, site: RunningSite, two: tuple[Told, Told]
) -> None:
    reference = two[1].reference
    open_report(desk, reference)
    desk.get_by_role("button", name="I take it").click()
    desk.get_by_text("It is handed over.").wait_for()
    desk.get_by_role("link", name="All reports").click()
    desk.get_by_role("button", name="Mine").click()
    expect(row(desk, reference)).to_contain_text("Duty officer")
    open_report(desk, reference)
    desk.get_by_text("I know someone in this").first.click()
    desk.get_by_role("button", name="I know someone in this").click()
    desk.get_by_text("You do not have this report any more").wait_for()
    expect(row(desk, reference)).to_have_count(0)
    desk.goto(f"{site.address}/mash/#{reference}")
    colleague = as_senior(browser, site)
    expect(row(colleague, reference)).to_contain_text("Needs somebody")
    colleague.context.close()


def test_a_report_moves_to_the_restricted_inbox_and_opens_there(
    desk: Page, browser: Browser, site: RunningSite, two: tuple[Told, Told]
) -> None:
    reference = two[0].reference
    open_report(desk, reference)
    desk.get_by_text("Move it to the restricted inbox").click()
    desk.get_by_role("button", name="Move it").click()
    desk.get_by_text("It is moved.").wait_for()
    expect(row(desk, reference)).to_have_count(0)
    colleague = as_senior(browser, site)
    expect(row(colleague, reference).get_by_text("Restricted")).to_be_visible()
    open_report(colleague, reference)
    expect(colleague.locator("#story")).to_contain_text("WX99 ABC")
    expect(colleague.locator("#notes")).to_contain_text(NOTE)
    colleague.context.close()
    # The spare key opens it as before, with a mail program.
    import base64

    code = f"import base64; l = Report.objects.get(reference='{reference}').letters.get(kind='concern')"
    sealed = base64.b64decode(stored(site, f"{code}; print(base64.b64encode(l.message).decode())"))
    opened = email.message_from_bytes(gpg_opens(site, sealed), policy=email.policy.default)
    assert opened["Subject"] == "New concern"
