"""Whatever is posted, there is a clear and kind answer, nothing is stored by mistake, and no word is lost."""

import gzip
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from django.utils import timezone

from reporting.concern import guard
from reporting.concern.sealed import CONTENT_TYPE
from reporting.inbox.keys import put_in_use, usable_keys
from reporting.inbox.models import Letter, Report
from reporting.sealing import PublicKey, SealedMessage, admit, build, read, seal
from tests.reporting.concern.conftest import Told, text_of

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
#: Every address that takes a form, with the field that holds what a person wrote.
FORMS = {
    "/tell-us/questions/": "story",
    "/tell-us/send/": "story",
    "/tell-us/reply/": "words",
    "/tell-us/reply/add/": "text",
}
SEALED = ("/tell-us/sealed/", "/tell-us/reply/sealed/")
every_form = pytest.mark.parametrize("address", FORMS)


def post(client: Client, address: str, body: bytes, told: Told, content_type: str = FORM, **headers: str) -> Any:
    given = {"Phoenix-Token": guard.new_token(), "Phoenix-Lookup": told.lookup} | headers
    return client.generic("POST", address, body, content_type=content_type, headers=given)


def with_token(field: str, value: bytes, told: Told) -> bytes:
    """A form with everything that lets it through, and any bytes in one field."""
    words = "" if field == "words" else f"&words={told.words.replace(' ', '+')}"
    return f"token={guard.new_token()}{words}&{field}=".encode() + value


def added_since(told: Told) -> int:
    """How many letters there are beside the one that was told before."""
    return Letter.objects.exclude(pk=told.report.pk).count()


# --- Forms ------------------------------------------------------------------------------------------------------


@every_form
def test_nothing_at_all_is_asked_for(client: Client, told: Told, address: str) -> None:
    answer = post(client, address, b"", told)
    assert answer.status_code == 422
    assert "<h1" in text_of(answer)
    assert added_since(told) == 0


@every_form
@pytest.mark.parametrize(
    "body",
    [b"story=" + b"x" * 1_000_000, b"&".join(b"f%d=x" % n for n in range(10_000)), b"a=b&" * 60_000],
    ids=["1 MB", "10,000 fields", "one field 60,000 times"],
)
def test_too_much_is_refused_with_the_numbers(client: Client, told: Told, address: str, body: bytes) -> None:
    answer = post(client, address, body, told)
    assert answer.status_code in (400, 413)
    for said in ("We did not get it", "we did not get it"):
        if said in text_of(answer):
            break
    else:
        raise AssertionError("It does not say that nothing arrived.")
    assert "tel:999" in text_of(answer)
    assert added_since(told) == 0


ODD = {
    "NUL": (b"before%00after", "beforeafter"),
    "control characters": (b"before%07%1b%08after", "beforeafter"),
    "broken UTF-8": (b"before%ff%feafter", "before��after"),
    "cut UTF-8": (b"before%e2%82after", "before�after"),
    "bidi": (quote_from_bytes("before\u202e\u2066after".encode()).encode(), "before\u202e\u2066after"),
    "half a percent": (b"before%zzafter", "before%zzafter"),
    "only odd ends": (b"%00%07before after%7f", "before after"),
}


@pytest.mark.parametrize(("value", "arrives"), ODD.values(), ids=ODD.keys())
def test_odd_characters_arrive_as_what_can_be_read_of_them(
    client: Client, told: Told, open_sealed: Any, value: bytes, arrives: str
) -> None:
    for address in ("/tell-us/send/", "/tell-us/reply/add/"):
        field = FORMS[address]
        if address == "/tell-us/send/":
            body = b"token=" + guard.new_token().encode() + b"&story=" + value
        else:
            body = with_token(field, value, told)
        assert post(client, address, body, told).status_code == 200
    letters = Letter.objects.exclude(pk=told.report.pk)
    assert letters.count() == 2
    for letter in letters:
        answers = {answer["key"]: answer["answer"] for answer in read(open_sealed(letter.message))["answers"]}
        assert arrives in answers.values()


def test_of_a_repeated_field_one_is_taken_and_the_way_goes_on(client: Client, told: Told) -> None:
    answer = post(client, "/tell-us/questions/", b"story=first&story=second&story=third", told)
    assert answer.status_code == 200
    assert text_of(answer).count('name="token"') == 1
    twice = f"story=first&story=second&token={guard.new_token()}&token={guard.new_token()}".encode()
    assert post(client, "/tell-us/send/", twice, told).status_code == 200


@every_form
def test_other_kinds_of_body_are_answered_with_a_page_and_kept_nowhere(
    client: Client, told: Told, address: str
) -> None:
    for kind, body in {
        "application/json": json.dumps({"story": "x"}).encode(),
        "text/plain": b"story=x",
        "multipart/form-data; boundary=x": b"--x\r\nContent-Disposition: form-data; name=story\r\n\r\nhalf of",
        "nonsense": b"\x00\xff",
    }.items():
        answer = post(client, address, body, told, content_type=kind)
        assert answer.status_code in (200, 400, 422), kind
        assert "<h1" in text_of(answer)
    assert added_since(told) == 0


@every_form
def test_a_packed_bomb_is_never_unpacked(client: Client, told: Told, address: str) -> None:
    bomb = gzip.compress(b"story=" + b"x" * 50_000_000)
    answer = post(client, address, bomb, told, **{"Content-Encoding": "gzip"})
    assert answer.status_code in (400, 422)
    assert added_since(told) == 0


# --- What a browser sealed -----------------------------------------------------------------------------------------


@pytest.fixture
def stranger(tmp_path: Path) -> PublicKey:
    """Somebody else's key, which is like ours in everything."""
    return new_keys(tmp_path)["inbox"]


def new_keys(folder: Path) -> dict[str, PublicKey]:
    subprocess.run([shutil.which("node") or "node", "reporting/inbox/demo_keys.mjs", str(folder)], check=True)
    return {role: admit((folder / f"{role}-public.asc").read_text()) for role in ("inbox", "recovery")}


def sealed_to(*recipients: PublicKey) -> bytes:
    entity = build({"schema": 1}, "text\n", subject="s", sender="a@demo.example", recipient="b@demo.example")
    message = seal(entity, recipients, now=timezone.now())
    return message.pkesk + message.body


def test_wrong_and_extra_recipients_are_refused(client: Client, told: Told, stranger: PublicKey) -> None:
    inbox, recovery = usable_keys()
    for address in SEALED:
        for recipients in ([inbox, recovery, stranger], [stranger, recovery], [inbox, stranger]):
            answer = post(client, address, sealed_to(*recipients), told, content_type=CONTENT_TYPE)
            assert (answer.status_code, answer.content) == (422, b"{}")
    assert added_since(told) == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda message: b"",
        lambda message: message[:-1],
        lambda message: message[: len(message) // 2],
        lambda message: message + b"\x00",
        lambda message: gzip.compress(message),
        lambda message: gzip.compress(bytes(100_000_000)),
        lambda message: b"\x00" * len(message),
    ],
    ids=["nothing", "one byte short", "half", "one byte more", "packed", "a bomb", "zeroes"],
)
def test_spoiled_messages_are_refused_at_both_doors(
    client: Client, told: Told, sealed: SealedMessage, spoil: Any
) -> None:
    for address in SEALED:
        body = spoil(sealed.pkesk + sealed.body)
        assert post(client, address, body, told, content_type=CONTENT_TYPE).status_code == 422
    assert added_since(told) == 0


@pytest.mark.parametrize("header", ["Phoenix-Token", "Phoenix-Lookup", "Phoenix-Danger", "Phoenix-Trap"])
@pytest.mark.parametrize("value", ["x" * 8000, "\x00", "a\u202eb"], ids=["8,000 characters", "NUL", "bidi"])
def test_odd_headers_are_no_error(client: Client, told: Told, sealed: SealedMessage, header: str, value: str) -> None:
    body = sealed.pkesk + sealed.body
    answer = post(client, SEALED[0], body, told, CONTENT_TYPE, **{"Phoenix-Lookup": "0a" * 32, header: value})
    assert answer.status_code == (422 if header in ("Phoenix-Token", "Phoenix-Lookup") else 200)
    assert Report.objects.filter(danger=True).count() == 0


def test_what_was_sealed_before_the_keys_changed_still_arrives(
    client: Client, told: Told, sealed: SealedMessage, tmp_path: Path
) -> None:
    for role, key in new_keys(tmp_path).items():
        put_in_use(role, key.armored)
    for address in SEALED:
        answer = post(client, address, sealed.pkesk + sealed.body, told, CONTENT_TYPE, **lookup_for(address, told))
        assert answer.status_code == 200
    assert added_since(told) == 2


def lookup_for(address: str, told: Told) -> dict[str, str]:
    """A new concern has code words of its own."""
    return {"Phoenix-Lookup": told.lookup if "reply" in address else "0b" * 32}
