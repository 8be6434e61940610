"""Words of distress put help in front of Send, by the editors' lists, in a browser or in the server's memory."""

import json
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from home.models import DistressWords
from home.models.search_words import lines_of
from home.search.distress import pattern_of, patterns
from reporting.inbox.models import Letter, Report
from reporting.sealing import read
from resources.distress import Distress, found_in, plain
from resources.snapshot import distress_from_snapshot, write_snapshot
from tests.reporting.concern.conftest import Told, text_of, token_on
from tests.reporting.sealing.conftest import ROOT, program

pytestmark = pytest.mark.django_db
SENTENCE = "We cannot see where you are. If you want someone to come, call 999 or write where you are."
HEARD = [
    "I want to die.",
    "she said he’s outside my house",
    "He is hurting me",
    "i was thinking about SUICIDE",
    "I’ve been cutting myself",
    "killing  myself\n",
    "he hit me",
    "they will not let me go, I’m trapped",
]
UNHEARD = ["", "A grey car waits by the park.", "He helped the men move", "I hit the brakes", "here", "a̲ 狐 🦊 \u202e"]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    """A snapshot of its own for each test."""
    settings.DATA_DIR = tmp_path
    write_snapshot()


def help_on(response: Any) -> str:
    """The words of the panel on a page; nothing if it is hidden."""
    panels = re.findall(r'<section[^>]* id="distress"[^>]*?( hidden)?>(.*?)</section>', text_of(response), re.S)
    [(hidden, panel)] = panels
    return "" if hidden else " ".join(re.sub(r"<[^>]+>", "", panel).split())


def check(client: Client, **answers: str) -> Any:
    return client.post("/tell-us/questions/", {"story": "A worry"} | answers)


# --- What is found ----------------------------------------------------------------------------------------------


def test_every_phrase_of_every_list_is_found_as_it_stands() -> None:
    lists = distress_from_snapshot()
    for record in DistressWords.objects.filter(live=True):
        for phrase in lines_of(record.phrases):
            assert found_in([f"Well, {phrase.upper()}!"], lists), phrase


@pytest.mark.parametrize("text", HEARD)
def test_distress_is_heard_however_it_is_written(text: str) -> None:
    assert found_in([text], patterns())


@pytest.mark.parametrize("text", UNHEARD)
def test_other_words_are_not_taken_for_it(text: str) -> None:
    assert found_in([text], patterns()) == []


def test_endings_do_not_matter_but_short_words_are_themselves() -> None:
    lists = [Distress(pattern_of(["threaten me", "he is in"]), ())]
    assert found_in(["He threatens me"], lists)
    assert found_in(["threatened even me"], lists), "one more word may stand between two"
    assert not found_in(["threatened all but me"], lists)
    assert not found_in(["help isn’t inside"], lists)


def test_at_most_two_lists_are_shown_the_most_urgent_first() -> None:
    lists = patterns()
    everything = " ".join(phrase for record in DistressWords.objects.all() for phrase in lines_of(record.phrases))
    assert found_in([everything], lists) == lists[:2]


def test_a_phrase_that_is_a_pattern_is_only_words() -> None:
    assert found_in(["a (b|c)* d"], [Distress(pattern_of([".* (["]), ())]) == []


def test_the_longest_story_is_looked_through_at_once() -> None:
    lists = patterns()
    for text in ("he " * 6_600, "a" * 20_000, "help " * 4_000):
        start = time.perf_counter()
        found_in([text], lists)
        assert time.perf_counter() - start < 2


def test_browser_and_server_find_the_same() -> None:
    lists = patterns()
    texts = [
        *HEARD,
        *UNHEARD,
        "Don’t WANT to be here…",
        "naïve ÉNOUGH x'y's 's",
        "one_two — three’s",
        "can't\u00a0go on",
    ]
    case = json.dumps({"texts": texts, "lists": [found.to_json() for found in lists]})
    twin = Path(__file__).with_name("distress_twin.mjs")
    done = subprocess.run([program("node"), str(twin)], input=case.encode(), capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr.decode()
    server = [[plain(text), [found.pattern for found in found_in([text], lists)]] for text in texts]
    assert json.loads(done.stdout) == server


# --- Where it stands --------------------------------------------------------------------------------------------


def test_help_stands_in_front_of_send_and_never_instead_of_it(client: Client) -> None:
    response = check(client, story="I want to die")
    assert SENTENCE in help_on(response)
    assert "Samaritans: 116 123 (Day or night)" in help_on(response)
    page = text_of(response)
    assert page.index('id="distress"') < page.index('name="token"')


def test_any_text_is_looked_at_and_no_choice(client: Client) -> None:
    assert SENTENCE in help_on(check(client, family="They will kill me"))
    assert help_on(check(client, who="help me")) == ""
    assert help_on(check(client)) == ""


def test_nothing_of_it_is_marked_kept_or_sent(
    client: Client, keys_in_use: None, open_sealed: Any, caplog: pytest.LogCaptureFixture
) -> None:
    stories = ("I want to die", "I want to see")
    for story in stories:
        sent = {"story": story, "token": token_on(check(client, story=story))}
        assert client.post("/tell-us/send/", sent).status_code == 200
    kept = [
        {name: value for name, value in row.items() if name not in ("id", "reference")}
        for row in Report.objects.values()
    ]
    assert kept[0] == kept[1]
    told = [read(open_sealed(letter.message)) for letter in Letter.objects.all()]
    for report in told:
        del report["reply_key"], report["sent"]
        [story] = [answer for answer in report["answers"] if answer["key"] == "story"]
        assert story.pop("answer") in stories
    assert told[0] == told[1]
    assert caplog.text == ""


def test_in_front_of_adding_more_help_stands_too_when_it_did_not_go(client: Client, told: Told) -> None:
    sent = {"words": told.words, "token": "nonsense", "text": "I want to die"}
    response = client.post("/tell-us/reply/add/", sent)
    assert response.status_code == 422
    assert SENTENCE in help_on(response)
    assert help_on(client.post("/tell-us/reply/add/", sent | {"text": "More"})) == ""
    assert help_on(client.get("/tell-us/reply/")) == ""


def test_a_new_form_has_a_place_for_it_that_says_nothing(client: Client, keys_in_use: None) -> None:
    assert help_on(client.get("/tell-us/questions/")) == ""


def test_help_is_there_while_the_database_is_down(client: Client) -> None:
    def no_database(*args: Any) -> None:
        raise OperationalError("the disk is gone")

    with connection.execute_wrapper(no_database):
        assert SENTENCE in help_on(check(client, story="I want to die"))
        assert client.get("/tell-us/distress/").json()["lists"]


def test_without_a_snapshot_the_check_page_still_comes(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "nowhere"
    assert help_on(check(client, story="I want to die")) == ""


# --- Where the lists come from ----------------------------------------------------------------------------------


def test_what_browsers_get_is_the_same_for_all_and_stored_nowhere(client: Client) -> None:
    response = client.get("/tell-us/distress/")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content == client.get("/tell-us/distress/").content
    lists = response.json()["lists"]
    assert len(lists) == DistressWords.objects.filter(live=True).count()
    calls = [contact["href"] for found in lists for contact in found["contacts"]]
    assert calls
    assert all(href.startswith(("tel:", "sms:")) for href in calls), "a link would lead off the page"


def test_a_list_counts_from_the_moment_it_is_published(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        DistressWords.objects.create(name="New", heading="Heading", text="Text", phrases="quagga", sort_order=1)
    assert found_in(["the quagga"], distress_from_snapshot())
    with django_capture_on_commit_callbacks(execute=True):
        DistressWords.objects.get(name="New").unpublish()
    assert not found_in(["the quagga"], distress_from_snapshot())


def test_the_emergency_is_heard_though_every_list_was_deleted(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        DistressWords.objects.all().delete()
    assert SENTENCE in help_on(check(client, story="Please help me"))
