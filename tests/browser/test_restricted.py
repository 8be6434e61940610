"""What somebody sends to two senior people: theirs to open and to answer, and not there for the rest of the team."""

import email
import email.policy

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.desking import open_report, row, settled, sign_in, stored, unlock
from tests.browser.keeping import mail_with
from tests.browser.telling import asks_one_at_a_time, go_to_check, go_to_story, send

pytestmark = pytest.mark.browser
STORY = "The silver car belongs to somebody who works with us."


def test_two_senior_people_open_and_decide_it_and_nobody_else_sees_it(
    teller: Page, browser: Browser, site: RunningSite
) -> None:
    go_to_story(teller, site)
    story = f"{STORY} Told {'with' if asks_one_at_a_time(teller) else 'without'} script."
    teller.locator("#story").fill(story)
    yes = teller.locator("#restricted-yes")
    while asks_one_at_a_time(teller) and not yes.is_visible():
        teller.get_by_role("button", name="Continue").click()
    yes.check(force=True)
    go_to_check(teller)
    expect(teller.get_by_text("You chose that two senior people of the team open it.")).to_be_visible()
    told = send(teller)
    arrived = email.message_from_bytes(mail_with(site, story), policy=email.policy.default)
    assert arrived["To"] == "senior@demo.example"

    for name in ("officer", "senior"):
        page = browser.new_context().new_page()
        sign_in(page, site, name)
        unlock(page, site, (site.data / "demo" / f"{name}-passphrase.txt").read_text().strip())
        settled(page)
        if name == "officer":
            expect(row(page, told.reference)).to_have_count(0)
        else:
            expect(row(page, told.reference).get_by_text("Restricted")).to_be_visible()
            open_report(page, told.reference)
            expect(page.locator("#story")).to_contain_text(story)
            page.get_by_label("Urgency").select_option("amber")
            page.get_by_label("Why").fill("Looked at by the two of us.")
            page.get_by_role("button", name="Record the decision").click()
            expect(page.locator("#history")).to_contain_text("Looked at by the two of us.")
        page.context.close()
    report = f"Report.objects.get(reference='{told.reference}')"
    assert stored(site, f"print({report}.inbox)") == "restricted"
    keys = stored(site, f"print(len({report}.letters.values_list('key_fingerprints').distinct()))")
    assert keys == "1", "the decision is sealed to the same keys as the concern"
