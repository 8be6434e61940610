"""A concern that was told, with its code words, and an officer who writes back; what a page says and sends along."""

import html
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from reporting.concern.form import ConcernForm
from reporting.concern.letter import seal_concern
from reporting.concern.slow import derive_in_turn
from reporting.inbox.keys import usable_keys
from reporting.inbox.models import Officer, Reply, Report
from reporting.inbox.receive import receive, the_hour
from reporting.sealing.code_words import make
from tests.replies import lock, reply_data

STORY = "canary violet teapot: a grey car waits by the park"


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def token_on(response: Any) -> str:
    """The token that the form on this page sends along."""
    found = re.search(r'name="token" value="([^"]+)"', text_of(response))
    assert found, "there is nothing to send"
    return found[1]


@dataclass
class Told:
    """A report, the words its reporter kept, and the two values made of them."""

    report: Report
    words: str
    lookup: str
    reply_key: str


@pytest.fixture
def told(keys_in_use: None) -> Told:
    form = ConcernForm({"story": STORY, "danger": "no"})
    assert form.is_valid()
    words = make()
    code_words, digest = derive_in_turn(words)
    sealed, bucket = seal_concern(form.answers(), usable_keys(), timezone.now(), code_words.reply_key)
    report = receive(sealed, report_id=uuid.uuid4(), danger=False, size_bucket=bucket, lookup_digest=digest)
    return Told(report, words, code_words.lookup, code_words.reply_key)


WriteBack = Callable[..., Reply]


@pytest.fixture
def write_back(told: Told) -> WriteBack:
    """A function that keeps a reply as the desk does: from a text, from other data, or from bytes as they are."""
    user = User.objects.create_user("officer")
    # Placeholders for the officer's own keys: replies are not locked with them.
    officer = Officer.objects.create(user=user, fingerprint="0" * 40, public_key="-", locked_key="-")

    def write(what: str | dict[str, object] | bytes, hour: datetime | None = None) -> Reply:
        data = reply_data(what) if isinstance(what, str) else what
        locked = data if isinstance(data, bytes) else lock(data, told.reply_key)
        hour = hour or the_hour(timezone.now())
        return Reply.objects.create(report=told.report, hour=hour, officer=officer, locked=locked)

    return write
