"""The door for what browsers sealed: the shape is checked, what is right is kept, what is not is answered plainly."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from reporting.concern.sealed import CONTENT_TYPE
from reporting.concern.slow import digest_of
from reporting.inbox.keys import usable_keys
from reporting.inbox.models import Conversation, Letter, Report, SealingKey
from reporting.sealing import SealedMessage

pytestmark = pytest.mark.django_db
LOOKUP = "0a" * 32


def given(client: Client) -> dict[str, Any]:
    return dict(json.loads(client.get("/tell-us/keys/").content))


def post(client: Client, body: bytes, content_type: str = CONTENT_TYPE, **headers: str) -> Any:
    return client.generic("POST", "/tell-us/sealed/", body, content_type=content_type, headers=headers)


def test_the_keys_are_public_alive_and_stored_nowhere_on_the_way(client: Client, keys_in_use: None) -> None:
    response = client.get("/tell-us/keys/")
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert [key.armored for key in usable_keys()] == given(client)["inboxes"]["main"]["keys"]
    assert "PRIVATE" not in response.content.decode()


def test_a_sealed_concern_is_kept_with_its_way_back(client: Client, sealed: SealedMessage) -> None:
    token = given(client)["token"]
    response = post(
        client,
        sealed.pkesk + sealed.body,
        **{"Phoenix-Token": token, "Phoenix-Danger": "yes", "Phoenix-Lookup": LOOKUP},
    )
    report = Report.objects.get()
    assert response.status_code == 200
    assert json.loads(response.content) == {"reference": report.reference}
    letter = report.letters.get()
    assert (report.danger, letter.kind, letter.size_bucket) == (True, "concern", 2048)
    assert (bytes(letter.pkesk), bytes(letter.body)) == (sealed.pkesk, sealed.body)
    assert Conversation.objects.get().lookup_digest == digest_of(LOOKUP) != LOOKUP


def test_sending_twice_is_one_report(client: Client, sealed: SealedMessage) -> None:
    headers = {"Phoenix-Token": given(client)["token"], "Phoenix-Lookup": LOOKUP}
    first, second = (post(client, sealed.pkesk + sealed.body, **headers) for _ in range(2))
    assert first.content == second.content
    assert Report.objects.count() == 1


def test_without_code_words_there_is_no_way_back(client: Client, sealed: SealedMessage) -> None:
    post(client, sealed.pkesk + sealed.body, **{"Phoenix-Token": given(client)["token"]})
    assert Report.objects.count() == 1
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda message: b"I am worried about",
        lambda message: b"",
        lambda message: message[:-1],
        lambda message: message + message,
        lambda message: b"\x00" * 2293,
        lambda message: message[:200] + b"\xff" + message[201:],
    ],
    ids=["plain text", "nothing", "cut", "doubled", "zeroes", "spoiled"],
)
def test_what_is_not_sealed_as_it_should_be_is_not_kept(client: Client, sealed: SealedMessage, spoil: Any) -> None:
    message = spoil(sealed.pkesk + sealed.body)
    response = post(client, message, **{"Phoenix-Token": given(client)["token"]})
    # A flipped bit inside of the body cannot be seen without the key; everything about the shape can.
    assert response.status_code in ((200, 422) if len(message) == 2293 and any(message) else (422,))
    assert not Letter.objects.filter(size_bucket=0).exists()


@pytest.mark.parametrize("headers", [{}, {"Phoenix-Token": "forged"}, {"Phoenix-Token": f"{uuid.uuid4()}:forged"}])
def test_a_token_that_is_not_ours_is_refused(client: Client, sealed: SealedMessage, headers: dict[str, str]) -> None:
    assert post(client, sealed.pkesk + sealed.body, **headers).status_code == 422
    assert not Report.objects.exists()


@pytest.mark.parametrize("lookup", ["nonsense", "0a" * 31, "zz" * 32])
def test_a_lookup_that_is_none_is_refused(client: Client, sealed: SealedMessage, lookup: str) -> None:
    headers = {"Phoenix-Token": given(client)["token"], "Phoenix-Lookup": lookup}
    assert post(client, sealed.pkesk + sealed.body, **headers).status_code == 422
    assert not Report.objects.exists()


def test_a_form_post_is_not_taken_for_a_sealed_one(client: Client, sealed: SealedMessage) -> None:
    headers = {"Phoenix-Token": given(client)["token"]}
    form = "application/x-www-form-urlencoded"
    assert post(client, sealed.pkesk + sealed.body, content_type=form, **headers).status_code == 422


def test_another_site_cannot_send(client: Client, sealed: SealedMessage) -> None:
    headers = {"Phoenix-Token": given(client)["token"], "Sec-Fetch-Site": "cross-site"}
    assert post(client, sealed.pkesk + sealed.body, **headers).status_code == 403
    assert not Report.objects.exists()


def test_keys_that_died_while_somebody_wrote_close_the_door(client: Client, sealed: SealedMessage) -> None:
    token = given(client)["token"]
    SealingKey.objects.all().delete()
    assert post(client, sealed.pkesk + sealed.body, **{"Phoenix-Token": token}).status_code == 503


def test_too_large_a_message_is_never_read(client: Client, keys_in_use: None) -> None:
    assert post(client, b"x" * 300_000, **{"Phoenix-Token": given(client)["token"]}).status_code == 413
