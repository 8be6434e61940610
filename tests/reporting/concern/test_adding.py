"""Adding more without script: it is kept sealed with its mail, once, and no word is lost on the way."""

import uuid
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from reporting.concern.addition import MISSING
from reporting.concern.thread import day_in_words
from reporting.inbox.models import Letter, OutboxMail, Report, SealingKey
from reporting.sealing import read
from tests.reporting.concern.conftest import Told, WriteBack, text_of, token_on
from tests.reporting.concern.way_back import (
    ADD,
    MORE,
    REPLY,
    added,
    closed_days_ago,
    heading_of,
    lines_of,
    opened,
    set_report,
    shows,
)

pytestmark = pytest.mark.django_db


def test_what_is_added_is_kept_sealed_with_its_mail(client: Client, told: Told, open_sealed: Any) -> None:
    set_report(state="opened")
    before = timezone.now()
    response = added(client, told, text=f"  {MORE}\r\n\x07and “more” 狐 \u00a0")
    assert response.status_code == 200
    assert heading_of(response) == "We have it"
    assert shows(response, "thanks")
    today = day_in_words(timezone.now())
    assert lines_of(response) == [f"You wrote on {today}", f"You wrote on {today}"]
    letter = Letter.objects.get(kind="addition")
    assert (letter.report, letter.officer) == (told.report, None)
    assert OutboxMail.objects.filter(letter=letter, delivered=False).exists()
    assert Report.objects.get().has_news
    entity = open_sealed(letter.message)
    assert message_from_bytes(entity, policy=default)["Subject"] == f"Added to {told.report.reference}"
    data = read(entity)
    sent = datetime.strptime(data.pop("sent"), "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    assert timedelta(0) <= sent + timedelta(minutes=1) - before <= timedelta(minutes=2)
    assert data == {
        "schema": 1,
        "kind": "addition",
        "lang": "en",
        "reference": told.report.reference,
        "sealed": "server",
        "answers": [{"key": "addition", "question": "What was added", "answer": f"{MORE}\nand “more” 狐"}],
    }


def test_sending_twice_is_kept_once(client: Client, told: Told) -> None:
    token = token_on(opened(client, told.words))
    sent = {"words": told.words, "token": token, "text": MORE}
    first, second = client.post(ADD, sent), client.post(ADD, sent)
    assert first.status_code == second.status_code == 200
    assert len(lines_of(first)) == len(lines_of(second)) == 2
    assert Letter.objects.filter(kind="addition").count() == 1


def test_another_text_from_the_page_before_is_not_lost(client: Client, told: Told, open_sealed: Any) -> None:
    """Somebody goes back after sending, changes what stands there, and sends again."""
    token = token_on(opened(client, told.words))
    for text in (MORE, "Something else"):
        assert client.post(ADD, {"words": told.words, "token": token, "text": text}).status_code == 200
    kept = [read(open_sealed(letter.message)) for letter in Letter.objects.filter(kind="addition")]
    assert {letter["answers"][0]["answer"] for letter in kept} == {MORE, "Something else"}


def test_an_empty_box_is_asked_for_kindly_and_keeps_the_conversation(client: Client, told: Told) -> None:
    response = added(client, told, text=" \n ")
    assert response.status_code == 422
    assert text_of(response).count(MISSING) >= 2, "in the summary and beside the box"
    assert 'href="#text"' in text_of(response)
    assert lines_of(response)
    assert not Letter.objects.filter(kind="addition").exists()


def test_too_long_a_text_comes_back_whole(client: Client, told: Told) -> None:
    text = "ä" * 20_001
    response = added(client, told, text=text)
    assert response.status_code == 422
    assert text in text_of(response)
    assert "20,001 characters long" in text_of(response)
    assert not Letter.objects.filter(kind="addition").exists()


def test_the_longest_text_in_any_script_fits(client: Client, told: Told, open_sealed: Any) -> None:
    text = "🦊" * 20_000
    assert added(client, told, text=text).status_code == 200
    letter = Letter.objects.get(kind="addition")
    assert letter.size_bucket == 128 * 1024
    assert read(open_sealed(letter.message))["answers"][0]["answer"] == text


@pytest.mark.parametrize("token", ["", "nonsense", f"{uuid.UUID(int=1)}:forged"])
def test_a_forged_token_asks_to_send_once_more_and_keeps_the_words(client: Client, told: Told, token: str) -> None:
    response = added(client, told, token=token)
    assert response.status_code == 422
    assert "Press Send once more" in text_of(response)
    assert MORE in text_of(response)
    again = client.post(ADD, {"words": told.words, "token": token_on(response), "text": MORE})
    assert again.status_code == 200
    assert Letter.objects.filter(kind="addition").count() == 1


def test_a_closed_report_is_open_again_and_the_words_go_on_working(client: Client, told: Told) -> None:
    set_report(**closed_days_ago(3))
    response = added(client, told)
    assert Report.objects.get().state == "reopened"
    assert "as long as the team is looking into this" in text_of(response)


def test_if_it_cannot_be_kept_the_words_stay_and_can_be_sent_again(
    client: Client, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(**fields: object) -> None:
        raise DatabaseError("database or disk is full")

    token = token_on(opened(client, told.words))
    sent = {"words": told.words, "token": token, "text": MORE}
    with monkeypatch.context() as broken:
        broken.setattr(OutboxMail.objects, "create", full_disk)
        response = client.post(ADD, sent)
    assert response.status_code == 503
    assert "We did not get it" in text_of(response)
    assert "We have it" not in text_of(response)
    assert MORE in text_of(response)
    assert token_on(response) == token
    assert "tel:999" in text_of(response)
    assert not Letter.objects.filter(kind="addition").exists()
    assert client.post(ADD, sent).status_code == 200


def test_words_that_end_while_somebody_writes_keep_what_was_written(client: Client, told: Told) -> None:
    token = token_on(opened(client, told.words))
    set_report(**closed_days_ago(31))
    response = client.post(ADD, {"words": told.words, "token": token, "text": MORE})
    assert response.status_code == 422
    assert "Your code words do not work any more" in text_of(response)
    assert MORE in text_of(response)
    assert "tel:999" in text_of(response)
    assert not Letter.objects.filter(kind="addition").exists()


def test_while_nothing_can_be_sealed_messages_open_and_adding_is_the_numbers(
    client: Client, told: Told, write_back: WriteBack
) -> None:
    write_back("Hello")
    token = token_on(opened(client, told.words))
    SealingKey.objects.filter(role="recovery").delete()
    assert client.get(REPLY).status_code == 200
    response = opened(client, told.words)
    assert "Hello" in lines_of(response)[1]
    assert not shows(response, "adding")
    assert shows(response, "call-instead")
    assert "tel:999" in text_of(response)
    late = client.post(ADD, {"words": told.words, "token": token, "text": MORE})
    assert late.status_code == 503
    assert MORE in text_of(late)
    assert "tel:999" in text_of(late)


def test_the_box_stands_below_when_the_team_reads_danger_and_who_answers(client: Client, told: Told) -> None:
    page = text_of(opened(client, told.words))
    box = page.index('<textarea class="in" id="text"')
    for words in (" next read ", "Can’t wait? Call", "In danger now? Call"):
        assert page.index(words) < box
    assert "A spare key is kept in a safe in case theirs is lost." in page
    for promise in ("guarantee", "no one else", "nobody else", "completely"):
        assert promise not in page.lower()
