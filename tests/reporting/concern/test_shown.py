"""What a reply may hold: whatever it is, it is shown as text, or is a line with whom to call."""

import base64
import re
from typing import Any

import pytest
from django.test import Client

from reporting.sealing import BUCKETS, build
from tests.replies import lock, lock_entity, reply_data
from tests.reporting.concern.conftest import Told, WriteBack, text_of
from tests.reporting.concern.way_back import lines_of, opened

pytestmark = pytest.mark.django_db
NOT_OPENED = "There is a message here that we could not open. Call us and say your reference."


def test_a_reply_is_shown_as_text_and_nothing_else(client: Client, told: Told, write_back: WriteBack) -> None:
    write_back("<script>alert(1)</script> <b>bold</b> https://example.com/ call [[childline]] {{ words }} &lt;")
    page = opened(client, told.words).content.decode()
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;bold&lt;/b&gt; https://example.com/ call [[childline]]" in page
    )
    assert "{{ words }} &amp;lt;" in page
    assert not re.findall(r"<a [^>]*example\.com", page)


def test_a_reply_stays_as_it_is_written_and_cannot_turn_the_page(
    client: Client, told: Told, write_back: WriteBack
) -> None:
    text = "\u202eturned \u2066isolated\nمرحبا"
    write_back(text)
    page = text_of(opened(client, told.words))
    assert f'<p class="keep" dir="auto" translate="no">{text}</p>' in page


UNREADABLE: dict[str, Any] = {
    "no text": {"schema": 1, "kind": "reply"},
    "an empty text": reply_data(" \n "),
    "a text that is none": {"text": ["a", "b"]},
    "a number": {"text": 7},
    "damaged": b"\xff" * 2200,
    "nothing": b"",
}


@pytest.mark.parametrize("what", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_reply_without_words_says_whom_to_call(client: Client, told: Told, write_back: WriteBack, what: Any) -> None:
    write_back(what)
    write_back("The next one opens.")
    response = opened(client, told.words)
    _, *lines = lines_of(response)
    assert response.status_code == 200
    assert len([line for line in lines if NOT_OPENED in line]) == 1
    assert len([line for line in lines if "The next one opens." in line]) == 1
    closed = next(part for part in response.content.decode().split("<li>") if "could not open" in part)
    assert 'href="tel:' in closed


def test_a_reply_for_other_words_or_spoiled_on_the_way_does_not_open(
    client: Client, told: Told, write_back: WriteBack
) -> None:
    right = lock(reply_data("canary"), told.reply_key)
    write_back(lock(reply_data("canary"), "another key"))
    write_back(right[:-40] + bytes([right[-40] ^ 1]) + right[-39:])
    response = opened(client, told.words)
    assert [NOT_OPENED in line for line in lines_of(response)] == [False, True, True]
    assert "canary" not in text_of(response)


def locked_json(inside: str, reply_key: str) -> bytes:
    """A reply whose `report.json` is this text, whatever it is."""
    entity = build({}, "text\n", subject="s", sender="a@demo.example", recipient="b@demo.example")
    head, mark, _ = entity.partition(b'filename="report.json"\r\n\r\n')
    whole = head + mark + base64.encodebytes(inside.encode()) + b"--=_sealed_concern--\r\n"
    return lock_entity(whole.ljust(next(bucket for bucket in BUCKETS if len(whole) <= bucket)), reply_key)


@pytest.mark.parametrize("inside", ["[1, 2]", "not JSON", "[" * 90_000], ids=["a list", "no JSON", "too deep"])
def test_whatever_is_locked_in_is_no_error(client: Client, told: Told, write_back: WriteBack, inside: str) -> None:
    write_back(locked_json(inside, told.reply_key))
    response = opened(client, told.words)
    assert response.status_code == 200
    assert NOT_OPENED in lines_of(response)[1]


def test_odd_characters_in_a_reply_are_no_error(client: Client, told: Told, write_back: WriteBack) -> None:
    write_back(locked_json('{"text": "a\\u0000b\\u001b\\ud800c"}', told.reply_key))
    assert lines_of(opened(client, told.words))[1].endswith("ab\ufffdc")
