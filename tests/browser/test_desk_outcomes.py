"""Ending a report: two officers close it, it is copied and bundled, and a reply is looked at before it goes."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.desking import Leaving, open_report, settled, sign_in, stored, unlock
from tests.browser.looking import faults
from tests.browser.telling import Told, tell

pytestmark = pytest.mark.browser
STORY = "He told Saskia that he has a knife, at the canary bandstand. See https://canary.example/x"


@pytest.fixture(scope="module")
def told(browser: Browser, site: RunningSite) -> Told:
    context = browser.new_context()
    answer = tell(context.new_page(), site, STORY)
    context.close()
    return answer


def at_desk(browser: Browser, site: RunningSite, told: Told, name: str) -> Page:
    """The report, opened by an officer in a session of their own."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    sign_in(page, site, name)
    unlock(page, site, (site.data / "demo" / f"{name}-passphrase.txt").read_text().strip())
    settled(page)
    open_report(page, told.reference)
    return page


@pytest.fixture
def desk(browser: Browser, site: RunningSite, told: Told) -> Page:
    """The report, open again if a test before has closed it."""
    stored(site, f"Report.objects.filter(reference='{told.reference}').update(state='checking', closed_hour=None)")
    return at_desk(browser, site, told, "officer")


def test_words_of_a_threat_bring_the_card(desk: Page) -> None:
    card = desk.locator("#threat")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Words in what they told us may tell of")
    assert re.search(r"Call\s+999", card.inner_text())
    assert faults(desk) == []
    desk.context.close()


def test_a_reply_is_seen_as_the_sender_sees_it_and_does_not_repeat_what_is_known(
    desk: Page, browser: Browser, site: RunningSite, told: Told
) -> None:
    desk.get_by_label("Start from").select_option(label="We have read it")
    expect(desk.locator("#preview")).to_contain_text("It was a kind and brave thing to do.")
    expect(desk.locator("#repeats")).to_be_hidden()
    desk.get_by_label("Reply", exact=True).fill("Thank you. Is Saskia safe?")
    expect(desk.locator("#repeated")).to_have_text("saskia")
    assert faults(desk) == []
    desk.get_by_role("button", name="Lock and send reply").click()
    desk.get_by_text("Look at the words below").wait_for()
    desk.get_by_label("Reply", exact=True).fill("Thank you. Are you safe?")
    expect(desk.locator("#repeats")).to_be_hidden()
    seen = desk.locator("#preview li").inner_text()
    desk.get_by_role("button", name="Lock and send reply").click()
    expect(desk.locator("#messages")).to_contain_text("Are you safe?")
    expect(desk.locator("#preview")).to_be_hidden()
    desk.context.close()
    sender = browser.new_context().new_page()
    sender.goto(f"{site.address}/tell-us/reply/")
    sender.locator("#words, [name=words]").first.fill(" ".join(told.words))
    sender.locator("main form button[type=submit]").first.click()
    line = sender.locator("#messages li", has_text="Are you safe?")
    line.wait_for()
    assert line.inner_text() == seen
    sender.context.close()


def test_passed_to_another_authority_stays_open_until_accepted(desk: Page, site: RunningSite, told: Told) -> None:
    desk.get_by_label("Urgency").select_option("amber")
    desk.get_by_label("State").select_option("closed")
    desk.get_by_label("Outcome").select_option("other-area")
    desk.get_by_label("Why", exact=True).fill("They live there.")
    desk.get_by_role("button", name="Record the decision").click()
    desk.get_by_text("Choose the authority.").wait_for()
    expect(desk.get_by_text("It stays open until they have accepted it. Write this down")).to_have_count(3)
    expect(desk.get_by_label("Police reference")).to_be_hidden()
    assert faults(desk) == []
    desk.get_by_label("Authority").select_option("dorset")
    desk.get_by_label("State").select_option("decided")
    desk.get_by_role("button", name="Record the decision").click()
    expect(desk.locator("#history")).to_contain_text("Decision made, Passed to another area, Dorset")
    report = f"Report.objects.get(reference='{told.reference}')"
    assert stored(site, f"r = {report}; print(r.state, r.authority)") == "decided dorset"
    desk.context.close()


def test_two_officers_close_it_and_everything_is_copied(
    desk: Page, browser: Browser, site: RunningSite, told: Told, tmp_path: Path
) -> None:
    leaving = Leaving(desk)
    desk.get_by_label("Urgency").select_option("blue")
    desk.get_by_label("State").select_option("closed")
    desk.get_by_label("Outcome").select_option("duplicate")
    desk.get_by_label("Reference of the other report").fill("one of Monday")
    desk.get_by_label("Why", exact=True).fill("canary reason bandstand")
    ask = desk.get_by_role("button", name="Ask a second officer to close it")
    ask.click()
    desk.get_by_text("A reference looks like K7-402.").wait_for()
    desk.get_by_label("Reference of the other report").fill("K7-402")
    ask.click()
    expect(desk.locator("#proposal")).to_contain_text("A colleague has to open it")
    expect(desk.locator("#second")).to_be_hidden()

    senior = at_desk(browser, site, told, "senior")
    expect(senior.locator("#proposal")).to_contain_text("canary reason bandstand")
    senior.get_by_role("button", name="Agree and close").click()
    senior.get_by_text("Write why. A few words").wait_for()
    assert faults(senior) == []
    senior.get_by_label("Your reason").fill("I read both.")
    senior.get_by_role("button", name="Agree and close").click()
    expect(senior.locator("#history")).to_contain_text("I read both.")
    expect(senior.locator("#waited-now")).to_contain_text("Closed")
    expect(senior.locator("#proposal")).to_be_hidden()

    senior.get_by_role("button", name="Copy the contact sheet").click()
    senior.get_by_text("Copied. Paste it").wait_for()
    copied = senior.evaluate("navigator.clipboard.readText()")
    assert "Reference of the other report: K7-402" in copied
    assert "hxxps://canary[.]example/x" in copied
    expect(senior.locator("#bundle-said")).to_have_text("No case bundle was made yet.")
    with senior.expect_download() as made:
        senior.get_by_role("button", name="Make the case bundle").click()
    made.value.save_as(tmp_path / "bundle.txt")
    above, last = (tmp_path / "bundle.txt").read_bytes()[:-1].rsplit(b"\n", 1)
    digest = hashlib.sha256(above + b"\n").hexdigest()
    assert last.decode().endswith(digest)
    expect(senior.locator("#bundle-said")).to_contain_text("has everything")
    noted = stored(site, "print(AuditLine.objects.filter(action='bundled').last().details['digest'])")
    assert noted == digest
    assert faults(senior) == []
    assert not leaving.holds("bandstand")
    assert "bandstand" not in stored(site, "print(list(AuditLine.objects.values_list('details', flat=True)))")
    for page in (desk, senior):
        page.context.close()


def test_everything_about_a_name_comes_into_one_file(desk: Page, site: RunningSite, told: Told, tmp_path: Path) -> None:
    leaving = Leaving(desk)
    desk.get_by_role("link", name="All reports").click()
    settled(desk)
    desk.get_by_text("Find everything about a name").click()
    desk.get_by_label("Name", exact=True).fill("SÁSKIA")
    desk.get_by_role("button", name="Look through all open reports").click()
    expect(desk.locator("#disclosure-said")).to_contain_text("looked through, 1 found.")
    assert faults(desk) == []
    desk.get_by_label(told.reference).check(force=True)
    with desk.expect_download() as made:
        desk.get_by_role("button", name="Make one file of those ticked").click()
    made.value.save_as(tmp_path / "file.txt")
    assert STORY in (tmp_path / "file.txt").read_text()
    assert not leaving.holds("SÁSKIA")
    noted = stored(site, "print(sorted(AuditLine.objects.filter(action='exported').last().details.items()))")
    assert "[('chosen', 1), ('found', 1), " in noted
    desk.context.close()
