"""For browsers that open by themselves: what a lookup id leads to is locked, and what is added is checked and kept."""

import base64
import json
import uuid
from typing import Any

import pytest
from django.test import Client

from reporting.concern import guard
from reporting.concern.sealed import CONTENT_TYPE
from reporting.concern.thread import day_in_words
from reporting.inbox.models import Letter, OutboxMail, Report, SealingKey
from reporting.sealing import SealedMessage, open_locked, read
from tests.replies import reply_data
from tests.reporting.concern.conftest import STORY, Told, WriteBack
from tests.reporting.concern.way_back import closed_days_ago, set_report

pytestmark = pytest.mark.django_db
MESSAGES, SEALED = "/tell-us/reply/messages/", "/tell-us/reply/sealed/"


def ask(client: Client, lookup: str, **headers: str) -> Any:
    return client.post(MESSAGES, headers={"Phoenix-Lookup": lookup, **headers})


def send(client: Client, told: Told, sealed: SealedMessage | bytes, **headers: str) -> Any:
    body = sealed if isinstance(sealed, bytes) else sealed.pkesk + sealed.body
    given = {"Phoenix-Token": guard.new_token(), "Phoenix-Lookup": told.lookup} | headers
    return client.generic("POST", SEALED, body, content_type=CONTENT_TYPE, headers=given)


def additions() -> int:
    return Letter.objects.filter(kind="addition").count()


def test_a_lookup_id_leads_to_messages_that_are_still_locked(client: Client, told: Told, write_back: WriteBack) -> None:
    hour = told.report.received_hour
    write_back("canary tartan ladder", hour)
    response = ask(client, told.lookup)
    found = json.loads(response.content)
    assert response.status_code == 200
    [reply] = found.pop("replies")
    assert (reply["hour"], reply["day"]) == (hour.isoformat(), day_in_words(hour))
    assert read(open_locked(base64.b64decode(reply["locked"]), told.reply_key)) == reply_data("canary tartan ladder")
    assert found.pop("wrote") == [{"hour": hour.isoformat(), "day": day_in_words(hour)}]
    assert guard.report_id(found.pop("token"))
    assert found == {
        "reference": told.report.reference,
        "state": "We have it",
        "until": "Your code words work as long as the team is looking into this, and for 30 days after that.",
        "can_add": True,
        "inbox": "main",
        "subject": f"Added to {told.report.reference}",
        "question": "What was added",
    }
    for secret in ("canary", STORY, told.reply_key, *told.words.split()):
        assert secret not in response.content.decode()


def test_every_lookup_id_that_leads_nowhere_gets_one_answer(client: Client, told: Told) -> None:
    set_report(**closed_days_ago(31))
    answers = [ask(client, lookup) for lookup in ("", "nonsense", "zz" * 32, "0a" * 31, "0a" * 32, told.lookup)]
    answers.append(client.post(MESSAGES))
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {b"{}"}
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1


def test_a_browser_s_questions_cost_the_server_no_derivation(
    client: Client, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("reporting.concern.slow.derive")
    assert ask(client, told.lookup).status_code == 200
    assert ask(client, "0a" * 32).status_code == 404


def test_answers_are_stored_nowhere_and_set_no_cookie(client: Client, told: Told, sealed: SealedMessage) -> None:
    for answer in (ask(client, told.lookup), ask(client, ""), send(client, told, sealed), send(client, told, b"")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies


def test_a_sealed_addition_is_kept_and_answered_with_the_conversation(
    client: Client, told: Told, sealed: SealedMessage
) -> None:
    Report.objects.update(state="opened")
    response = send(client, told, sealed)
    found = json.loads(response.content)
    assert response.status_code == 200
    assert (found["state"], len(found["wrote"])) == ("We have it", 2)
    letter = Letter.objects.get(kind="addition")
    assert (letter.report, letter.size_bucket, letter.message) == (told.report, 2048, sealed.pkesk + sealed.body)
    assert OutboxMail.objects.filter(letter=letter, delivered=False).exists()
    assert Report.objects.get().has_news


def test_sending_twice_is_kept_once(client: Client, told: Told, sealed: SealedMessage) -> None:
    token = guard.new_token()
    first, second = (send(client, told, sealed, **{"Phoenix-Token": token}) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert additions() == 1


def test_an_addition_cannot_take_the_place_of_something_else(client: Client, told: Told, sealed: SealedMessage) -> None:
    """Whoever still has the token of the concern cannot have an addition taken for it."""
    token = guard.SIGNER.sign(str(told.report.pk))
    assert send(client, told, sealed, **{"Phoenix-Token": token}).status_code == 503
    assert Letter.objects.get().kind == "concern"


@pytest.mark.parametrize("lookup", ["", "nonsense", "0a" * 32])
def test_without_words_that_work_nothing_is_kept(
    client: Client, told: Told, sealed: SealedMessage, lookup: str
) -> None:
    assert send(client, told, sealed, **{"Phoenix-Lookup": lookup}).status_code in (404, 422)
    assert additions() == 0


def test_words_that_end_while_somebody_writes_are_said_to(client: Client, told: Told, sealed: SealedMessage) -> None:
    set_report(**closed_days_ago(31))
    assert send(client, told, sealed).status_code == 404
    assert additions() == 0


@pytest.mark.parametrize("headers", [{"Phoenix-Token": ""}, {"Phoenix-Token": f"{uuid.uuid4()}:forged"}])
def test_a_token_that_is_not_ours_is_refused(
    client: Client, told: Told, sealed: SealedMessage, headers: dict[str, str]
) -> None:
    assert send(client, told, sealed, **headers).status_code == 422
    assert additions() == 0


@pytest.mark.parametrize(
    "spoil",
    [lambda message: b"It was there again", lambda message: b"", lambda message: message[:-1], lambda m: m + m],
    ids=["plain text", "nothing", "cut", "doubled"],
)
def test_what_is_not_sealed_as_it_should_be_is_refused(
    client: Client, told: Told, sealed: SealedMessage, spoil: Any
) -> None:
    assert send(client, told, spoil(sealed.pkesk + sealed.body)).status_code == 422
    assert additions() == 0


def test_another_site_cannot_ask_or_send(client: Client, told: Told, sealed: SealedMessage) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert ask(client, told.lookup, **elsewhere).status_code == 403
    assert send(client, told, sealed, **elsewhere).status_code == 403
    assert additions() == 0


def test_while_nothing_can_be_sealed_messages_are_given_and_nothing_is_taken(
    client: Client, told: Told, write_back: WriteBack, sealed: SealedMessage
) -> None:
    write_back("Hello")
    SealingKey.objects.filter(role="inbox").delete()
    found = json.loads(ask(client, told.lookup).content)
    assert (found["can_add"], len(found["replies"])) == (False, 1)
    assert send(client, told, sealed).status_code == 503


def test_too_large_a_message_is_never_read(client: Client, told: Told) -> None:
    assert send(client, told, b"x" * 300_000).status_code == 413
