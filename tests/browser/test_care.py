"""The form takes care: it speaks to whoever tells about themselves, puts help in front of Send, and sends once."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import RunningSite
from tests.browser.desking import open_report, sign_in, unlock
from tests.browser.keeping import reports_kept
from tests.browser.replying import letters, open_reply
from tests.browser.telling import follow, go_to_check, go_to_story, open_questions, send, tell, write

pytestmark = pytest.mark.browser
#: What the server would say of the team's reading at a moment.
READING = """
from datetime import datetime
from django.conf import settings
from resources.ahead import readings
from resources.book import ContactBook
team = ContactBook.load().services[settings.TEAM_CONTACT]
print(next(said.words for said in readings(team, datetime.fromisoformat({moment!r})) if said.is_now))
"""


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def walk_to(page: Page, screen: str) -> None:
    while not page.locator(f"#q-{screen}").is_visible():
        go_on(page)


def screen_of(page: Page) -> str:
    return str(page.locator(".q:visible").get_attribute("id"))


# --- Voice ------------------------------------------------------------------------------------------------------


def test_after_me_the_questions_say_you_and_someone_to_talk_to_stands_beside_each(
    page: Page, site: RunningSite
) -> None:
    go_to_story(page, site)
    page.locator("#story").fill("A worry")
    go_on(page)
    page.locator("#who-me").check(force=True)
    go_on(page)
    expect(page.get_by_role("heading", name="Are you safe where you are reading this?")).to_be_visible()
    page.locator("#safe-here-no").check(force=True)
    expect(page.locator('[data-note="no"]:visible a[href="tel:999"]')).to_be_visible()
    go_on(page)
    expect(page.get_by_role("heading", name="What can you tell us about you?", exact=True)).to_be_visible()
    expect(page.get_by_role("textbox", name="Your school or college", exact=True)).to_be_visible()
    while page.locator("#check").is_hidden():
        expect(page.locator("#lines")).to_be_visible()
        assert "the child" not in page.locator(".q:visible").inner_text()
        go_on(page)
    page.get_by_role("button", name="Change who you are worried about").click()
    page.locator("#who-friend").check(force=True)
    go_on(page)
    expect(page.get_by_role("heading", name="What can you tell us about the child?", exact=True)).to_be_visible()
    expect(page.locator("#lines")).to_be_hidden()


def test_the_check_page_names_answers_in_the_same_voice(page: Page, site: RunningSite) -> None:
    go_to_story(page, site)
    page.locator("#story").fill("A worry")
    go_on(page)
    page.locator("#who-me").check(force=True)
    walk_to(page, "child-name")
    page.locator("#child-age").fill("14")
    page.get_by_role("button", name="Send now").click()
    assert "Your age" in page.locator("#answers").inner_text()
    [report] = letters(site, send(page).reference, "concern")
    assert {"key": "child-age", "question": "The child’s age", "answer": "14"} in report["answers"]  # type: ignore[operator]


def test_both_ways_mark_the_same_as_not_asked(browser: Browser, site: RunningSite) -> None:
    sealed = []
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        if open_questions(page, site):
            go_on(page)
        page.locator("#story").fill("A worry")
        if script:
            go_on(page)
        page.locator("#who-place-or-person").check(force=True)
        go_to_check(page)
        page.locator("summary", has_text="Questions you left out").click()
        assert "The child’s name" not in page.locator("main").inner_text()
        [report] = letters(site, send(page).reference, "concern")
        sealed.append(report["answers"])
        context.close()
    assert sealed[0] == sealed[1]
    marked = {answer["key"] for answer in sealed[0] if answer.get("not_asked")}  # type: ignore[attr-defined]
    assert {"child-name", "child-more", "contact-name"} <= marked
    assert not {"story", "where", "contact", "under-18"} & marked


def test_the_desk_tells_a_silence_from_what_was_not_asked(page: Page, site: RunningSite) -> None:
    reference = tell(page, site, "canary maple compass").reference  # about a friend
    sign_in(page, site)
    unlock(page, site)
    open_report(page, reference)
    left = page.locator("#left-out li").all_text_contents()
    assert "What they would like to happen (not asked)" in left
    assert "Where it happened" in left


# --- When we next read ------------------------------------------------------------------------------------------


def test_above_every_box_stands_when_we_next_read_and_who_answers_now(page: Page, site: RunningSite) -> None:
    open_questions(page, site)
    while page.locator("#check").is_hidden():
        line = page.locator("#reading")
        if page.locator(".q:visible .in:visible").count():
            expect(line).to_contain_text("Can’t wait? Call")
            assert "read" in line.inner_text()
        if screen_of(page) == "q-story":
            page.locator("#story").fill("A worry")
        go_on(page)
    assert "Can’t wait? Call" in page.locator("#check").inner_text()


def test_a_form_that_stays_open_says_when_we_next_read(page: Page, site: RunningSite) -> None:
    now = datetime.now(UTC)
    page.clock.install(time=now)
    open_questions(page, site)
    for hours in (0, 9, 9):
        now += timedelta(hours=hours)
        page.clock.fast_forward(int(timedelta(hours=hours, seconds=21).total_seconds() * 1000))
        now += timedelta(seconds=21)
        said = site.python(READING.format(moment=now.isoformat()))
        assert page.locator("#reading").inner_text().startswith(said), now


# --- Help in front of Send --------------------------------------------------------------------------------------


def test_words_of_distress_put_help_in_front_of_send_and_nothing_is_sent(page: Page, site: RunningSite) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    write(page, site, "I want to die")
    panel = page.locator("#distress")
    expect(panel).to_be_visible()
    assert "If you want someone to come, call 999 or write where you are." in panel.inner_text()
    assert panel.get_by_role("link", name="116 123").get_attribute("href") == "tel:116123"
    assert [line for line in asked if "/distress/" in line] == [f"GET {site.address}/tell-us/distress/"]
    assert not [line for line in asked if line.startswith("POST")]
    page.get_by_role("button", name="Change what you have seen or heard").click()
    page.locator("#story").fill("A grey car waits by the park")
    page.get_by_role("button", name="Send now").click()
    expect(panel).to_be_hidden()
    send(page)


def test_in_front_of_adding_more_help_stands_while_somebody_writes(page: Page, site: RunningSite) -> None:
    told = tell(page, site, "A worry, told for a test.")
    open_reply(page, site, told.words)
    page.locator("#text").fill("I want to die")
    expect(page.locator("#distress")).to_be_visible()
    page.get_by_role("button", name="Send to the MASH team").click()
    expect(page.locator("#thanks")).to_be_visible()
    expect(page.locator("#distress")).to_be_hidden()


def test_every_browser_asks_for_the_lists_whatever_is_written(page: Page, site: RunningSite) -> None:
    with page.expect_request("**/tell-us/distress/") as asked:
        open_questions(page, site)
        page.locator("#danger-no").check(force=True)
    assert asked.value.post_data is None


def test_without_the_lists_send_works_all_the_same(page: Page, site: RunningSite) -> None:
    page.route("**/tell-us/distress/", lambda route: route.abort())
    write(page, site, "I want to die")
    expect(page.locator("#distress")).to_be_hidden()
    send(page)


def test_without_script_help_stands_there_too(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    write(page, site, "I want to die")
    assert "call 999 or write where you are" in page.locator("#distress").inner_text()
    send(page)
    context.close()


@pytest.mark.parametrize("answer", ["yes", "not-sure"])
def test_danger_stops_at_999_and_lets_them_go_on(page: Page, site: RunningSite, answer: str) -> None:
    open_questions(page, site)
    page.locator(f"#danger-{answer}").check(force=True)
    go_on(page)
    stop = page.locator("#q-stop")
    expect(stop).to_be_visible()
    assert stop.get_by_role("link", name="999").get_attribute("href") == "tel:999"
    assert "press 55" in stop.inner_text()
    assert "It does not tell them where you are" in stop.inner_text()
    go_on(page)
    expect(page.locator("#story")).to_be_visible()


def test_no_danger_does_not_stop(page: Page, site: RunningSite) -> None:
    open_questions(page, site)
    page.locator("#danger-no").check(force=True)
    go_on(page)
    expect(page.locator("#story")).to_be_visible()


# --- Walking, and sending once ----------------------------------------------------------------------------------


def test_back_and_forward_walk_every_question_and_keep_every_word(page: Page, site: RunningSite) -> None:
    open_questions(page, site)
    seen = []
    while page.locator("#check").is_hidden():
        seen.append(screen_of(page))
        for box in page.locator(".q:visible .in:visible").all():
            box.fill(f"words in {box.get_attribute('id')}")
        go_on(page)
    for screen in reversed(seen):
        page.go_back()
        expect(page.locator(f"#{screen}")).to_be_visible()
    for screen in seen[1:]:
        page.go_forward()
        expect(page.locator(f"#{screen}")).to_be_visible()
        for box in page.locator(".q:visible .in:visible").all():
            expect(box).to_have_value(f"words in {box.get_attribute('id')}")
    page.go_forward()
    expect(page.locator("#check")).to_be_visible()


def test_pressing_send_twice_is_one_report(page: Page, site: RunningSite) -> None:
    before = reports_kept(site)
    write(page, site, "A worry, told for a test.")
    page.get_by_role("button", name="Send to the MASH team").dblclick()
    page.get_by_role("heading", name="We have it").wait_for()
    assert reports_kept(site) == before + 1


def test_an_answer_that_is_lost_on_its_way_back_makes_no_second_report(page: Page, site: RunningSite) -> None:
    """The report was kept, and the browser never learned of it."""

    def keep_and_lose(route: Route) -> None:
        route.fetch()
        route.abort()

    before = reports_kept(site)
    write(page, site, "A worry, told for a test.")
    page.route("**/tell-us/sealed/", keep_and_lose)
    page.get_by_role("button", name="Send to the MASH team").click()
    page.get_by_role("heading", name="Not sent yet").wait_for()
    assert "A worry, told for a test." in page.locator("#answers").inner_text()
    page.unroute("**/tell-us/sealed/")
    send(page)
    assert reports_kept(site) == before + 1


def test_without_script_change_brings_the_voice_and_every_word_back(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_questions(page, site)
    page.locator("#who-me").check(force=True)
    page.locator("#child-place").fill("near the park")
    follow(page.get_by_role("button", name="Check what you wrote"))
    assert page.get_by_role("heading", name="What can you tell us about you?").is_visible()
    assert page.get_by_label("Where you live or spend time").input_value() == "near the park"
    assert page.locator("#lines").is_visible()
    context.close()
