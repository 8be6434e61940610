"""Replies: an officer's browser locks them, browser and server open them, and no other shape is kept."""

import base64
import secrets
import subprocess
from pathlib import Path

import pytest
from pysequoia import encrypt

from reporting.sealing import BUCKETS, MessageRefused, PublicKey, build, check_locked, open_locked, read, seal

HERE = Path(__file__).parent
TEXT = "Thank you for telling us. We have read it. مرحبا 🌄"


def node(what: str, key: str, given: bytes) -> bytes:
    done = subprocess.run(["node", HERE / "reply.mjs", what, key], input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture
def key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def entity(text: str = TEXT) -> bytes:
    return build({"text": text}, text, subject="Reply", sender="a@demo.example", recipient="b@demo.example")


@pytest.fixture
def locked(key: str) -> bytes:
    return node("lock", key, entity())


def test_what_a_browser_locks_server_and_browser_open(locked: bytes, key: str) -> None:
    assert read(open_locked(locked, key)) == {"text": TEXT}
    assert node("open", key, locked) == entity()


@pytest.mark.parametrize(("bucket", "characters"), list(zip(BUCKETS, (200, 2_000, 9_000, 60_000), strict=True)))
def test_replies_of_each_size_are_taken_and_open(key: str, bucket: int, characters: int) -> None:
    given = entity("x" * characters)
    assert len(given) == bucket
    assert open_locked(check_locked(node("lock", key, given)), key) == given


def test_no_other_key_opens_it(locked: bytes) -> None:
    with pytest.raises(MessageRefused, match="cannot be opened"):
        open_locked(locked, base64.b64encode(bytes(32)).decode())


def test_a_flipped_bit_is_noticed(locked: bytes, key: str) -> None:
    spoiled = locked[:-40] + bytes([locked[-40] ^ 1]) + locked[-39:]
    with pytest.raises(MessageRefused, match="cannot be opened"):
        open_locked(spoiled, key)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda locked: b"Thank you for telling us",
        lambda locked: b"",
        lambda locked: locked[:-1],
        lambda locked: locked + locked,
        lambda locked: locked[:48] + locked,
        lambda locked: locked[48:],
        lambda locked: locked[:2] + b"\x05" + locked[3:],
        lambda locked: locked[:14] + b"\xff" + locked[15:],
    ],
    ids=["plain text", "nothing", "cut", "twice", "two keys", "no key", "version 5", "a slow S2K"],
)
def test_other_shapes_are_refused(locked: bytes, spoil: object) -> None:
    assert locked[14] == 0x60, "the count stands where the last case changes it"
    with pytest.raises(MessageRefused):
        check_locked(spoil(locked))  # type: ignore[operator]


def test_a_message_sealed_to_keys_is_no_reply(team: list[PublicKey]) -> None:
    sealed = seal(entity(), team)
    with pytest.raises(MessageRefused):
        check_locked(sealed.pkesk + sealed.body)


def test_another_program_s_password_message_of_the_right_size_is_refused(key: str) -> None:
    other = encrypt(passwords=[key], bytes=entity(), armor=False)
    assert len(other) == len(node("lock", key, entity()))
    with pytest.raises(MessageRefused, match="SKESK v4"):
        check_locked(other)
