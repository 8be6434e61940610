"""Replies are a council's choice: off, one message, or open. Form, sent page, reply page and home page say the same."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from reporting.concern import views
from reporting.inbox.models import Conversation, Letter, Report
from reporting.sealing import read
from tests.reporting.concern.conftest import Told, text_of, token_on
from tests.reporting.concern.way_back import ADD, MORE, REPLY, added, opened

pytestmark = pytest.mark.django_db
STORY = "canary violet teapot"


@pytest.fixture
def off(settings: Any) -> None:
    settings.REPLIES = "off"


@pytest.fixture
def one(settings: Any) -> None:
    settings.REPLIES = "one"


def sent(client: Client, **more: str) -> Any:
    check = client.post("/tell-us/questions/", {"story": STORY} | more)
    return client.post("/tell-us/send/", {"story": STORY, "token": token_on(check)} | more)


# --- Off ------------------------------------------------------------------------------------------------------------


def test_off_derives_nothing_and_keeps_no_way_back(
    client: Client, keys_in_use: None, off: None, open_sealed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(words: str) -> None:
        raise AssertionError("something was derived")

    monkeypatch.setattr(views, "derive_in_turn", never)
    assert sent(client, words="acorn acorn acorn acorn acorn acorn").status_code == 200
    assert not Conversation.objects.exists()
    assert read(open_sealed(Report.objects.get().letters.get().message))["reply_key"] == ""


def test_off_shows_no_words_and_says_so(client: Client, keys_in_use: None, off: None) -> None:
    page = text_of(sent(client))
    assert 'id="code-words"' not in page
    assert "six" not in page
    assert "We do not write back on this site" in page
    assert "Finish and leave" in page
    assert "You can say it on the phone" in page


@pytest.mark.parametrize("address", ["/", "/tell-us/", "/tell-us/questions/"])
def test_off_offers_no_words_and_no_way_to_them(client: Client, keys_in_use: None, off: None, address: str) -> None:
    page = text_of(client.get(address))
    assert "I have code words" not in page
    assert REPLY not in page
    assert "data-words" not in page


def test_off_the_form_does_not_speak_of_answers(client: Client, keys_in_use: None, off: None) -> None:
    page = text_of(client.get("/tell-us/questions/"))
    assert "cannot promise an answer" not in page
    assert "your code words are the only way" not in page
    assert "we have no way to ask you anything" in page


def test_off_the_reply_page_explains_and_has_numbers(client: Client, told: Told, off: None) -> None:
    for answer in (client.get(REPLY), opened(client, told.words)):
        page = text_of(answer)
        assert answer.status_code == 200
        assert "We do not write back here" in page
        assert "<textarea" not in page
        assert "tel:999" in page


def test_off_no_words_of_before_lead_anywhere_and_nothing_is_lost(client: Client, told: Told, settings: Any) -> None:
    token = token_on(opened(client, told.words))
    settings.REPLIES = "off"
    answer = client.post(ADD, {"words": told.words, "token": token, "text": MORE})
    assert answer.status_code == 422
    assert "Your code words do not work any more" in text_of(answer)
    assert MORE in text_of(answer)
    assert client.post("/tell-us/reply/messages/", headers={"Phoenix-Lookup": told.lookup}).status_code == 404


def test_off_a_browser_that_seals_opens_no_way_back(client: Client, off: None, sealed: Any) -> None:
    headers = {"Phoenix-Token": client.get("/tell-us/keys/").json()["token"], "Phoenix-Lookup": uuid.uuid4().hex * 2}
    body = sealed.pkesk + sealed.body
    answer = client.post("/tell-us/sealed/", body, content_type="application/pgp-encrypted", headers=headers)
    assert answer.status_code == 200
    assert not Conversation.objects.exists()


# --- One message ----------------------------------------------------------------------------------------------------


def test_one_message_is_what_the_pages_say(client: Client, keys_in_use: None, one: None) -> None:
    assert "They can write to you once." in text_of(sent(client))
    assert "They can write to you once." in text_of(client.get(REPLY))


def test_one_message_can_be_answered(client: Client, told: Told, one: None, write_back: Callable[..., Any]) -> None:
    write_back("Which park do you mean?")
    assert "Which park do you mean?" in text_of(opened(client, told.words))
    assert added(client, told).status_code == 200
    assert Letter.objects.filter(kind=Letter.Kind.ADDITION).count() == 1


# --- The receipt, wherever words are given --------------------------------------------------------------------------


def test_the_receipt_says_all_that_a_person_needs_later(client: Client, keys_in_use: None, settings: Any) -> None:
    settings.WORDS_DAYS_AFTER_CLOSING = 41
    page = text_of(sent(client))
    assert "They can write to you once." not in page
    for said in (
        f'Your reference is <span id="reference">{Report.objects.get().reference}</span>',
        "You can say it on the phone",
        "It opens nothing",
        "Never tell anyone your six words, not even us.",
        "They work as long as the team is looking into this, and for 41 days after that.",
        "We cannot promise an answer.",
        "Finish and leave",
    ):
        assert said in page
