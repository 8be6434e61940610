"""The main job on real input: told in a browser, sealed, kept, mailed, opened with gpg, nowhere in the clear."""

import email
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite, gpg_opens

pytestmark = pytest.mark.browser
WAIT_SECONDS = 30


def tell(page: Page, site: RunningSite, story: str) -> str:
    """Tell a concern by hand; the reference that the sent page shows."""
    page.goto(f"{site.address}/tell-us/")
    page.get_by_label("I’m not sure", exact=True).check(force=True)
    page.get_by_label("What have you seen or heard?").fill(story)
    page.get_by_label("A friend", exact=True).check(force=True)
    page.get_by_role("button", name="Check what you wrote").click()
    assert story in page.locator("dl").inner_text()
    page.get_by_role("button", name="Send to the MASH team").click()
    page.get_by_role("heading", name="We have it").wait_for()
    found = re.search(r"[A-Z][2-9]-\d{3}", page.locator("main").inner_text())
    assert found
    return found[0]


def mail_with(site: RunningSite, story: str) -> bytes:
    """The mail whose sealed part says the story; waits for the worker."""
    deadline = time.monotonic() + WAIT_SECONDS
    seen: set[Path] = set()
    while time.monotonic() < deadline:
        for file in set(site.mailbox.glob("*.eml")) - seen:
            seen.add(file)
            opened = gpg_opens(site, sealed_part(file.read_bytes()))
            if story.encode() in b"".join(decoded_parts(opened)):
                return file.read_bytes()
        time.sleep(0.2)  # polls a condition, with an end
    raise AssertionError(f"No mail arrived with it. The site said:\n{site.log.read_text()}")


def sealed_part(mail: bytes) -> bytes:
    message = email.message_from_bytes(mail)
    assert message.get_content_type() == "multipart/encrypted"
    payload = message.get_payload()[1].get_payload(decode=True)  # type: ignore[index, union-attr]
    assert isinstance(payload, bytes)
    return payload


def decoded_parts(entity: bytes) -> Iterator[bytes]:
    for part in email.message_from_bytes(entity).walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield payload


def files_holding(folder: Path, words: bytes) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and words in file.read_bytes()]


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def teller(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def test_a_concern_reaches_the_mailbox_and_opens_with_gpg(
    teller: Page, site: RunningSite, request: pytest.FixtureRequest
) -> None:
    story = f"Canary {request.node.callspec.id}: a grey car, “every” Friday, naïve ✓ 狐"
    tell(teller, site, story)
    assert mail_with(site, story)


def test_what_was_told_stands_nowhere_in_the_clear(
    teller: Page, site: RunningSite, request: pytest.FixtureRequest, make_backup: Callable[[], Path]
) -> None:
    canary = f"canary periwinkle {'one' if 'on' in request.node.callspec.id.split()[-1:] else 'two'}"
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


def test_an_error_moves_to_what_must_be_put_right(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.address}/tell-us/")
    page.get_by_label("A friend", exact=True).check(force=True)
    page.get_by_role("button", name="Check what you wrote").click()
    expect(page.locator(".esum")).to_be_focused()
    page.locator(".esum a").click()
    expect(page.get_by_label("What have you seen or heard?")).to_be_focused()
    assert page.get_by_label("A friend", exact=True).is_checked()


def test_change_brings_the_words_back(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.address}/tell-us/")
    page.get_by_label("What have you seen or heard?").fill("one\n\n  two")
    page.get_by_role("button", name="Check what you wrote").click()
    page.get_by_role("button", name="Change something").click()
    assert page.get_by_label("What have you seen or heard?").input_value() == "one\n\n  two"


def test_reloading_the_sent_page_does_not_send_twice(page: Page, site: RunningSite) -> None:
    reference = tell(page, site, "A worry, told for a test.")
    page.reload()
    assert reference in page.locator("main").inner_text()
