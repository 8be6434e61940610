"""Every state of the form and of the reply page, one after the other, for tests that look at each of them.

Each walk leads a page from state to state and gives the name of the one in which it stands.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route

from tests.browser.conftest import RunningSite
from tests.browser.replying import add_more, has_script, open_reply, press, type_words
from tests.browser.telling import Told, asks_one_at_a_time, follow, go_to_check, send

#: It names help in front of Send.
DISTRESS = "I want to die. A grey car waits by the park."
PAUSE = """
from django.utils import timezone
from reporting.inbox.models import Officer, Pause
Pause.objects.create(officer=Officer.objects.get(user__username='officer'), reason="nobody", since=timezone.now())
"""
LIFT = "from reporting.inbox.models import Pause; Pause.objects.all().delete()"
#: How sending ends with script, by what answers: a status and what it says, or None for a lost connection.
NOT_SENT: dict[str, tuple[int, dict[str, bool]] | None] = {
    "Not sent yet": None,
    "We did not get it": (503, {}),
    "We could not lock your words on this phone or computer": (422, {}),
}


def without_script_of_ours(page: Page) -> None:
    """Keeps only the site's own script away, so that axe, which is script itself, still runs."""
    page.route("**/js/**", lambda route: route.abort())


@contextmanager
def paused(site: RunningSite) -> Iterator[None]:
    """While an officer pauses the form."""
    site.python(PAUSE)
    try:
        yield
    finally:
        site.python(LIFT)


# --- Telling ----------------------------------------------------------------------------------------------------


def telling(page: Page, site: RunningSite) -> Iterator[str]:
    """From the start to the sent page, with whatever goes wrong on the way."""
    page.goto(f"{site.address}/tell-us/")
    yield "start"
    follow(page.get_by_role("link", name="Start"))
    yield "before you start"
    follow(page.get_by_role("link", name="Go to the questions"))
    if asks_one_at_a_time(page):
        yield from one_at_a_time(page)
    else:
        yield from on_one_page(page, site)
    send(page)
    yield "sent"


def one_at_a_time(page: Page) -> Iterator[str]:
    for voice in ("friend", "me"):
        yield from each_question(page, voice)
        yield f"check, {voice}"
        if voice == "friend":
            page.get_by_role("button", name="Change danger right now").click()
    for heading, answer in NOT_SENT.items():
        with_answer(page, "**/tell-us/sealed/", answer)
        page.locator("#send").click()
        page.locator("#trouble h2", has_text=heading).wait_for()
        yield heading
        page.unroute("**/tell-us/sealed/")


def each_question(page: Page, voice: str) -> Iterator[str]:
    """Each screen with each of its notes, and the error where the story is missing."""
    go_on = page.get_by_role("button", name="Continue")
    while page.locator("#check").is_hidden():
        screen = page.locator(".q:visible")
        name = f"{screen.get_attribute('id')}, {voice}"
        if name.startswith("q-story") and not page.locator("#story").input_value():
            go_on.click()
            yield "error"
            page.locator("#story").fill(DISTRESS)
        for note in screen.locator("[data-note]").all():
            screen.locator(f"input[value='{note.get_attribute('data-note')}']").first.check(force=True)
            yield f"{name}, note on {note.get_attribute('data-note')}"
        for value in ("danger-yes", f"who-{voice}", "restricted-yes", "contact-yes"):
            if screen.locator(f"#{value}").count():
                page.locator(f"#{value}").check(force=True)
        yield name
        go_on.click()


def on_one_page(page: Page, site: RunningSite) -> Iterator[str]:
    yield "questions"
    follow(page.get_by_role("button", name="Check what you wrote"))
    assert page.title().startswith("Error:")
    yield "error"
    page.locator("#danger-yes").check(force=True)
    page.locator("#restricted-yes").check(force=True)
    page.locator("#story").fill(DISTRESS)
    go_to_check(page)
    yield "check"
    page.locator("[name=token]").evaluate("(token) => { token.value = 'not ours'; }")
    follow(page.get_by_role("button", name="Send to the MASH team"))
    yield "stale"
    with paused(site):
        follow(page.get_by_role("button", name="Send to the MASH team"))
    yield "not sent"


def with_answer(page: Page, address: str, answer: tuple[int, dict[str, bool]] | None) -> None:
    """Answer for the server, or let the connection be lost."""

    def reply(route: Route) -> None:
        if answer:
            route.fulfill(status=answer[0], json=answer[1])
        else:
            route.abort()

    page.route(address, reply)


# --- Coming back ------------------------------------------------------------------------------------------------


def coming_back(page: Page, site: RunningSite, told: Told) -> Iterator[str]:
    """From wrong words to what was added, with whatever goes wrong on the way."""
    page.goto(f"{site.address}/tell-us/reply/")
    in_the_browser = has_script(page)
    yield "asks for the words"
    type_words(page, site, "hello")
    page.locator("#wrong:visible").wait_for()
    yield "wrong words"
    open_reply(page, site, told.words)
    yield "conversation"
    press(page, "Send to the MASH team")
    page.locator("#text-error").wait_for()
    yield "error"
    page.locator("#text").fill(DISTRESS)
    if in_the_browser:
        page.locator("#distress:visible").wait_for()
        yield "distress"
        yield from cannot_add(page)
    else:
        with paused(site):
            press(page, "Send to the MASH team")
        page.locator("#distress:visible").wait_for()
        yield "closed while writing, distress"
    add_more(page, "At the back gate.")
    yield "added"
    with paused(site):
        page.goto(f"{site.address}/tell-us/reply/")
        yield "asks for the words, paused"
        open_reply(page, site, told.words)
        yield "conversation, paused"
    if in_the_browser:
        yield from cannot_open(page, site, told)


def cannot_add(page: Page) -> Iterator[str]:
    gone: dict[str, tuple[int, dict[str, bool]] | None] = {"Your code words do not work any more": (404, {})}
    for heading, answer in (NOT_SENT | gone).items():
        with_answer(page, "**/tell-us/reply/sealed/", answer)
        page.locator("#send").click()
        page.locator("#trouble h2", has_text=heading).wait_for()
        yield f"adding: {heading}"
        page.unroute("**/tell-us/reply/sealed/")


def cannot_open(page: Page, site: RunningSite, told: Told) -> Iterator[str]:
    for heading, address, answer in (
        ("Not opened yet", "**/reply/messages/", None),
        ("We cannot look just now", "**/reply/messages/", (503, {})),
        ("We could not open it on this phone or computer", "**/openpgp*", None),
    ):
        with_answer(page, address, answer)
        type_words(page, site, " ".join(told.words))
        page.locator("#trouble h2", has_text=heading).wait_for()
        yield heading
        page.unroute(address)
