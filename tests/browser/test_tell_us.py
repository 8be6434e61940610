"""The main job on real input: told in a browser, sealed, kept, mailed, opened with gpg, nowhere in the clear."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.keeping import files_holding, mail_with, reports_kept
from tests.browser.replying import letters
from tests.browser.telling import follow, go_to_check, go_to_story, open_questions, send, tell, write

pytestmark = pytest.mark.browser


def test_a_concern_reaches_the_mailbox_and_opens_with_gpg(
    teller: Page, site: RunningSite, request: pytest.FixtureRequest
) -> None:
    story = f"Canary {request.node.callspec.id}: a grey car, “every” Friday, naïve ✓ 狐"
    tell(teller, site, story)
    assert mail_with(site, story)


def test_what_was_told_stands_nowhere_in_the_clear(
    teller: Page, site: RunningSite, make_backup: Callable[[], Path]
) -> None:
    canary = f"canary periwinkle {secrets.token_hex(4)}"
    tell(teller, site, canary)
    mail_with(site, canary)
    make_backup()
    for form in (canary, canary.replace(" ", "+"), canary.replace(" ", "%20")):
        assert files_holding(site.data.parent, form.encode()) == []


def test_nothing_about_the_browser_is_kept(page: Page, site: RunningSite) -> None:
    agent = page.evaluate("navigator.userAgent")
    tell(page, site, "A worry, told for a test.")
    assert files_holding(site.data, agent.encode()) == []
    assert "127.0.0.1" not in "".join(line for line in site.log.read_text().splitlines() if "Listening" not in line)


def test_no_page_of_the_way_leaves_a_cookie_or_storage(page: Page, site: RunningSite) -> None:
    tell(page, site, "A worry, told for a test.")
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0


def test_both_ways_seal_the_same_answers(browser: Browser, site: RunningSite) -> None:
    """Every kind of question answered, in a browser with script and in one without."""
    sealed = {}
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        story = "  Zwei Zeilen,\n\ta tab, “quotes” & <b>markup</b>, 狐 🦊\r\n\u2028 end \u00a0"
        one_at_a_time = open_questions(page, site)
        answers = {"#danger-no": True, "#story": story, "#source-saw": True, "#source-someone": True}
        answers |= {"#who-known-child": True, "#child-name": " Sam ", "#child-more": "likes\nfootball"}
        answers |= {"#signs-gifts": True, "#signs-missing": True, "#when-keeps": True, "#where": "the park"}
        answers |= {"#town": "Nowhere Magna", "#outside-yes": True}
        for selector, answer in answers.items():
            while one_at_a_time and not page.locator(selector).locator("xpath=..").is_visible():
                page.get_by_role("button", name="Continue").click()
            box = page.locator(selector)
            if answer is True:
                box.check(force=True)
            else:
                box.fill(str(answer))
        go_to_check(page)
        told = send(page)
        context.close()
        way = "browser" if script else "server"
        [sealed[way]] = letters(site, told.reference, "concern")
        assert sealed[way]["sealed"] == way
    assert sealed["browser"]["answers"] == sealed["server"]["answers"]
    said = {answer["key"]: answer["answer"] for answer in sealed["browser"]["answers"]}
    assert (said["town"], said["outside"]) == ("Nowhere Magna", "yes"), "what is typed need not be on the list"
    assert set(sealed["browser"]) == set(sealed["server"])


def test_with_script_nothing_leaves_before_send_and_then_nothing_in_the_clear(page: Page, site: RunningSite) -> None:
    asked: list[tuple[str, str, bytes]] = []
    page.on("request", lambda request: asked.append((request.method, request.url, request.post_data_buffer or b"")))
    write(page, site, "canary walnut")
    assert {method for method, _, _ in asked} == {"GET"}
    assert not any("?" in url for _, url, _ in asked)
    send(page)
    [(_, url, body)] = [request for request in asked if request[0] == "POST"]
    assert url == f"{site.address}/tell-us/sealed/"
    assert len(body) in (2293, 8437, 33019, 131323)
    assert b"canary" not in body


def test_code_words_are_six_different_each_time(page: Page, site: RunningSite) -> None:
    first, second = (tell(page, site, "A worry, told for a test.").words for _ in range(2))
    assert len(first) == len(second) == 6
    assert first != second


def test_a_missing_story_is_said_beside_its_box(page: Page, site: RunningSite) -> None:
    go_to_story(page, site)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#story-error")).to_be_visible()
    expect(page.locator("#story")).to_be_focused()
    page.locator("#story").fill("A worry")
    expect(page.locator("#story-error")).to_have_count(0)


def test_send_now_is_offered_once_the_story_stands(page: Page, site: RunningSite) -> None:
    go_to_story(page, site)
    send_now = page.get_by_role("button", name="Send now")
    expect(send_now).to_be_hidden()
    page.locator("#story").fill("A worry")
    expect(send_now).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    while page.locator("#check").is_hidden():
        expect(send_now).to_be_visible()
        page.get_by_role("button", name="Continue").click()


def test_questions_follow_whom_it_is_about(page: Page, site: RunningSite) -> None:
    go_to_story(page, site)
    page.locator("#story").fill("It is about me")
    page.get_by_role("button", name="Continue").click()
    page.locator("#who-me").check(force=True)
    while page.locator("#check").is_hidden():
        expect(page.locator("#q-under-18")).to_be_hidden()
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Send it now?").wait_for()


def test_a_name_typed_before_saying_no_is_not_sent(page: Page, site: RunningSite) -> None:
    go_to_story(page, site)
    page.locator("#story").fill("canary second thoughts")
    while not page.locator("#q-contact").is_visible():
        page.get_by_role("button", name="Continue").click()
    expect(page.locator("#contact-name")).to_be_hidden()
    page.locator("#contact-yes").check(force=True)
    page.locator("#contact-name").fill("a name")
    page.locator("#contact-no").check(force=True)
    page.get_by_role("button", name="Send now").click()
    assert "a name" not in page.locator("#answers").inner_text()
    [report] = letters(site, send(page).reference, "concern")
    assert {a["key"]: a["answer"] for a in report["answers"]}["contact-name"] == ""


def test_back_and_forward_walk_the_questions_and_keep_the_words(page: Page, site: RunningSite) -> None:
    go_to_story(page, site)
    page.locator("#story").fill("A worry")
    page.get_by_role("button", name="Continue").click()
    page.go_back()
    expect(page.locator("#story")).to_be_visible()
    expect(page.locator("#story")).to_have_value("A worry")
    page.go_forward()
    expect(page.locator("#q-who")).to_be_visible()
    assert page.url == f"{site.address}/tell-us/questions/"


def test_change_leads_back_to_the_question(page: Page, site: RunningSite) -> None:
    write(page, site, "one\n\n  two")
    page.get_by_role("button", name="Change what you have seen or heard").click()
    expect(page.locator("#story")).to_have_value("one\n\n  two")


def test_a_lost_connection_keeps_every_word_and_sends_once(page: Page, site: RunningSite) -> None:
    before = reports_kept(site)
    write(page, site, "canary cloudy: the connection was lost")
    page.route("**/tell-us/sealed/", lambda route: route.abort())
    page.get_by_role("button", name="Send to the MASH team").click()
    page.get_by_role("heading", name="Not sent yet").wait_for()
    assert page.locator("#numbers").get_by_text("999").is_visible()
    page.unroute("**/tell-us/sealed/")
    told = send(page)
    assert reports_kept(site) == before + 1
    [report] = letters(site, told.reference, "concern")
    assert {a["key"]: a["answer"] for a in report["answers"]}["story"] == "canary cloudy: the connection was lost"
    assert len(told.words) == 6


def test_if_it_cannot_be_locked_here_the_person_is_asked(page: Page, site: RunningSite) -> None:
    page.route("**/openpgp*", lambda route: route.abort())
    write(page, site, "A worry, told for a test.")
    page.get_by_role("button", name="Send to the MASH team").click()
    page.get_by_role("heading", name="We could not lock your words").wait_for()
    follow(page.get_by_role("button", name="Send them and lock them there"))
    page.get_by_role("heading", name="Check before you send").wait_for()
    assert "A worry, told for a test." in page.locator("dl").inner_text()
    send(page)


def test_the_lock_note_says_which_way_is_true(browser: Browser, site: RunningSite) -> None:
    for script, true, false in (
        (True, "locked here first", "as soon as they"),
        (False, "as soon as they", "here first"),
    ):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        open_questions(page, site)
        note = page.locator(".lock").inner_text()
        assert true in note
        assert false not in note
        context.close()


def test_without_script_an_error_keeps_every_answer(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_questions(page, site)
    page.locator("#who-friend").check(force=True)
    page.locator("#signs-gifts").check(force=True)
    page.locator("#where").fill("the park")
    follow(page.get_by_role("button", name="Check what you wrote"))
    assert page.locator(".esum a").get_attribute("href") == "#story"
    assert page.locator("#who-friend").is_checked()
    assert page.locator("#signs-gifts").is_checked()
    assert page.locator("#where").input_value() == "the park"
    context.close()


def test_without_script_sending_again_shows_the_same(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    told = tell(page, site, "A worry, told for a test.")
    page.reload()
    assert told.reference in page.locator("main").inner_text()
    assert page.locator("#code-words li").all_inner_texts() == told.words
    context.close()
