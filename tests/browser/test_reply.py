"""The way back on real input: six words typed, what the team wrote is read, more is added, sealed, kept and mailed."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import RunningSite
from tests.browser.desking import open_report, sign_in, unlock
from tests.browser.keeping import files_holding, mail_with
from tests.browser.replying import (
    add_more,
    has_script,
    key_of,
    letters,
    open_reply,
    press,
    reply_key,
    shown,
    type_words,
    write_back,
)
from tests.browser.telling import Told, follow, tell

pytestmark = pytest.mark.browser
STORY = "canary told: a grey car waits by the park"
SIZES = (2293, 8437, 33019, 131323)


@pytest.fixture
def told(browser: Browser, site: RunningSite) -> Told:
    """A concern of its own for each test."""
    context = browser.new_context()
    told = tell(context.new_page(), site, STORY)
    context.close()
    return told


@contextmanager
def without_script(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def added_texts(site: RunningSite, told: Told) -> list[str]:
    return [letter["answers"][0]["answer"] for letter in letters(site, told.reference, "addition")]  # type: ignore[index]


@pytest.mark.parametrize(
    "typed",
    [
        lambda words: ", ".join(words).upper(),
        lambda words: "\n".join(f"{number}. {word}" for number, word in enumerate(words, 1)),
        lambda words: f"  {'-'.join(words).title()}. ",
    ],
    ids=["upper with commas", "a numbered list", "title with dashes"],
)
def test_what_the_team_wrote_is_read_with_words_typed_in_odd_ways(
    teller: Page, site: RunningSite, told: Told, typed: Callable[[list[str]], str]
) -> None:
    write_back(site, told, "Thank you for telling us.\n\nWhich school gate?")
    type_words(teller, site, typed(told.words))
    teller.locator("#messages:visible").wait_for()
    you, team = shown(teller)
    assert you.startswith("You wrote on ")
    assert team.startswith("MASH team, ") and team.endswith("Thank you for telling us. Which school gate?")
    assert teller.locator("#messages .keep").inner_text() == "Thank you for telling us.\n\nWhich school gate?"
    expect(teller.locator("h1")).to_have_text("A person has read it")
    assert told.reference in teller.locator("main").inner_text()
    assert STORY not in teller.content()
    assert teller.url == f"{site.address}/tell-us/reply/"


def test_what_is_added_is_kept_sealed_reaches_the_mailbox_and_opens_with_gpg(
    teller: Page, site: RunningSite, told: Told
) -> None:
    way = "browser" if has_script_of(teller, site) else "server"
    write_back(site, told, "Which school gate?")
    open_reply(teller, site, told.words)
    more = f"canary {way} {secrets.token_hex(4)}: the back one, “mostly” Thursdays 狐"
    add_more(teller, more)
    expect(teller.locator("h1")).to_have_text("We have it")
    assert [line.split()[0] for line in shown(teller)] == ["You", "MASH", "You"]
    assert more not in teller.content()
    [letter] = letters(site, told.reference, "addition")
    assert (letter["sealed"], letter["reference"]) == (way, told.reference)
    assert letter["answers"] == [{"key": "addition", "question": "What was added", "answer": more}]
    assert mail_with(site, more)
    if way == "browser":
        expect(teller.locator("h1")).to_be_focused()


def has_script_of(page: Page, site: RunningSite) -> bool:
    page.goto(f"{site.address}/tell-us/reply/")
    return has_script(page)


def test_both_ways_seal_the_same_and_show_the_same(browser: Browser, site: RunningSite, told: Told) -> None:
    text = "  Zwei Zeilen,\n\ta tab, “quotes” & <b>markup</b>, 狐 🦊\r\n\u2028 end \u00a0"
    write_back(
        site, told, "<b>bold</b> \u202eturned, مرحبا\n\ud800 half, https://example.com/", sent="2026-11-22T10:30Z"
    )
    write_back(site, told, "earlier in the hour", sent="2026-11-22T10:05Z")
    write_back(site, told, "", hours=2)
    seen, sealed = [], []
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        open_reply(page, site, told.words)
        seen.append((shown(page), page.locator("#facts").inner_text()))
        assert page.locator("#messages a[href*=example]").count() == 0
        add_more(page, text)
        sealed.append(letters(site, told.reference, "addition")[-1])
        forget_additions(site, told)
        context.close()
    assert seen[0] == seen[1]
    assert len(seen[0][0]) == 4
    assert [letter.pop("sealed") for letter in sealed] == ["browser", "server"]
    minutes = [letter.pop("sent") for letter in sealed]
    assert all(len(str(minute)) == len("2026-11-22T10:05Z") for minute in minutes)
    assert sealed[0] == sealed[1]
    assert list(sealed[0]) == list(sealed[1])


FORGET = """
from reporting.inbox.models import Letter, Report
Letter.objects.filter(report__reference="{reference}", kind="addition").delete()
Report.objects.filter(reference="{reference}").update(has_news=False)
"""


def forget_additions(site: RunningSite, told: Told) -> None:
    """Both ways start from the same."""
    site.python(FORGET.format(reference=told.reference))


def test_what_an_officer_writes_at_the_desk_is_read_and_an_answer_reaches_it(
    teller: Page, browser: Browser, site: RunningSite, told: Told
) -> None:
    context = browser.new_context()
    desk = context.new_page()
    sign_in(desk, site)
    unlock(desk, site)
    open_report(desk, told.reference)
    desk.get_by_label("Reply").fill("Thank you.\n\nWhich “gate”? 狐")
    desk.get_by_role("button", name="Lock and send reply").click()
    expect(desk.locator("#messages")).to_contain_text("Which “gate”? 狐")
    open_reply(teller, site, told.words)
    assert teller.locator("#messages .keep").inner_text() == "Thank you.\n\nWhich “gate”? 狐"
    expect(teller.locator("h1")).to_have_text("A person has read it")
    add_more(teller, "The back one, by the bus stop")
    desk.reload()
    # The address still names the report, so unlocking leads back to it.
    unlock(desk, site)
    expect(desk.locator("#messages")).to_contain_text("The back one, by the bus stop")
    context.close()


@pytest.mark.parametrize("typed", ["hello", "one two three four five six", ""])
def test_wrong_words_get_one_kind_answer(teller: Page, site: RunningSite, told: Told, typed: str) -> None:
    type_words(teller, site, typed or " ".join(reversed(told.words)))
    wrong = teller.locator("#wrong")
    wrong.wait_for()
    expect(teller.locator(".esum:visible")).to_have_count(1)
    assert "These words did not open anything" in wrong.inner_text()
    assert wrong.locator("a[href^='tel:']").count() == 1
    assert teller.locator("#words").input_value() == typed or " ".join(reversed(told.words))
    assert teller.locator("#messages li").count() == 0


def test_with_script_words_that_are_none_are_asked_for_as_well(page: Page, site: RunningSite) -> None:
    """The server cannot tell them from others, and they take as long."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if request.method == "POST" else None)
    for typed in ("hello", "hello"):
        type_words(page, site, typed)
        page.locator("#wrong:visible").wait_for()
    lookups = [request.headers["phoenix-lookup"] for request in asked]
    assert [len(lookup) for lookup in lookups] == [64, 64]
    assert lookups[0] != lookups[1], "nobody can wait for them with an answer"


def test_with_script_nothing_leaves_but_the_lookup_id_and_sealed_bytes(
    page: Page, site: RunningSite, told: Told
) -> None:
    write_back(site, told, "Which school gate?")
    key = reply_key(site, told.reference)
    assert key == key_of(told)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    open_reply(page, site, told.words)
    add_more(page, "canary walnut: the back one")
    posts = {request.url.removeprefix(site.address): request for request in asked if request.method == "POST"}
    assert list(posts) == ["/tell-us/reply/messages/", "/tell-us/reply/sealed/"]
    assert len(posts["/tell-us/reply/messages/"].post_data_buffer or b"") == 0
    assert len(posts["/tell-us/reply/sealed/"].post_data_buffer or b"") in SIZES
    for request in asked:
        sent = f"{request.url} {request.all_headers()}".encode() + (request.post_data_buffer or b"")
        assert b"?" not in request.url.encode()
        for secret in ("canary", "walnut", key, *(f" {word} " for word in told.words), " ".join(told.words)):
            assert secret.encode() not in sent, (secret, request.url)


def test_the_browser_keeps_nothing(page: Page, site: RunningSite, told: Told) -> None:
    write_back(site, told, "Which school gate?")
    open_reply(page, site, told.words)
    add_more(page, "The back one")
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert page.evaluate("[history.state, location.search, location.hash]") == [None, "", ""]
    page.reload()
    assert page.locator("#words").input_value() == ""
    expect(page.locator("#conversation")).to_be_hidden()


def test_nothing_of_it_stands_in_the_clear(
    teller: Page, site: RunningSite, told: Told, make_backup: Callable[[], Any]
) -> None:
    canaries = [f"canary {what} {secrets.token_hex(4)}" for what in ("wrote", "added", "kept waiting")]
    wrote, added, refused = canaries
    write_back(site, told, wrote)
    open_reply(teller, site, told.words)
    assert wrote in teller.locator("#messages").inner_text()
    add_more(teller, added)
    mail_with(site, added)
    type_words(teller, site, refused)
    teller.locator("#wrong:visible").wait_for()
    make_backup()
    for canary in (*canaries, " ".join(told.words), key_of(told)):
        for form in (canary, canary.replace(" ", "+"), canary.replace(" ", "%20")):
            assert files_holding(site.data.parent, form.encode()) == [], form


def test_enter_opens_as_in_a_box_of_one_line(page: Page, site: RunningSite, told: Told) -> None:
    page.goto(f"{site.address}/tell-us/reply/")
    page.locator("#words").fill(" ".join(told.words))
    page.locator("#words").press("Enter")
    page.locator("#messages:visible").wait_for()


def test_an_empty_box_is_said_beside_it(page: Page, site: RunningSite, told: Told) -> None:
    open_reply(page, site, told.words)
    page.locator("#text").fill(" \n ")
    press(page, "Send to the MASH team")
    expect(page.locator("#text-error")).to_contain_text("Write what you want to add")
    expect(page.locator("#text")).to_be_focused()
    page.locator("#text").fill("more")
    expect(page.locator("#text-error")).to_have_count(0)


def test_too_long_a_text_is_kept_and_said(page: Page, site: RunningSite, told: Told) -> None:
    open_reply(page, site, told.words)
    page.locator("#text").fill("🦊" * 20_003)
    press(page, "Send to the MASH team")
    expect(page.locator("#trouble")).to_contain_text("It is 3 characters too long. All your words are still here.")
    assert page.locator("#text").input_value() == "🦊" * 20_003
    page.locator("#text").fill("🦊" * 20_000)
    press(page, "Send to the MASH team")
    page.locator("#thanks:visible").wait_for()
    assert added_texts(site, told) == ["🦊" * 20_000]


def test_a_lost_answer_keeps_every_word_and_is_kept_once(page: Page, site: RunningSite, told: Told) -> None:
    """The letter arrives and the answer does not; the same text again is the same letter, another text is another."""
    open_reply(page, site, told.words)
    page.route("**/tell-us/reply/sealed/", lose_the_answer)
    page.locator("#text").fill("canary cloudy")
    for _ in range(2):
        press(page, "Send to the MASH team")
        expect(page.locator("#trouble")).to_contain_text("The connection was lost")
        expect(page.locator("#send")).to_be_enabled()
        assert page.locator("#text").input_value() == "canary cloudy"
        assert page.locator("#numbers").get_by_text("999").is_visible()
    page.unroute("**/tell-us/reply/sealed/")
    add_more(page, "canary sunny")
    assert added_texts(site, told) == ["canary cloudy", "canary sunny"]
    assert [line.split()[0] for line in shown(page)] == ["You", "You", "You"]
    expect(page.locator("#trouble")).to_be_hidden()
    assert page.locator("#text").input_value() == ""


def test_the_same_text_again_is_kept_again(teller: Page, site: RunningSite, told: Told) -> None:
    """Once it is kept, writing the same is not trying again."""
    open_reply(teller, site, told.words)
    for times in (1, 2):
        add_more(teller, "It happened again.")
        expect(teller.locator("#messages li")).to_have_count(1 + times)
    assert added_texts(site, told) == ["It happened again."] * 2


def lose_the_answer(route) -> None:  # type: ignore[no-untyped-def]
    route.fetch()
    route.abort()


def test_if_it_cannot_be_locked_here_the_person_is_asked(page: Page, site: RunningSite, told: Told) -> None:
    write_back(site, told, "Which school gate?")
    page.route("**/tell-us/keys/", lambda route: route.abort())
    open_reply(page, site, told.words)
    page.locator("#text").fill("canary asked first")
    press(page, "Send to the MASH team")
    page.get_by_role("heading", name="We could not lock your words").wait_for()
    assert added_texts(site, told) == []
    follow(page.get_by_role("button", name="Send them and lock them there"))
    page.locator("#thanks:visible").wait_for()
    [letter] = letters(site, told.reference, "addition")
    assert letter["sealed"] == "server"
    assert "Which school gate?" in page.locator("#messages").inner_text()
    assert "canary" not in page.content()


def test_if_it_cannot_be_opened_here_the_person_is_asked(page: Page, site: RunningSite, told: Told) -> None:
    write_back(site, told, "Which school gate?")
    page.route("**/openpgp*", lambda route: route.abort())
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    type_words(page, site, " ".join(told.words))
    page.get_by_role("heading", name="We could not open it").wait_for()
    assert posted == []
    follow(page.get_by_role("button", name="Open it over a safe connection"))
    assert "Which school gate?" in page.locator("#messages").inner_text()


def test_a_message_that_does_not_open_here_can_be_opened_there(page: Page, site: RunningSite, told: Told) -> None:
    write_back(site, told, "Which school gate?")
    # A browser of some years ago that cannot do what opening needs.
    page.add_init_script("crypto.subtle.decrypt = () => Promise.reject(new Error('no'));")
    page.add_init_script("crypto.subtle.encrypt = () => Promise.reject(new Error('no'));")
    page.add_init_script("crypto.subtle.digest = () => Promise.reject(new Error('no'));")
    open_reply(page, site, told.words)
    assert "There is a message here that we could not open" in shown(page)[1]
    assert page.locator("#messages a[href^='tel:']").count() == 1
    follow(page.get_by_role("button", name="Open it over a safe connection"))
    assert "Which school gate?" in shown(page)[1]


KEYS = "from reporting.inbox.models import SealingKey; SealingKey.objects.filter(role='inbox').update(in_use={in_use})"


@contextmanager
def no_inbox_key(site: RunningSite) -> Iterator[None]:
    site.python(KEYS.format(in_use=False))
    try:
        yield
    finally:
        site.python(KEYS.format(in_use=True))


def test_while_nothing_can_be_sealed_messages_open_and_adding_is_the_numbers(
    teller: Page, site: RunningSite, told: Told
) -> None:
    write_back(site, told, "Which school gate?")
    with no_inbox_key(site):
        open_reply(teller, site, told.words)
    assert "Which school gate?" in shown(teller)[1]
    expect(teller.locator("#text")).to_be_hidden()
    expect(teller.get_by_role("heading", name="Please call to add more")).to_be_visible()
    expect(teller.get_by_role("heading", name="Need help now?")).to_be_visible()


def test_each_page_says_which_way_is_true(teller: Page, site: RunningSite, told: Told) -> None:
    script = has_script_of(teller, site)
    words_note = teller.locator(".lock:visible").inner_text()
    assert ("do not leave this phone" in words_note) is script
    assert ("our server’s memory" in words_note) is not script
    open_reply(teller, site, told.words)
    box_note = teller.locator(".lock:visible").inner_text()
    assert ("locked here first" in box_note) is script
    assert ("locked as soon as they reach us" in box_note) is not script


def test_a_reload_after_sending_without_script_keeps_it_once(browser: Browser, site: RunningSite, told: Told) -> None:
    with without_script(browser) as page:
        open_reply(page, site, told.words)
        add_more(page, "canary once")
        page.reload()
        page.locator("#thanks:visible").wait_for()
    assert added_texts(site, told) == ["canary once"]
