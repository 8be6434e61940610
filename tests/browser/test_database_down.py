"""The day the database is down: people still get the numbers, and nobody's words are lost."""
# ruff: noqa: S310 (only our own site is asked)

import html
import os
import re
import signal
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.conftest import RunningSite

pytestmark = pytest.mark.browser
STORY = "canary marmalade: a grey car waits by the park"


def ask(site: RunningSite, path: str, **fields: str) -> tuple[int, str]:
    """Status and text of an answer; a post if there are fields."""
    body = urllib.parse.urlencode(fields).encode() if fields else None
    try:
        with urllib.request.urlopen(urllib.request.Request(site.address + path, body), timeout=60) as answer:
            return answer.status, html.unescape(answer.read().decode())
    except urllib.error.HTTPError as refusal:
        return refusal.code, html.unescape(refusal.read().decode())
    except (urllib.error.URLError, ConnectionError):
        return 0, ""


@contextmanager
def database_down(site: RunningSite) -> Iterator[None]:
    """Take the real database away, and bring it back."""
    if url := site.environment.get("DATABASE_URL"):
        with postgres_closed(url):
            yield
        return
    hidden = site.data / "hidden"
    hidden.mkdir()
    for file in site.data.glob("phoenix.sqlite3*"):
        file.rename(hidden / file.name)
    # A folder cannot be opened as a database, and SQLite cannot make a new file in its place.
    (site.data / "phoenix.sqlite3").mkdir()
    # Connections that are open keep the moved file; new workers have none.
    replace_workers(site)
    try:
        yield
    finally:
        (site.data / "phoenix.sqlite3").rmdir()
        for file in hidden.iterdir():
            file.rename(site.data / file.name)
        hidden.rmdir()


def replace_workers(site: RunningSite) -> None:
    """Have gunicorn start new workers, and wait until every old one is gone."""
    gunicorn = children(site.pid, "gunicorn")[0]
    old = set(children(gunicorn))
    os.kill(gunicorn, signal.SIGHUP)
    until = time.monotonic() + 60
    while not (now := set(children(gunicorn))) or now & old:
        assert time.monotonic() < until, "the old workers did not end"
        time.sleep(0.1)  # polls a condition, with an end


def children(process: int, words: str = "") -> list[int]:
    """The processes below one, those whose command holds the words."""
    below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(child) for child in below if words in Path(f"/proc/{child}/cmdline").read_text()]


@contextmanager
def postgres_closed(url: str) -> Iterator[None]:
    import psycopg

    name = urllib.parse.urlsplit(url).path.removeprefix("/")
    admin = urllib.parse.urlsplit(url)._replace(path="/postgres").geturl()

    def allow(connections: str) -> None:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {connections}'.encode())
            if connections == "false":
                connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    allow("false")
    try:
        yield
    finally:
        allow("true")


def test_pages_become_the_numbers(site: RunningSite) -> None:
    with database_down(site):
        for path in ("/", "/young-people/", "/find-help/", "/tell-us/", "/no-such-page/"):
            status, page = ask(site, path)
            assert status == 503, path
            assert page.count("<h1") == 1
            assert "tel:999" in page
            assert "tel:08001111" in page
    assert ask(site, "/")[0] == 200


def test_words_written_before_it_went_down_are_kept_and_can_be_sent_later(site: RunningSite) -> None:
    with database_down(site):
        status, check = ask(site, "/tell-us/questions/", story=STORY)
        assert status == 200
        assert STORY in check
        token = re.search(r'name="token" value="([^"]+)"', check)
        assert token
        status, page = ask(site, "/tell-us/send/", story=STORY, token=token[1])
        assert status == 503
        assert "We did not get it" in page
        assert STORY in page
        assert "tel:999" in page
        kept = re.search(r'name="token" value="([^"]+)"', page)
        assert kept
    status, page = ask(site, "/tell-us/send/", story=STORY, token=kept[1])
    assert status == 200
    assert "We have it" in page


def test_towns_and_neighbours_are_there_while_it_is_down(site: RunningSite) -> None:
    with database_down(site):
        status, page = ask(site, "/tell-us/questions/", town="Nowhere Magna")
    assert status == 422
    assert 'value="Nowhere Magna"' in page
    assert '<option value="Salisbury">' in page
    assert re.search(r'data-note="yes">.*href="tel:01793464646"', page, re.S)


def test_code_words_and_what_was_added_are_kept_while_it_is_down(site: RunningSite) -> None:
    _, check = ask(site, "/tell-us/questions/", story=STORY)
    hidden = re.search(r'name="words" value="([^"]+)"', check), re.search(r'name="token" value="([^"]+)"', check)
    assert all(hidden)
    words, told = (found[1] for found in hidden if found)
    assert ask(site, "/tell-us/send/", story=STORY, token=told, words=words)[0] == 200
    _, conversation = ask(site, "/tell-us/reply/", words=words)
    token = re.search(r'name="token" value="([^"]+)"', conversation)
    assert token
    more = {"words": words, "token": token[1], "text": "canary quince: it was there again"}
    with database_down(site):
        assert ask(site, "/tell-us/reply/")[0] == 200
        status, page = ask(site, "/tell-us/reply/", words=words)
        assert status == 503
        assert "We cannot look just now" in page
        assert f"\n{words}</textarea>" in page
        assert "tel:999" in page
        status, page = ask(site, "/tell-us/reply/add/", **more)
        assert status == 503
        assert "We did not get it" in page
        assert more["text"] in page
        assert "tel:999" in page
    status, page = ask(site, "/tell-us/reply/add/", **more)
    assert status == 200
    assert "Thank you. What you added is locked" in page
    assert more["text"] not in page


def test_the_numbers_lie_on_disk_before_the_first_visitor(site: RunningSite) -> None:
    assert "0800 1111" in Path(site.data / "contacts.json").read_text()
