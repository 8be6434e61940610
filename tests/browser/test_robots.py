"""Robots in a real browser: a person does not meet the trap, the desk empties its list, Google only when it is on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import WORKER, RunningSite, site_in, started
from tests.browser.desking import lock_now, open_report, row, sign_in, stored, unlock
from tests.browser.looking import violations
from tests.browser.telling import asks_one_at_a_time, go_to_check, open_questions, send, tell, write

pytestmark = pytest.mark.browser
STORY = "canary copper bicycle: somebody waits by the school"
#: What stands for Google's script: it shows a box in the widget's place, with the field that the real one has.
WIDGET = """
addEventListener('load', () => {
  const place = document.querySelector('.g-recaptcha');
  const answer = document.createElement('textarea');
  Object.assign(answer, { name: 'g-recaptcha-response', value: `answer for ${place.dataset.sitekey}`, hidden: true });
  const label = document.createElement('p');
  label.textContent = 'Stands for the check by Google';
  place.append(answer, label);
});
"""


def marked(site: RunningSite, reference: str) -> bool:
    return stored(site, f"print(Report.objects.get(reference='{reference}').marked)") == "True"


def wait_as_people_do(page: Page) -> None:
    """Longer than a robot: the page was made two seconds ago, by its own clock, which also runs without script."""
    while page.evaluate("() => performance.now()") < 2000:
        page.wait_for_timeout(100)


# --- The trap ---------------------------------------------------------------------------------------------------


def test_nobody_sees_or_reaches_the_trap(teller: Page, site: RunningSite) -> None:
    open_questions(teller, site)
    trap = teller.locator("#website")
    expect(trap).to_be_hidden()
    expect(teller.get_by_label("Leave this box empty")).to_be_hidden()
    assert trap.evaluate("(box) => { box.focus(); return document.activeElement !== box; }")
    assert "Leave this box empty" not in teller.locator("body").aria_snapshot()


def test_a_person_is_not_marked(teller: Page, site: RunningSite) -> None:
    write(teller, site, STORY)
    wait_as_people_do(teller)
    assert not marked(site, send(teller).reference)


def test_a_robot_that_fills_in_everything_is_marked_and_thanked(teller: Page, site: RunningSite) -> None:
    open_questions(teller, site)
    teller.locator("#website").evaluate("(box) => { box.value = 'https://spam.example'; }")
    if asks_one_at_a_time(teller):
        teller.get_by_role("button", name="Continue").click()
    teller.locator("#story").fill(STORY)
    go_to_check(teller)
    wait_as_people_do(teller)
    assert marked(site, send(teller).reference)


# --- The desk ---------------------------------------------------------------------------------------------------


def test_the_desk_counts_what_is_marked_until_it_is_looked_at(page: Page, site: RunningSite) -> None:
    stored(site, "Report.objects.update(marked=False)")
    reference = tell(page, site, STORY).reference
    stored(site, f"Report.objects.filter(reference='{reference}').update(marked=True)")
    sign_in(page, site)
    waiting = page.locator("#locked .marked-count")
    expect(waiting).to_contain_text("1 marked.")
    expect(page.locator("#waiting-rows tr", has_text=reference).locator(".marked")).to_be_visible()
    unlock(page, site)
    expect(page.locator("#list .marked-count")).to_contain_text("1 marked.")
    page.get_by_role("button", name="Marked").click()
    expect(page.locator("#rows tr")).to_have_count(1)
    expect(row(page, reference).locator(".marked")).to_be_visible()
    open_report(page, reference)
    expect(page.get_by_role("heading", name="Marked: was it a person?")).to_be_visible()
    assert not violations(page)
    page.get_by_role("button", name="Take the mark off").click()
    expect(page.get_by_role("heading", name="Marked: was it a person?")).to_be_hidden()
    expect(page.locator("#said")).to_have_text("The mark is off.")
    expect(page.locator("#reference")).to_be_focused()
    page.get_by_role("link", name="All reports").click()
    expect(page.locator("#none")).to_be_visible()
    expect(page.locator("#list .marked-count")).to_be_hidden()
    assert not marked(site, reference)
    lock_now(page)
    expect(waiting).to_be_hidden()


def test_a_full_list_keeps_the_words_and_shows_the_numbers(page: Page, site: RunningSite) -> None:
    write(page, site, STORY)
    page.route("**/tell-us/sealed/", lambda route: route.fulfill(status=429, json={}))
    page.get_by_role("button", name="Send to the MASH team").click()
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text("We did not get it")
    expect(trouble).to_contain_text("press Send again later")
    expect(page.locator("#numbers")).to_be_visible()
    expect(page.locator("#answers")).to_contain_text(STORY)
    page.unroute("**/tell-us/sealed/")
    assert send(page).reference


# --- Google's check -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def insisting(tmp_path_factory: pytest.TempPathFactory, prepared: tuple[Path, str]) -> Iterator[RunningSite]:
    """The site of a council that insists. Google's verify server cannot be reached from it."""
    site = site_in(tmp_path_factory.mktemp("insisting"), f"phoenix_insisting{WORKER}", prepared)
    site.environment |= {
        "RECAPTCHA_PUBLIC_KEY": "a-public-key",
        "RECAPTCHA_PRIVATE_KEY": "a-private-key",
        "https_proxy": "http://127.0.0.1:9",
    }
    with started(site):
        yield site


class Google:
    """Answers for Google in a browser, and notes what it was asked."""

    def __init__(self, page: Page, is_up: bool = True) -> None:
        self.asked: list[str] = []
        self.referrers: list[str | None] = []
        self.is_up = is_up
        page.context.route("https://www.google.com/**", self.answer)

    def answer(self, route: Route) -> None:
        self.asked.append(route.request.url)
        self.referrers.append(route.request.header_value("referer"))
        if self.is_up:
            route.fulfill(body=WIDGET, content_type="text/javascript")
        else:
            route.abort()


def test_with_script_the_check_is_there_and_its_answer_goes_along(page: Page, insisting: RunningSite) -> None:
    google = Google(page)
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    with page.expect_request("**/tell-us/sealed/") as sent:
        write(page, insisting, STORY)
        expect(page.get_by_text("Stands for the check by Google")).to_be_visible()
        assert not violations(page)
        told = send(page)
    assert sent.value.header_value("phoenix-recaptcha") == "answer for a-public-key"
    assert google.asked == ["https://www.google.com/recaptcha/api.js?hl=en-GB"]
    assert google.referrers == [None], "Google is not told which page it was"
    assert troubles == []
    assert not marked(insisting, told.reference), "the verify server is down, and that is nobody's fault"


def test_without_google_it_is_sent_all_the_same(page: Page, insisting: RunningSite) -> None:
    google = Google(page, is_up=False)
    told = tell(page, insisting, STORY)
    assert google.asked
    assert not marked(insisting, told.reference)


def test_without_script_nobody_is_asked(browser: Browser, insisting: RunningSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    google = Google(page)
    write(page, insisting, STORY)
    assert page.get_by_text("You can leave the check out and still send.").count() == 1
    wait_as_people_do(page)
    told = send(page)
    context.close()
    assert google.asked == []
    assert not marked(insisting, told.reference)


def test_other_pages_ask_google_nothing(page: Page, insisting: RunningSite) -> None:
    google = Google(page)
    for path in ("/", "/tell-us/", "/tell-us/before-you-start/", "/tell-us/reply/", "/privacy/", "/cookies/"):
        page.goto(f"{insisting.address}{path}")
    assert google.asked == []
    page.goto(f"{insisting.address}/privacy/")
    expect(page.get_by_role("heading", name="The form has a check by Google")).to_be_visible()
    assert not violations(page)


def test_while_it_is_off_google_is_asked_nothing(page: Page, site: RunningSite) -> None:
    google = Google(page)
    tell(page, site, STORY)
    assert google.asked == []
