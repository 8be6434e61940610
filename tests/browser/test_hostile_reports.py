"""Whatever a stranger seals, or a server in wrong hands puts in its place, harms nothing at the desk: it shows as text,
or as something that cannot be opened, and the reports beside it still open."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from reporting.sealing import PublicKey, admit, as_text, build, seal
from tests.browser.conftest import ROOT, RunningSite
from tests.browser.desking import keep_as_it_is, open_report, row, sign_in, unlock
from tests.browser.telling import tell
from tests.conftest import gpg

pytestmark = pytest.mark.browser
MARKUP = '<img src=x onerror="document.title=1"><script>alert(1)</script><a href="https://bad.example/">here</a>'
HIDDEN = "seen" + "".join(chr(0xE0000 + ord(letter)) for letter in "hidden words") + "\u200b\u2060\ufeff after"
BIDI = "before \u202etxet desrever\u202c \u2066isolated\u2069 \u200fafter"
HEADERS = {"subject": "New concern", "sender": "a@demo.example", "recipient": "b@demo.example"}


@pytest.fixture(scope="module")
def team(site: RunningSite) -> list[PublicKey]:
    demo = site.data / "demo"
    return [admit((demo / f"{role}-public.asc").read_text()) for role in ("inbox", "recovery")]


def concern(story: Any, **more: Any) -> dict[str, Any]:
    answers = [{"key": "story", "question": MARKUP, "answer": story}, *more.pop("answers", [])]
    return {"schema": 1, "sent": "2026-11-22T10:05Z", "sealed": "browser", "reply_key": "", "answers": answers, **more}


def sealed(team: list[PublicKey], report: Any) -> bytes:
    message = seal(build(report, as_text([("What", "text")]), **HEADERS), team)
    return message.pkesk + message.body


def sealed_bytes(team: list[PublicKey], octets: bytes) -> bytes:
    message = seal(octets, team)
    return message.pkesk + message.body


def with_json(value: str) -> bytes:
    """An entity of our shape around any JSON."""
    import base64

    coded = base64.encodebytes(value.encode()).replace(b"\n", b"\r\n")
    entity = build(concern("x"), "text\n", **HEADERS)
    head, mark, _ = entity.partition(b'filename="report.json"\r\n\r\n')
    return head + mark + coded + b"--=_sealed_concern--\r\n"


def bomb(site: RunningSite, tmp_path: Path) -> bytes:
    """60 MB of noughts, packed by gpg into some kilobytes and sealed to the inbox key."""
    import shutil
    import tempfile

    home = Path(tempfile.mkdtemp(prefix="gpg-", dir="/tmp"))
    demo = site.data / "demo"
    (tmp_path / "noughts").write_bytes(bytes(60_000_000))
    try:
        gpg(home, demo / "recovery-passphrase.txt", "--import", str(demo / "inbox-public.asc"))
        options = ["--trust-model", "always", "-z", "9", "--compress-algo", "zlib", "-r", "mash@demo.example"]
        return gpg(
            home, demo / "recovery-passphrase.txt", *options, "--output", "-", "--encrypt", str(tmp_path / "noughts")
        )
    finally:
        subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=False)
        shutil.rmtree(home, ignore_errors=True)


def foreign(tmp_path: Path) -> bytes:
    """Sealed to the keys of another demonstration."""
    folder = tmp_path / "foreign"
    folder.mkdir()
    subprocess.run(["node", "reporting/inbox/demo_keys.mjs", str(folder)], cwd=ROOT, check=True, capture_output=True)
    others = [admit((folder / f"{role}-public.asc").read_text()) for role in ("inbox", "recovery")]
    return sealed(others, concern("not for you"))


@pytest.fixture(scope="module")
def hostile(site: RunningSite, team: list[PublicKey], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Name → reference of a report that holds something hostile."""
    tmp_path = tmp_path_factory.mktemp("hostile")
    good = sealed(team, concern("good"))
    deep = "[" * 20_000 + "]" * 20_000
    messages = {
        "markup": sealed(team, concern(MARKUP, answers=[{"key": MARKUP, "question": MARKUP, "answer": MARKUP}])),
        "bidi": sealed(team, concern(BIDI)),
        "hidden": sealed(team, concern(HIDDEN)),
        "long line": sealed(team, concern("x" * 90_000)),
        "many marks": sealed(team, concern("\u202e" * 20_000)),
        "wrong types": sealed(team, {"answers": [1, None, [], {"key": 5, "question": {}, "answer": ["x"]}], "sent": 7}),
        "many answers": sealed(team, concern("x", answers=[{"key": "a", "question": "b", "answer": "c"}] * 500)),
        "answers is text": sealed(team, {"answers": "all of it", "reply_key": 5, "sent": "yesterday"}),
        "prototype": sealed_bytes(team, with_json('{"__proto__": {"answers": []}, "constructor": 1, "answers": null}')),
        "an array": sealed_bytes(team, with_json("[1, 2, 3]")),
        "a number": sealed_bytes(team, with_json("5")),
        "not JSON": sealed_bytes(team, with_json("{")),
        "deep": sealed_bytes(team, with_json(deep)),
        "plain text": sealed_bytes(team, b"Just text, " + MARKUP.encode()),
        "noise": sealed_bytes(team, bytes(range(256)) * 8),
        "bomb": bomb(site, tmp_path),
        "foreign key": foreign(tmp_path),
        "cut": good[:-20],
        "flipped": good[:-40] + bytes([good[-40] ^ 1]) + good[-39:],
        "nothing": b"",
        "no OpenPGP": b"\x00" * 500,
    }
    return {name: keep_as_it_is(site, message) for name, message in messages.items()}


@pytest.fixture(scope="module")
def desk(browser: Browser, site: RunningSite, hostile: dict[str, str]) -> Iterator[Page]:
    """One unlocked desk for all of them: what one does must not disturb the next."""
    context = browser.new_context()
    told = tell(context.new_page(), site, "A plain report among the others.")
    page = context.new_page()
    page.troubles = []  # type: ignore[attr-defined]
    page.on("console", lambda m: page.troubles.append(m.text) if m.type in ("error", "warning") else None)  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.troubles.append(str(error)))  # type: ignore[attr-defined]
    page.on("dialog", lambda dialog: page.troubles.append(f"dialog {dialog.message}"))  # type: ignore[attr-defined]
    page.on("request", lambda r: page.troubles.append(r.url) if not r.url.startswith(site.address) else None)  # type: ignore[attr-defined]
    sign_in(page, site)
    unlock(page, site)
    expect(row(page, told.reference)).to_contain_text("A plain report among the others.")
    yield page
    context.close()


SHOWN = {
    "markup": MARKUP,
    "bidi": "before U+202Etxet desrever",
    "hidden": "seen" + "\ufffd" * 15 + " after",
    "wrong types": "No story",
    "answers is text": "This was not written with our form. It is shown as it is.What\n  text",
    "prototype": "This was not written with our form",
    "an array": "This was not written with our form",
    "a number": "This was not written with our form",
    "not JSON": "This was not written with our form. It is shown as it is.text",
    "deep": "This was not written with our form",
    "plain text": "Just text, " + MARKUP,
    "noise": "This was not written with our form",
    "bomb": "far larger when unpacked",
    "foreign key": "sealed to another key",
    "cut": "cannot be opened",
    "flipped": "cannot be opened. It is damaged",
    "nothing": "cannot be opened",
    "no OpenPGP": "cannot be opened",
    "long line": "x" * 1000,
    "many marks": "U+202E",
}


@pytest.mark.parametrize("name", SHOWN)
def test_it_shows_as_text_or_as_something_that_cannot_be_opened(desk: Page, hostile: dict[str, str], name: str) -> None:
    open_report(desk, hostile[name])
    story = desk.locator("#story")
    expect(story).to_contain_text(SHOWN[name])
    # No element was made of anybody's words, nothing leads anywhere, and the page is no wider than the window.
    addresses = desk.locator("#report a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    others = {f"#{reference}" for reference in hostile.values()}
    led_to = {address for address in addresses if not address.startswith("tel:")}  # numbers of our own records
    assert led_to <= {"/mash/", *others}, "the way back to the list, and reports in which the same stands"
    assert desk.locator("#report :is(img, script, iframe, object)").count() == 0
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert desk.title().endswith(hostile[name])
    desk.get_by_role("link", name="All reports").click()
    expect(desk.get_by_role("heading", name="Reports")).to_be_focused()
    assert desk.troubles == []  # type: ignore[attr-defined]


def test_whatever_stands_where_an_answer_belongs_is_shown(desk: Page, hostile: dict[str, str]) -> None:
    open_report(desk, hostile["wrong types"])
    expect(desk.locator("#answers")).to_contain_text('["x"]')
    expect(desk.locator("#answers")).to_contain_text("Without a question1")
    desk.get_by_role("link", name="All reports").click()
    open_report(desk, hostile["many answers"])
    expect(desk.locator("#too-many")).to_have_text("401 more answers, which the form does not have, are not shown.")
    desk.get_by_role("link", name="All reports").click()


def test_words_are_marked_so_that_nothing_is_done_with_them(desk: Page, hostile: dict[str, str]) -> None:
    open_report(desk, hostile["markup"])
    words = desk.locator("#report .keep")
    assert words.count() > 2
    for number in range(words.count()):
        assert words.nth(number).get_attribute("translate") == "no"
        assert words.nth(number).get_attribute("dir") == "auto"
    for box in desk.locator("#report textarea").all():
        assert box.get_attribute("spellcheck") == "false"
        assert box.get_attribute("autocomplete") == "off"
        assert box.get_attribute("translate") == "no"
    desk.get_by_role("link", name="All reports").click()


def test_the_list_says_which_reports_cannot_be_opened(desk: Page, hostile: dict[str, str]) -> None:
    for name in ("bomb", "foreign key", "cut", "flipped", "nothing", "no OpenPGP"):
        expect(row(desk, hostile[name])).to_contain_text("This report cannot be opened")
    expect(row(desk, hostile["markup"])).to_contain_text(MARKUP[:40])


def test_a_decision_can_be_recorded_about_a_report_that_cannot_be_opened(desk: Page, hostile: dict[str, str]) -> None:
    open_report(desk, hostile["foreign key"])
    desk.get_by_label("Urgency").select_option("blue")
    desk.get_by_label("State").select_option("closed")
    desk.get_by_label("Outcome").select_option("not-real")
    desk.get_by_label("Why").fill("It cannot be opened.")
    desk.get_by_role("button", name="Ask a second officer to close it").click()
    expect(desk.locator("#history")).to_contain_text("It cannot be opened.")
    expect(desk.locator("#proposed-why")).to_contain_text("It cannot be opened.")
    assert json.dumps(desk.troubles) == "[]"  # type: ignore[attr-defined]
