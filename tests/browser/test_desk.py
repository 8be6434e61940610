"""The desk in a real browser: what an officer sees and does, and that nothing of it leaves unsealed or stays behind."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.conftest import RunningSite, gpg_opens
from tests.browser.desking import (
    Leaving,
    lock_now,
    open_report,
    passphrase_of,
    row,
    settled,
    sign_in,
    sign_in_by_hand,
    stored,
    unlock,
)
from tests.browser.telling import Told, tell

pytestmark = pytest.mark.browser
STORY = "A worry about a white van, told for the desk."
REASON = "canary reason marmalade"
REPLY = "canary reply lighthouse"


@pytest.fixture(autouse=True)
def _no_script_trouble(page: Page) -> Iterator[None]:
    """No test leaves an error in the console, a broken policy least of all."""
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield
    expected = ("status of 401", "status of 403", "status of 422", "status of 503", "ERR_FAILED", "ERR_INTERNET")
    assert [text for text in troubles if not any(words in text for words in expected)] == []


@pytest.fixture(scope="module")
def told(browser: object, site: RunningSite) -> Told:
    """A concern that somebody told through the form."""
    context = browser.new_context()  # type: ignore[attr-defined]
    answer = tell(context.new_page(), site, STORY)
    context.close()
    return answer


@pytest.fixture
def desk(page: Page, site: RunningSite, told: Told) -> Page:
    """The unlocked desk."""
    sign_in(page, site)
    unlock(page, site)
    return page


def sealed_letter(site: RunningSite, reference: str, kind: str) -> bytes:
    """The newest sealed letter of a kind, opened with the recovery key."""
    code = (
        f"import base64; r = Report.objects.get(reference='{reference}')\n"
        f"print(base64.b64encode(r.letters.filter(kind='{kind}').last().message).decode())"
    )
    import base64

    return gpg_opens(site, base64.b64decode(stored(site, code)))


# --- Getting in ----------------------------------------------------------------------------------------------


def test_an_account_of_the_cms_is_refused_in_the_words_of_a_wrong_password(page: Page, site: RunningSite) -> None:
    said = []
    for name, password in (("officer", "wrong"), ("editor", ""), ("administrator", "")):
        sign_in_by_hand(page, site, name, password)
        said.append(page.get_by_role("alert").inner_text())
    assert len(set(said)) == 1
    assert page.title().startswith("Error:")


def test_the_locked_page_shows_how_long_and_nothing_of_what_it_says(page: Page, site: RunningSite, told: Told) -> None:
    sign_in(page, site)
    expect(page.get_by_role("heading", name="The desk is locked")).to_be_visible()
    assert told.reference in page.locator("#locked").inner_text()
    assert STORY not in page.content()


def test_a_wrong_passphrase_keeps_what_was_typed(page: Page, site: RunningSite) -> None:
    sign_in(page, site)
    box = page.get_by_label("Your passphrase")
    box.fill("six words that open nothing here")
    page.get_by_role("button", name="Unlock").click()
    page.get_by_text("This is not the passphrase of your key").wait_for()
    assert box.input_value() == "six words that open nothing here"
    page.get_by_role("button", name="Show").click()
    assert box.get_attribute("type") == "text"


def test_capitals_and_separators_do_not_matter(page: Page, site: RunningSite, told: Told) -> None:
    sign_in(page, site)
    unlock(page, site, f"  {passphrase_of(site).upper().replace('-', ', ')} ")
    expect(row(page, told.reference)).to_contain_text(STORY[:30])


def test_without_script_the_desk_says_what_to_do(browser: object, site: RunningSite) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    sign_in(page, site)
    assert "The desk needs script" in page.locator("noscript").inner_text()
    assert page.locator("#unlock").is_hidden()
    context.close()


# --- Reading -------------------------------------------------------------------------------------------------


def test_the_list_has_titles_made_here(desk: Page, told: Told) -> None:
    mine = row(desk, told.reference)
    expect(mine).to_contain_text("A friend")
    expect(mine).to_contain_text("May be in danger")
    expect(mine.get_by_text("New", exact=True)).to_be_visible()
    expect(mine.get_by_text("New reply")).to_be_hidden()
    assert "reports" in desk.get_by_role("heading", level=1).inner_text().lower()


def test_a_report_shows_every_answer_and_is_not_new_any_more(desk: Page, site: RunningSite, told: Told) -> None:
    open_report(desk, told.reference)
    assert desk.locator("#story").inner_text() == STORY
    assert "I’m not sure" in desk.locator("#answers").inner_text()
    assert "sealed in the sender’s browser" in desk.locator("#sent-when").inner_text()
    assert desk.title().endswith(told.reference)
    assert desk.url.endswith(f"/mash/#{told.reference}")
    assert stored(site, f"print(Report.objects.get(reference='{told.reference}').state)") == "opened"
    desk.go_back()
    expect(desk.get_by_role("heading", name="Reports")).to_be_focused()
    desk.go_forward()
    expect(desk.get_by_role("heading", name=told.reference)).to_be_focused()


def test_filters_show_what_they_say(desk: Page, told: Told) -> None:
    desk.get_by_role("button", name="Closed").click()
    expect(row(desk, told.reference)).to_have_count(0)
    desk.get_by_role("button", name="All open").click()
    expect(row(desk, told.reference)).to_be_visible()


# --- Writing -------------------------------------------------------------------------------------------------


def test_a_decision_is_sealed_and_only_its_codes_stand_in_the_clear(desk: Page, site: RunningSite, told: Told) -> None:
    leaving = Leaving(desk)
    open_report(desk, told.reference)
    desk.get_by_label("Urgency").select_option("red")
    desk.get_by_label("State").select_option("decided")
    desk.get_by_role("button", name="Record the decision").click()
    # Both things that are wrong are said, and nothing that was chosen is lost.
    desk.get_by_text("Write why").wait_for()
    desk.get_by_text("Choose an outcome").wait_for()
    desk.get_by_label("Outcome").select_option("strategy")
    desk.get_by_label("Why").fill(REASON)
    desk.get_by_role("button", name="Record the decision").click()
    expect(desk.locator("#history")).to_contain_text(REASON)
    expect(desk.locator("#history")).to_contain_text("Now, Decision made, Strategy discussion")
    assert desk.get_by_label("Why").input_value() == ""
    assert not leaving.holds(REASON)
    code = f"r = Report.objects.get(reference='{told.reference}'); print(r.urgency, r.state, r.outcome)"
    assert stored(site, code) == "red decided strategy"
    from reporting.sealing import read

    assert read(sealed_letter(site, told.reference, "decision"))["reason"] == REASON
    # After a reload everything stands there again.
    lock_now(desk)
    unlock(desk, site)
    open_report(desk, told.reference)
    expect(desk.locator("#history")).to_contain_text(REASON)
    assert desk.get_by_label("Urgency").input_value() == "red"


def test_a_reply_is_locked_before_it_leaves(desk: Page, site: RunningSite, told: Told) -> None:
    import base64

    from reporting.sealing import MessageRefused, open_locked, read

    leaving = Leaving(desk)
    open_report(desk, told.reference)
    desk.get_by_role("button", name="Lock and send reply").click()
    desk.get_by_text("Write what the sender should read").wait_for()
    desk.get_by_label("Reply").fill(REPLY)
    desk.get_by_role("button", name="Lock and send reply").click()
    expect(desk.locator("#messages")).to_contain_text(REPLY)
    assert not leaving.holds(REPLY)
    assert not leaving.holds(passphrase_of(site))
    assert not leaving.holds("PRIVATE KEY")
    reply = f"Report.objects.get(reference='{told.reference}').replies.get().locked"
    code = f"import base64; print(base64.b64encode({reply}).decode())"
    locked = base64.b64decode(stored(site, code))
    key = read(sealed_letter(site, told.reference, "concern"))["reply_key"]
    assert read(open_locked(locked, key))["text"] == REPLY
    with pytest.raises(MessageRefused):
        open_locked(locked, key[::-1])


def test_a_lost_connection_keeps_every_word_and_sends_once(desk: Page, site: RunningSite, told: Told) -> None:
    open_report(desk, told.reference)
    text = "canary reply that had to wait"
    desk.route("**/replies/**", lambda route: route.abort())
    desk.get_by_label("Reply").fill(text)
    desk.get_by_role("button", name="Lock and send reply").click()
    expect(desk.locator("#trouble")).to_contain_text("The connection was lost")
    assert desk.get_by_label("Reply").input_value() == text
    desk.unroute("**/replies/**")
    desk.get_by_role("button", name="Lock and send reply").click()
    expect(desk.locator("#messages")).to_contain_text(text)
    assert desk.locator("#messages li", has_text=text).count() == 1
    expect(desk.locator("#trouble")).to_be_hidden()


def test_signed_out_elsewhere_nothing_is_lost(desk: Page, site: RunningSite, told: Told) -> None:
    open_report(desk, told.reference)
    desk.get_by_label("Urgency").select_option("red")
    desk.get_by_label("Why").fill("canary still here")
    desk.context.clear_cookies()
    desk.get_by_role("button", name="Record the decision").click()
    desk.get_by_text("You have been signed out").wait_for()
    other = desk.context.new_page()
    sign_in_by_hand(other, site)
    other.close()
    desk.get_by_role("button", name="Record the decision").click()
    expect(desk.locator("#history")).to_contain_text("canary still here")


def test_access_that_ends_takes_the_open_report_away(desk: Page, site: RunningSite, told: Told) -> None:
    open_report(desk, told.reference)
    slot = "Slot.objects.filter(officer__user__username='officer')"
    kept = stored(site, f"s = {slot}.get(); print(s.officer_id, s.key_id)").split()
    stored(site, f"import pathlib; pathlib.Path('{site.data}/slot').write_text({slot}.get().sealed); {slot}.delete()")
    try:
        # The page may find out by itself, from whatever it asks next, before this is sent.
        with suppress(Error):
            desk.get_by_label("Why").fill("Something that cannot be kept now.", timeout=5_000)
            desk.get_by_role("button", name="Record the decision").click(timeout=5_000)
        expect(desk.locator("#story")).to_be_hidden()
        # The page loads itself anew, and is asked until it stands again.
        expect(desk.locator("body")).not_to_contain_text(STORY)
    finally:
        sealed = f"open('{site.data}/slot').read()"
        stored(site, f"Slot.objects.create(officer_id={kept[0]}, key_id={kept[1]}, sealed={sealed})")


# --- Drafts --------------------------------------------------------------------------------------------------


def test_what_was_being_written_survives_lock_and_sign_out(desk: Page, site: RunningSite, told: Told) -> None:
    leaving = Leaving(desk)
    open_report(desk, told.reference)
    desk.get_by_label("Reply").fill("canary half a reply")
    desk.get_by_label("Why").fill("canary half a reason")
    lock_now(desk)
    assert not leaving.holds("canary half")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Sign out").click()
    sign_in_by_hand(desk, site)
    unlock(desk, site)
    open_report(desk, told.reference)
    expect(desk.get_by_label("Reply")).to_have_value("canary half a reply")
    expect(desk.get_by_label("Why")).to_have_value("canary half a reason")
    assert "canary half" not in stored(site, "print([bytes(l.body) for l in Letter.objects.filter(kind='draft')])")
    # Nothing left to write: nothing is kept.
    with desk.expect_response(lambda answer: answer.request.method == "DELETE"):
        desk.get_by_label("Reply").fill("")
        desk.get_by_label("Why").fill("")
    assert stored(site, "print(Letter.objects.filter(kind='draft').count())") == "0"


def test_a_draft_survives_a_reload(desk: Page, site: RunningSite, told: Told) -> None:
    open_report(desk, told.reference)
    desk.get_by_label("Reply").fill("canary before the reload")
    desk.get_by_text("Saved, sealed").wait_for()
    desk.reload()
    # The address still names the report, so unlocking leads back to it.
    unlock(desk, site)
    expect(desk.get_by_label("Reply")).to_have_value("canary before the reload")
    with desk.expect_response(lambda answer: answer.request.method == "DELETE"):
        desk.get_by_label("Reply").fill("")


def test_a_draft_that_cannot_be_saved_is_tried_again(desk: Page, site: RunningSite, told: Told) -> None:
    open_report(desk, told.reference)
    desk.route("**/draft/", lambda route: route.abort())
    desk.get_by_label("Reply").fill("canary stubborn")
    desk.get_by_text("Not saved yet").wait_for()
    # Locking does not wait for it: words and keys go, the sealed bytes stay until they are saved.
    desk.get_by_role("button", name="Lock now").click()
    desk.get_by_text("What you wrote is not saved yet").wait_for()
    assert "canary stubborn" not in desk.content()
    assert desk.get_by_label("Reply").input_value() == ""
    desk.unroute("**/draft/")
    unlock(desk, site)
    open_report(desk, told.reference)
    expect(desk.get_by_label("Reply")).to_have_value("canary stubborn")
    with desk.expect_response(lambda answer: answer.request.method == "DELETE"):
        desk.get_by_label("Reply").fill("")


# --- Locking -------------------------------------------------------------------------------------------------


def is_clean(page: Page) -> None:
    """The locked page, without a word of any report, in the document or in the browser's stores."""
    expect(page.get_by_role("heading", name="The desk is locked")).to_be_visible()
    assert STORY[:30] not in page.content()
    assert "#" not in page.url
    assert "-" not in page.title()
    kept = page.evaluate("[Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, name]")
    assert json.dumps(kept).count("csrftoken") <= 1
    assert kept[:2] == [[], []]
    # Beside these there is the proof that somebody has signed in here before, which says nothing of any report.
    cookies = {cookie["name"] for cookie in page.context.cookies() if not cookie["name"].startswith("known-")}
    assert cookies <= {"sessionid", "csrftoken"}


def test_lock_now_takes_every_word_away(desk: Page, told: Told) -> None:
    open_report(desk, told.reference)
    assert STORY in desk.content()
    lock_now(desk)
    is_clean(desk)
    desk.go_back()
    is_clean(desk)


def test_shift_three_times_locks(desk: Page, told: Told) -> None:
    open_report(desk, told.reference)
    with desk.expect_navigation():
        for _ in range(3):
            desk.keyboard.press("Shift")
    is_clean(desk)


def test_it_locks_by_itself_after_the_set_time(page: Page, site: RunningSite, told: Told) -> None:
    page.clock.install()
    sign_in(page, site)
    unlock(page, site)
    expect(page.locator("#idle")).to_have_text("Locks by itself in 20 min")
    page.clock.run_for("15:00")
    page.mouse.move(50, 60)
    page.mouse.move(90, 60)
    page.clock.run_for("15:00")
    expect(page.locator("#idle")).to_have_text(re.compile("Locks by itself in [56] min"))
    with page.expect_navigation():
        page.clock.run_for("07:00")
    is_clean(page)


def test_a_computer_that_slept_locks_when_it_wakes(page: Page, site: RunningSite, told: Told) -> None:
    page.clock.install()
    sign_in(page, site)
    unlock(page, site)
    with page.expect_navigation():
        # Time passes without a timer running; the first touch must not count as one in time.
        page.clock.set_system_time(page.evaluate("Date.now() + 40 * 60000"))
        page.mouse.move(50, 60)
        page.mouse.move(90, 60)
    is_clean(page)


def test_leaving_the_page_locks_it(desk: Page, site: RunningSite, told: Told) -> None:
    open_report(desk, told.reference)
    desk.goto(f"{site.address}/find-help/")
    desk.go_back()
    desk.get_by_role("button", name="Unlock").wait_for()
    is_clean(desk)


def test_the_list_is_asked_for_again(desk: Page, site: RunningSite, told: Told) -> None:
    other = desk.context.browser.new_context()  # type: ignore[union-attr]
    later = tell(other.new_page(), site, "Told while the desk was open.")
    other.close()
    desk.get_by_role("button", name="Refresh").click()
    row(desk, later.reference).wait_for()
    settled(desk)
    expect(row(desk, later.reference)).to_contain_text("Told while the desk was open")
