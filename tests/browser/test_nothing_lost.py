"""Whoever reads "We have it" is right, whatever process is killed and when: kept once, delivered, and it opens."""

import html
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.supervise import PARTS as DEMONSTRATION
from tests.browser.conftest import ROOT, RunningSite, site_in, wait_until_it_answers
from tests.browser.keeping import reports_kept, said_by, sealed_mails

# ruff: noqa: S310 (only our own site is asked)
pytestmark = pytest.mark.browser
#: Two delivery workers, as on two machines: they must not stand in each other's way.
PARTS = DEMONSTRATION | {"second delivery": DEMONSTRATION["delivery"]}
CONCERNS = 24
TELLERS = 3
KILLS = 6
END_SECONDS = 150


class Parts:
    """The processes of one site, each of which can be killed and started again."""

    def __init__(self, site: RunningSite) -> None:
        self.site = site
        self.log = site.log.open("wb")
        self.running = {name: self.start(name) for name in PARTS}

    def start(self, name: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, *PARTS[name]],
            cwd=ROOT,
            env=self.site.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def kill(self, name: str) -> None:
        """SIGKILL to a part with all its workers: nobody gets to say goodbye."""
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()

    def stop(self) -> None:
        for name in self.running:
            self.kill(name)
        self.log.close()


@pytest.fixture
def parts(tmp_path: Path, loaded: Path, loaded_database: str) -> Iterator[Parts]:
    site = site_in(tmp_path, "phoenix_faults", (loaded, loaded_database))
    site.manage("demo", "--only-prepare", "--without-samples")
    parts = Parts(site)
    try:
        wait_until_it_answers(site, parts.running["site"])
        yield parts
    finally:
        parts.stop()


def post(site: RunningSite, path: str, **fields: str) -> str:
    body = urllib.parse.urlencode(fields).encode()
    with urllib.request.urlopen(urllib.request.Request(site.address + path, body), timeout=30) as answer:
        return html.unescape(answer.read().decode())


def insist(site: RunningSite, path: str, deadline: float, **fields: str) -> str:
    """Post until there is an answer, as a person does who is told to try again."""
    while True:
        try:
            return post(site, path, **fields)
        except (OSError, http.client.HTTPException):  # refused, cut off, or killed in the middle of its answer
            assert time.monotonic() < deadline, site.log.read_text()[-3000:]
            time.sleep(0.1)  # polls a condition, with an end


def tell(site: RunningSite, number: int, deadline: float) -> str:
    """Tell concern `number`; the reference under which it was acknowledged."""
    concern = {"story": f"concern number {number}.", "danger": "no"}
    check = insist(site, "/tell-us/questions/", deadline, **concern)
    token, words = (re.search(rf'name="{name}" value="([^"]+)"', check) for name in ("token", "words"))
    assert token
    assert words
    sent = insist(site, "/tell-us/send/", deadline, token=token[1], words=words[1], **concern)
    found = re.search(r"[A-Z][2-9]-\d{3}", sent)
    assert found, sent
    return found[0]


def test_killing_web_and_worker_loses_no_acknowledged_report(parts: Parts) -> None:
    site, deadline = parts.site, time.monotonic() + END_SECONDS
    acknowledged: dict[int, str] = {}
    waiting = list(range(CONCERNS))
    changed = threading.Condition()

    def teller() -> None:
        while True:
            with changed:
                if not waiting:
                    return
                number = waiting.pop()
            reference = tell(site, number, deadline)
            with changed:
                acknowledged[number] = reference
                changed.notify_all()

    tellers = [threading.Thread(target=teller) for _ in range(TELLERS)]
    for thread in tellers:
        thread.start()
    # A kill follows an acknowledgement by chance: a moment at which another concern is somewhere on its way.
    chance = random.Random()  # noqa: S311
    moments = sorted(chance.sample(range(1, CONCERNS - TELLERS), KILLS))
    for moment in moments:
        with changed:
            assert changed.wait_for(lambda: len(acknowledged) >= moment, timeout=END_SECONDS)  # noqa: B023
        name = chance.choice(["site", "delivery", "second delivery"])
        parts.kill(name)
        parts.running[name] = parts.start(name)
    for thread in tellers:
        thread.join(timeout=END_SECONDS)
    assert sorted(acknowledged) == list(range(CONCERNS)), site.log.read_text()[-3000:]
    assert len(set(acknowledged.values())) == CONCERNS, "two people were given the same reference"
    assert told_in_the_mailbox(site, deadline) == {f"concern number {n}." for n in range(CONCERNS)}
    # Trying again made no second report: as many stand in the database as were told.
    assert reports_kept(site) == CONCERNS


def told_in_the_mailbox(site: RunningSite, deadline: float) -> set[str]:
    """What gpg reads in the mailbox, when everything is delivered: a mail whose worker died waits for its lease."""
    released = "from reporting.inbox.models import OutboxMail; OutboxMail.objects.update(next_attempt_at=None)"
    site.python(released)
    while len(sealed_mails(site)) < CONCERNS and time.monotonic() < deadline:
        time.sleep(0.2)  # polls a condition, with an end
    stories = set()
    for mail in sealed_mails(site):
        stories |= set(re.findall(r"concern number \d+\.", said_by(site, mail).decode()))
    return stories
