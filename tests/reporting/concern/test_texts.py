"""The texts of the form: the words that were published stand on it at once, everywhere, and the shipped ones else."""

import html
import json
import re
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from home.models import FormText
from reporting.concern.questions import questions
from reporting.concern.texts import by_page, current, shipped
from resources.form_texts import preview
from resources.models import Contact
from resources.snapshot import book_from_snapshot, path, texts_from_snapshot, write_snapshot
from tests.reporting.concern.conftest import STORY, text_of, token_on

pytestmark = pytest.mark.django_db
WORDS = "Words of this council: <b>tell us</b> or call [[childline]]."
#: Where the texts of a page are shown.
ADDRESSES = {"start": "/tell-us/", "before_you_start": "/tell-us/before-you-start/", "questions": "/tell-us/questions/"}
KEYS = [(page, text.key) for page, texts in by_page().items() for text in texts]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    """A snapshot of its own for each test, with the shipped words."""
    settings.DATA_DIR = tmp_path
    write_snapshot()


@pytest.fixture
def publish(django_capture_on_commit_callbacks: Any) -> Any:
    """A function that publishes words as a command does."""

    def published(key: str, words: str = WORDS) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            text = FormText.objects.get(key=key)
            text.words = words
            text.save_revision().publish()

    return published


def plain(page: str) -> str:
    """The words of a page on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


def send(client: Client) -> str:
    """The page that says we have it."""
    check = client.post("/tell-us/questions/", {"story": STORY, "danger": "no"})
    sent = client.post("/tell-us/send/", {"story": STORY, "danger": "no", "token": token_on(check)})
    assert sent.status_code == 200
    return sent.content.decode()


@pytest.mark.parametrize(("page", "key"), KEYS)
def test_published_words_stand_on_their_page_as_text_with_numbers(
    client: Client, keys_in_use: None, publish: Any, page: str, key: str
) -> None:
    publish(key)
    shown = send(client) if page == "sent" else client.get(ADDRESSES[page]).content.decode()
    number = Contact.objects.get(key="childline").ways[0].value
    assert f"Words of this council: <b>tell us</b> or call {number}." in plain(shown)
    assert 'class="num-link"' in shown
    assert "&lt;b&gt;tell us" in shown
    [was] = [text.words for text in shipped() if text.key == key]
    assert was.splitlines()[0] not in plain(shown)


@pytest.mark.parametrize(("page", "key"), KEYS)
def test_an_editor_sees_the_page_on_which_it_stands_before_anybody_else(page: str, key: str) -> None:
    draft = FormText.objects.get(key=key)
    draft.words = WORDS
    shown = draft.make_preview_request(preview_mode="")
    assert shown.status_code == 200
    assert "Words of this council: <b>tell us</b>" in plain(shown.content.decode())
    assert WORDS not in texts_from_snapshot().values()


def test_the_preview_speaks_to_whom_the_hint_is_for() -> None:
    for key, heading in (("hint_child-name", "about the child?"), ("hint_child-name_you", "about you?")):
        _, context = preview(key, WORDS)
        [(question, _)] = [screen for screen in context["form"].screens() if screen[0].key == "child-name"]
        assert context["form"].is_about_me is key.endswith("_you")
        said = question.you if context["form"].is_about_me else question
        assert (said.hint, said.title.endswith(heading)) == (WORDS, True)


def test_what_says_how_the_form_works_is_no_text() -> None:
    stays = {question.key for question in questions() if question.hint_stays}
    assert stays == {"danger", "restricted", "contact"}
    assert not [key for _, key in KEYS if key.removeprefix("hint_").removesuffix("_you") in stays]


def test_no_text_holds_what_must_never_be_lost(client: Client, keys_in_use: None, publish: Any) -> None:
    """The 999 stop, the promise, when we next read, who answers now, the lock note, the code words."""
    for _, key in KEYS:
        publish(key, "Other words.")
    start, asked = plain(text_of(client.get("/tell-us/"))), plain(text_of(client.get("/tell-us/questions/")))
    sent = plain(send(client))
    promise = "A spare key is kept in a safe in case theirs is lost."
    assert "Tell us if you are worried about a child" in start
    for page in (start, asked):
        assert promise in page
        assert "In danger now? Call 999" in page
        assert "We next read" in page or "reading now" in page
    assert "Can’t wait? Call" in asked
    assert "This is the one answer that we do not lock" in asked
    assert "Nothing is kept until you press Send." in asked
    assert "We have it." in sent
    assert "Never tell anyone your six words, not even us." in sent


def test_words_that_were_published_stand_on_the_compressed_form_at_once(
    client: Client, keys_in_use: None, publish: Any
) -> None:
    """The form is compressed once for everybody; another text is another page."""
    import brotli

    def asked() -> str:
        response = client.get("/tell-us/questions/", headers={"accept-encoding": "br"})
        assert response.headers["Content-Encoding"] == "br"
        return brotli.decompress(response.content).decode()

    assert "Words of this council" not in asked()
    publish("hint_story")
    assert "Words of this council" in asked()
    FormText.objects.get(key="hint_story").unpublish()
    write_snapshot()
    assert "Words of this council" not in asked()


# --- When something is missing ------------------------------------------------------------------------------------


def test_the_words_are_there_while_the_database_is_down(client: Client, publish: Any) -> None:
    publish("hint_story")

    def no_database(*args: Any) -> None:
        raise OperationalError("the disk is gone")

    with connection.execute_wrapper(no_database):
        response = client.post("/tell-us/questions/", {"story": ""})
    assert response.status_code == 422
    assert "Words of this council: <b>tell us</b>" in plain(response.content.decode())


def test_without_records_without_a_snapshot_or_with_an_older_one_the_shipped_words_stand() -> None:
    words = {text.key: text.words for text in shipped()}
    FormText.objects.all().delete()
    write_snapshot()
    assert current() == words
    stored = json.loads(path().read_text())
    del stored["texts"]
    path().write_text(json.dumps(stored))
    assert book_from_snapshot().services
    assert current() == words
    path().unlink()
    assert current() == words


def test_a_text_that_the_form_does_not_know_is_shown_nowhere(client: Client) -> None:
    gone = FormText.objects.create(key="gone", name="Gone", words=WORDS)
    write_snapshot()
    assert "gone" not in current()
    assert not gone.is_previewable()


def test_every_list_line_has_its_first_sentence_in_bold(client: Client, keys_in_use: None, publish: Any) -> None:
    publish("safety", "First? Then more. And more.\n\nSecond alone.\n")
    page = text_of(client.get("/tell-us/before-you-start/"))
    assert re.findall(r"<span><b>(.*?)</b> (.*?)</span>", page) == [
        ("First?", "Then more. And more."),
        ("Second alone.", ""),
    ]
