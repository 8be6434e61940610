"""The desk when things come at the wrong moment, or in an order that nobody planned: nothing is mixed up or lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import RunningSite
from tests.browser.desking import lock_now, open_report, row, sign_in, stored, unlock
from tests.browser.telling import Told, tell

pytestmark = pytest.mark.browser

# Every use of WebCrypto waits while `held` is set: opening and sealing then take as long as a test wants.
HOLD_CRYPTO = """
for (const name of Object.getOwnPropertyNames(SubtleCrypto.prototype)) {
  const own = SubtleCrypto.prototype[name];
  if (typeof own !== 'function' || name === 'constructor') continue;
  SubtleCrypto.prototype[name] = async function (...given) {
    window.atWork = (window.atWork || 0) + 1;
    try { await window.held; return await own.apply(this, given); } finally { window.atWork -= 1; }
  };
}
"""
HOLD = "void (window.held = new Promise((resolve) => { window.letGo = resolve; }))"
LET_GO = "letGo(), delete window.held"
# What was let go has done all it does: nothing is at work, and stays so while the page takes many turns.
CALM = """async () => {
  for (let calm = 0; calm < 50;) {
    await new Promise((resolve) => { setTimeout(resolve); });
    calm = window.atWork ? 0 : calm + 1;
  }
}"""


@pytest.fixture(scope="module")
def pair(browser: Browser, site: RunningSite) -> list[Told]:
    """Two concerns whose senders can be answered."""
    context = browser.new_context()
    page = context.new_page()
    told = [tell(page, site, f"A worry about a {colour} car, told for the desk.") for colour in ("green", "yellow")]
    context.close()
    return told


@pytest.fixture
def desk(page: Page, site: RunningSite, pair: list[Told]) -> Iterator[Page]:
    """The unlocked desk; afterwards no draft of these reports is left."""
    page.add_init_script(HOLD_CRYPTO)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, site)
    unlock(page, site)
    yield page
    page.close()
    stored(site, "Letter.objects.filter(kind='draft').delete()")
    assert errors == []


class Held:
    """Requests to some address that wait until they are let go."""

    def __init__(self, page: Page, address: str) -> None:
        self.waiting: list[Route] = []
        self.is_over = False
        page.route(address, self.hold)

    def hold(self, route: Route) -> None:
        if self.is_over:
            route.continue_()
        else:
            self.waiting.append(route)

    def let_go(self) -> None:
        self.is_over = True
        for route in self.waiting:
            route.continue_()


def to_list(page: Page) -> None:
    page.get_by_role("link", name="All reports").click()
    expect(page.get_by_role("heading", name="Reports")).to_be_visible()


def drafts_of(site: RunningSite, told: Told) -> int:
    return int(
        stored(site, f"print(Letter.objects.filter(kind='draft', report__reference='{told.reference}').count())")
    )


# --- Going away while something is on its way ------------------------------------------------------------------


def test_a_reply_that_arrives_late_touches_no_other_report(desk: Page, site: RunningSite, pair: list[Told]) -> None:
    one, other = pair
    open_report(desk, other.reference)
    with desk.expect_response(lambda answer: answer.request.method == "PUT"):
        desk.get_by_label("Reply").fill("canary half of another reply")
    to_list(desk)
    open_report(desk, one.reference)
    held = Held(desk, "**/replies/**")
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.get_by_label("Reply").fill("canary thank you for telling us")
    desk.get_by_role("button", name="Lock and send reply").click()
    to_list(desk)
    open_report(desk, other.reference)
    expect(desk.get_by_label("Reply")).to_have_value("canary half of another reply")
    with desk.expect_response("**/replies/**"):
        held.let_go()
    # What was sent is no draft any more; what is being written elsewhere still is.
    to_list(desk)
    open_report(desk, one.reference)
    expect(desk.locator("#messages")).to_contain_text("canary thank you for telling us")
    expect(desk.get_by_label("Reply")).to_have_value("")
    to_list(desk)
    open_report(desk, other.reference)
    expect(desk.get_by_label("Reply")).to_have_value("canary half of another reply")
    assert not [url for url in asked if "null" in url or "undefined" in url]
    assert drafts_of(site, other) == 1


def test_a_reply_that_arrives_after_leaving_leaves_saving_alone(
    desk: Page, site: RunningSite, pair: list[Told]
) -> None:
    one, other = pair
    open_report(desk, one.reference)
    held = Held(desk, "**/replies/**")
    desk.get_by_label("Reply").fill("canary sent, then away")
    desk.get_by_role("button", name="Lock and send reply").click()
    to_list(desk)
    with desk.expect_response("**/replies/**"):
        held.let_go()
    open_report(desk, other.reference)
    desk.get_by_label("Why").fill("canary a reason to be kept")
    expect(desk.get_by_text("Saved, sealed").first).to_be_visible()
    assert drafts_of(site, other) == 1


def test_what_opens_late_does_not_come_into_another_report(desk: Page, pair: list[Told]) -> None:
    one, other = pair
    open_report(desk, one.reference)
    with desk.expect_response(lambda answer: answer.request.method == "PUT"):
        desk.get_by_label("Reply").fill("canary for the green car alone")
    to_list(desk)
    desk.evaluate(HOLD)
    with desk.expect_response(re.compile("/mash/reports/[^/?]+/$")):
        row(desk, one.reference).get_by_role("link").click()
    to_list(desk)
    row(desk, other.reference).get_by_role("link").click()
    desk.evaluate(LET_GO)
    expect(desk.locator("#story")).to_contain_text("yellow car")
    expect(desk.locator("#sent-when")).to_contain_text("sealed in the sender’s browser")
    desk.evaluate(CALM)
    assert "green car" not in desk.locator("#report").inner_text()
    assert desk.locator("#story > *").count() == 1
    assert desk.get_by_label("Reply").input_value() == ""


def test_what_opens_late_does_not_come_back_after_locking(desk: Page, pair: list[Told]) -> None:
    desk.route("**/draft/", lambda route: route.abort())
    open_report(desk, pair[0].reference)
    desk.get_by_label("Why").fill("Something that is not saved, so that the page stays.")
    expect(desk.get_by_text("Not saved yet").first).to_be_visible()
    to_list(desk)
    desk.evaluate(HOLD)
    with desk.expect_response(re.compile("/mash/reports/[^/?]+/$")):
        row(desk, pair[1].reference).get_by_role("link").click()
    desk.get_by_role("button", name="Lock now").click()
    desk.evaluate(LET_GO)
    desk.evaluate(CALM)
    assert "yellow car" not in desk.content()


def test_a_report_that_does_not_load_offers_no_boxes(desk: Page, site: RunningSite, pair: list[Told]) -> None:
    """Whoever wrote there would overwrite the draft that could not be brought."""
    open_report(desk, pair[0].reference)
    with desk.expect_response(lambda answer: answer.request.method == "PUT"):
        desk.get_by_label("Reply").fill("canary from before")
    to_list(desk)
    desk.route(re.compile("/mash/reports/[^/?]+/$"), lambda route: route.abort())
    row(desk, pair[0].reference).get_by_role("link").click()
    expect(desk.locator("#trouble")).to_contain_text("The connection was lost")
    expect(desk.get_by_label("Reply")).to_be_hidden()
    expect(desk.get_by_label("Why")).to_be_hidden()


# --- Drafts ----------------------------------------------------------------------------------------------------


def test_a_draft_takes_nothing_back_that_a_colleague_has_set(desk: Page, site: RunningSite, pair: list[Told]) -> None:
    one = pair[0]
    stored(site, f"Report.objects.filter(reference='{one.reference}').update(urgency='green', state='opened')")
    open_report(desk, one.reference)
    with desk.expect_response(lambda answer: answer.request.method == "PUT"):
        desk.get_by_label("Reply").fill("canary begun while it was green")
    lock_now(desk)
    stored(site, f"Report.objects.filter(reference='{one.reference}').update(urgency='red', state='checking')")
    unlock(desk, site)
    open_report(desk, one.reference)
    expect(desk.get_by_label("Reply")).to_have_value("canary begun while it was green")
    expect(desk.get_by_label("Urgency")).to_have_value("red")
    expect(desk.get_by_label("State")).to_have_value("checking")


def test_what_was_chosen_is_kept_too(desk: Page, site: RunningSite, pair: list[Told]) -> None:
    open_report(desk, pair[1].reference)
    with desk.expect_response(lambda answer: answer.request.method == "PUT"):
        desk.get_by_label("Outcome").select_option("strategy")
    lock_now(desk)
    unlock(desk, site)
    open_report(desk, pair[1].reference)
    expect(desk.get_by_label("Outcome")).to_have_value("strategy")
    with desk.expect_response(lambda answer: answer.request.method == "DELETE"):
        desk.get_by_label("Outcome").select_option("")


def test_a_draft_that_cannot_be_kept_does_not_hold_up_the_others(
    desk: Page, site: RunningSite, pair: list[Told]
) -> None:
    one, other = pair
    open_report(desk, one.reference)
    desk.route("**/draft/", lambda route: route.fulfill(status=404, json={}))
    desk.get_by_label("Why").fill("canary about a report that is gone")
    expect(desk.locator("body")).to_contain_text(re.compile("Saved, sealed|Not saved yet"))
    desk.unroute("**/draft/")
    desk.route(f"**/{id_of(site, one)}/draft/", lambda route: route.fulfill(status=404, json={}))
    to_list(desk)
    open_report(desk, other.reference)
    desk.get_by_label("Why").fill("canary about a report that stays")
    expect(desk.get_by_text("Saved, sealed").first).to_be_visible()
    assert drafts_of(site, other) == 1
    desk.get_by_label("Why").fill("")


def id_of(site: RunningSite, told: Told) -> str:
    return stored(site, f"print(Report.objects.get(reference='{told.reference}').pk)")


def test_a_reply_that_was_kept_does_not_come_back_as_a_draft(desk: Page, site: RunningSite, pair: list[Told]) -> None:
    """The server kept it, and its answer was lost; then the officer went home."""

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    open_report(desk, pair[0].reference)
    desk.route("**/replies/**", lose_the_answer)
    desk.get_by_label("Reply").fill("canary kept without an answer")
    desk.get_by_role("button", name="Lock and send reply").click()
    expect(desk.locator("#trouble")).to_contain_text("The connection was lost")
    lock_now(desk)
    unlock(desk, site)
    open_report(desk, pair[0].reference)
    expect(desk.locator("#messages")).to_contain_text("canary kept without an answer")
    expect(desk.get_by_label("Reply")).to_have_value("")


def test_signing_out_waits_for_what_is_not_saved(desk: Page, site: RunningSite, pair: list[Told]) -> None:
    open_report(desk, pair[0].reference)
    desk.route("**/draft/", lambda route: route.abort())
    desk.get_by_label("Why").fill("canary not saved when signing out")
    expect(desk.get_by_text("Not saved yet").first).to_be_visible()
    desk.get_by_role("button", name="Lock now").click()
    desk.get_by_text("What you wrote is not saved yet").wait_for()
    desk.get_by_role("button", name="Sign out").click()
    expect(desk.locator("#trouble")).to_contain_text("not saved")
    desk.unroute("**/draft/")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Sign out").click()
    assert drafts_of(site, pair[0]) == 1


def test_keys_that_change_while_the_desk_is_open_do_not_stop_it(
    desk: Page, site: RunningSite, pair: list[Told]
) -> None:
    open_report(desk, pair[0].reference)
    # The public key of the recovery key, exchanged for another and back.
    fingerprints = "[k.fingerprint for k in SealingKey.objects.filter(role='recovery', in_use=True)]"
    before = stored(site, f"print(*{fingerprints})")
    make_other_recovery_key(site)
    try:
        desk.get_by_label("Why").fill("canary sealed to the new keys")
        expect(desk.get_by_text("Saved, sealed").first).to_be_visible()
        desk.get_by_label("Urgency").select_option("amber")
        desk.get_by_role("button", name="Record the decision").click()
        expect(desk.locator("#history")).to_contain_text("canary sealed to the new keys")
    finally:
        stored(site, "SealingKey.objects.filter(role='recovery').update(in_use=False)")
        stored(site, f"SealingKey.objects.filter(fingerprint='{before}').update(in_use=True)")


def make_other_recovery_key(site: RunningSite) -> None:
    code = """
import subprocess, tempfile
from pathlib import Path
from reporting.inbox.keys import put_in_use
folder = tempfile.mkdtemp()
subprocess.run(["node", "reporting/inbox/demo_keys.mjs", folder], check=True)
put_in_use("recovery", (Path(folder) / "recovery-public.asc").read_text())
"""
    file = site.data / "other_key.py"
    file.write_text(code)
    stored(site, f"exec(open({str(file)!r}).read())")


# --- Unlocking and the list --------------------------------------------------------------------------------------


def test_a_slot_that_does_not_open_keeps_nobody_out(page: Page, site: RunningSite, pair: list[Told]) -> None:
    add = """
key = SealingKey.objects.create(role="inbox", fingerprint="0" * 40, armored="-", in_use=False,
                                expires_at="2020-01-01T00:00Z")
Slot.objects.create(officer=Officer.objects.get(user__username="officer"), key=key, sealed="-")
"""
    stored(site, add)
    try:
        sign_in(page, site)
        unlock(page, site)
        expect(row(page, pair[0].reference)).to_contain_text("green car")
    finally:
        stored(site, "SealingKey.objects.filter(fingerprint='0' * 40).delete()")


def test_an_address_leads_to_a_report_that_is_not_in_the_list(page: Page, site: RunningSite, pair: list[Told]) -> None:
    one = pair[0]
    stored(site, f"Report.objects.filter(reference='{one.reference}').update(state='closed', outcome='advice')")
    try:
        sign_in(page, site)
        page.goto(f"{site.address}/mash/#{one.reference}")
        page.reload()
        page.get_by_label("Your passphrase").wait_for()
        unlock_to_report(page, site)
        expect(page.get_by_role("heading", name=one.reference)).to_be_visible()
        page.get_by_role("button", name="Open it").click()
        expect(page.locator("#story")).to_contain_text("green car")
    finally:
        stored(site, f"Report.objects.filter(reference='{one.reference}').update(state='opened', outcome='')")


def unlock_to_report(page: Page, site: RunningSite) -> None:
    from tests.browser.desking import passphrase_of

    page.get_by_label("Your passphrase").fill(passphrase_of(site))
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("button", name="Lock now").wait_for()


def test_the_filters_ask_the_server(desk: Page, site: RunningSite, pair: list[Told]) -> None:
    """New replies are found however long the list is."""
    one = pair[0]
    stored(site, f"Report.objects.filter(reference='{one.reference}').update(has_news=True)")
    try:
        with desk.expect_response(re.compile(r"/mash/reports/\?.*news")):
            desk.get_by_role("button", name="New replies").click()
        expect(row(desk, one.reference)).to_be_visible()
        found = stored(site, "print(Report.objects.filter(has_news=True).exclude(state='closed').count())")
        expect(desk.locator("#rows tr")).to_have_count(int(found))
    finally:
        stored(site, f"Report.objects.filter(reference='{one.reference}').update(has_news=False)")


def test_a_quiet_refresh_that_fails_leaves_the_focus_where_it_is(
    page: Page, site: RunningSite, pair: list[Told]
) -> None:
    page.clock.install()
    sign_in(page, site)
    unlock(page, site)
    link = row(page, pair[0].reference).get_by_role("link")
    link.focus()
    page.route(re.compile(r"/mash/reports/\?"), lambda route: route.abort())
    page.clock.run_for("01:01")
    expect(page.get_by_text("The connection was lost")).to_be_visible()
    expect(link).to_be_focused()


def test_while_it_is_locked_the_page_still_says_what_waits(page: Page, site: RunningSite) -> None:
    page.clock.install()
    sign_in(page, site)
    before = page.locator("#locked tbody tr").count()
    code = """
import uuid
from django.utils import timezone
from reporting.inbox.receive import new_reference, the_hour
Report.objects.create(id=uuid.uuid4(), reference=new_reference(), received_hour=the_hour(timezone.now()), danger=True)
"""
    file = site.data / "waits.py"
    file.write_text(code)
    stored(site, f"exec(open({str(file)!r}).read())")
    page.get_by_label("Your passphrase").fill("half a passphrase")
    page.clock.run_for("01:01")
    expect(page.locator("#locked tbody tr")).to_have_count(before + 1)
    expect(page.locator("#waiting")).to_have_text(f"Waiting: {before + 1}")
    assert page.get_by_label("Your passphrase").input_value() == "half a passphrase"


# --- In reach ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(375, 812), (1280, 700)])
def test_lock_now_is_always_in_reach(desk: Page, pair: list[Told], size: tuple[int, int]) -> None:
    desk.set_viewport_size({"width": size[0], "height": size[1]})
    open_report(desk, pair[0].reference)
    desk.keyboard.press("End")
    desk.evaluate("void scrollTo(0, document.body.scrollHeight)")
    expect(desk.get_by_role("button", name="Lock now")).to_be_in_viewport()
