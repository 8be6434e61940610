"""The way back without script: six words show what the team wrote and never what was told, to whoever has the words."""

import html
import io
import logging
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.logs import BareFormatter
from reporting.concern import slow
from reporting.concern.thread import day_in_words
from reporting.inbox.models import Letter, Report, SealingKey
from tests.replies import reply_data
from tests.reporting.concern.conftest import STORY, Told, WriteBack, text_of, token_on
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


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of every derivation, as the real one is called."""
    seen: list[str] = []
    derive = slow.derive

    def count(words: str, salt: bytes) -> Any:
        seen.append(words)
        return derive(words, salt)

    monkeypatch.setattr(slow, "derive", count)
    return seen


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that any logger says while the test runs, down to the smallest thing, in the words of the site."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(BareFormatter())
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request", "phoenix")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield written
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


# --- Reading --------------------------------------------------------------------------------------------------------


def test_six_words_show_what_the_team_wrote(client: Client, told: Told, write_back: WriteBack) -> None:
    write_back("Thank you for telling us.\n\nWhich school gate?")
    response = opened(client, told.words)
    today = day_in_words(timezone.now())
    assert response.status_code == 200
    assert lines_of(response) == [
        f"You wrote on {today}",
        f"MASH team , {today} Thank you for telling us. Which school gate?",
    ]
    assert "Thank you for telling us.\n\nWhich school gate?" in text_of(response), "line breaks are kept"
    assert told.report.reference in text_of(response)
    assert not shows(response, "quiet")


def test_before_the_team_writes_it_says_so_and_promises_nothing(client: Client, told: Told) -> None:
    response = opened(client, told.words)
    assert lines_of(response) == [f"You wrote on {day_in_words(timezone.now())}"]
    assert shows(response, "quiet")
    assert "We cannot promise an answer." in text_of(response)


@pytest.mark.parametrize(
    "typed",
    [
        str.upper,
        str.title,
        lambda words: words.replace(" ", "-"),
        lambda words: words.replace(" ", ", "),
        lambda words: words.replace(" ", "\r\n"),
        lambda words: f"\u00a0 {words}.\t",
        lambda words: " ".join(f"{number}. {word}" for number, word in enumerate(words.split(), 1)),
        lambda words: "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else "\u3000" for c in words),
    ],
    ids=["upper", "title", "dashes", "commas", "lines", "space around", "numbered", "full width"],
)
def test_words_open_however_they_are_typed(client: Client, told: Told, typed: Any) -> None:
    assert lines_of(opened(client, typed(told.words)))


def test_all_wrong_words_get_one_page_for_one_derivation_each(
    client: Client, told: Told, derived: list[str], django_assert_num_queries: Any
) -> None:
    """Malformed, unknown, or no longer valid: what comes back differs in nothing but what was typed."""
    set_report(**closed_days_ago(31))
    malformed = ["", "hello", "one two three", "x" * 5_000, " ".join(told.words.split()[:5]), f"{told.words} acorn"]
    unknown = " ".join(reversed(told.words.split()))
    pages = set()
    for typed in (*malformed, unknown, told.words):
        with django_assert_num_queries(1):
            response = opened(client, typed)
        assert response.status_code == 422
        box = f"\n{html.escape(typed)}</textarea>"
        assert response.content.decode().count(box) == 1, "what was typed stays in the box"
        pages.add((response.content.decode().replace(box, ""), str(sorted(response.headers.items()))))
    # Only the length of the page tells what was typed.
    assert len({re.sub(r"'Content-Length', '\d+'", "", "".join(page)) for page in pages}) == 1
    assert len(derived) == len(malformed) + 2
    assert len(set(derived)) == len(derived), "words that are none are replaced by others, which nobody can prepare"


def test_wrong_words_are_answered_kindly_with_a_number(client: Client, told: Told) -> None:
    response = opened(client, "hello")
    assert "<title>Error:" in text_of(response)
    assert shows(response, "wrong")
    assert "tel:" in text_of(response)
    for word in ("invalid", "incorrect", "failed"):
        assert word not in text_of(response)


def test_nothing_of_the_words_stands_in_an_address_a_cookie_or_a_log(
    client: Client, told: Told, write_back: WriteBack, logged: io.StringIO
) -> None:
    write_back("canary tartan ladder")
    SealingKey.objects.all().delete()
    not_taken = "An addition was not taken: InboxClosed"
    answers = [opened(client, "walnut tartan ladder")]
    # Code words are words that people know, so some of them stand in what is logged of anybody.
    ordinary = set(re.findall(r"\w+", logged.getvalue() + not_taken)) - {"walnut"}
    answers += [opened(client, told.words), added_while_closed(client, told)]
    for response in answers:
        assert not response.cookies
        assert "Location" not in response.headers
        for action in re.findall(r'(?:action|href|src)="([^"]*)"', response.content.decode()):
            assert "?" not in action
    said = logged.getvalue()
    assert not_taken in said, "the log was listened to"
    own = set(told.words.split()) - ordinary
    for secret in (*own, told.words, told.lookup, told.reply_key, "canary", "walnut"):
        assert not re.search(rf"\b{re.escape(secret)}\b", said), secret


def added_while_closed(client: Client, told: Told) -> Any:
    from reporting.concern import guard

    return client.post(ADD, {"words": told.words, "token": guard.new_token(), "text": MORE})


def test_every_page_of_the_way_back_is_stored_nowhere(client: Client, told: Told) -> None:
    pages = [client.get(REPLY), opened(client, told.words), opened(client, "hello")]
    pages += [added(client, told), added(client, told, text=" ")]
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert not page.cookies
        assert text_of(page).count("<h1") == 1
        assert '<meta name="robots" content="noindex">' in text_of(page)


def test_what_was_told_is_never_shown_again(client: Client, told: Told) -> None:
    for response in (opened(client, told.words), added(client, told), opened(client, told.words)):
        assert response.status_code == 200
        assert "canary" not in text_of(response)
        assert STORY not in text_of(response)


@pytest.mark.parametrize(
    ("state", "has_news", "words"),
    [
        ("new", False, "We have it"),
        ("opened", False, "A person has read it"),
        ("opened", True, "We have it"),
        ("waiting", False, "A person has read it"),
        ("closed", False, "A person has read it"),
        ("reopened", True, "We have it"),
        ("reopened", False, "A person has read it"),
    ],
)
def test_how_far_it_is_stands_in_words(client: Client, told: Told, state: str, has_news: bool, words: str) -> None:
    set_report(state=state, has_news=has_news)
    assert heading_of(opened(client, told.words)) == words


def test_it_says_until_when_the_words_work(client: Client, told: Told, settings: Any) -> None:
    settings.WORDS_DAYS_AFTER_CLOSING = 12
    assert "as long as the team is looking into this, and for 12 days after that." in text_of(
        opened(client, told.words)
    )
    set_report(**closed_days_ago(3))
    last = timezone.localdate(Report.objects.get().closed_hour) + timedelta(days=12)
    assert f"Your code words work until {day_in_words(last)}." in text_of(opened(client, told.words))


def test_a_day_is_the_day_here_in_words() -> None:
    year = timezone.localdate().year
    # An hour before midnight in summer's world time is after midnight here.
    assert day_in_words(datetime(year, 7, 1, 23, tzinfo=UTC)).endswith(" 2 July")
    assert day_in_words(datetime(year, 1, 1, 23, tzinfo=UTC)).endswith(" 1 January")
    assert day_in_words(date(2020, 3, 3)) == "Tuesday 3 March 2020"


def test_the_conversation_stands_oldest_first(client: Client, told: Told, write_back: WriteBack) -> None:
    hour = told.report.received_hour
    write_back("fourth", hour + timedelta(hours=1))
    write_back(reply_data("third", sent="2026-11-22T10:25Z"), hour)
    write_back(reply_data("second", sent="2026-11-22T10:05Z"), hour)
    added(client, told)
    Letter.objects.filter(kind="addition").update(hour=hour)
    lines = lines_of(opened(client, told.words))
    assert [line.split()[-1] if line.startswith("MASH") else "you" for line in lines] == [
        "you",
        "second",
        "third",
        "you",
        "fourth",
    ]


def test_what_officers_write_for_themselves_is_no_line(client: Client, told: Told, write_back: WriteBack) -> None:
    officer = write_back("Hello").officer
    concern = Letter.objects.get(kind="concern")
    for kind in ("decision", "draft"):
        fields = {"key_fingerprints": "", "size_bucket": 2048, "pkesk": concern.pkesk, "body": concern.body}
        Letter.objects.create(report=told.report, kind=kind, hour=concern.hour, officer=officer, **fields)
    assert len(lines_of(opened(client, told.words))) == 2


# --- Who may ask ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_another_site_cannot_ask_or_send(client: Client, told: Told, headers: dict[str, str]) -> None:
    sent = {"words": told.words, "token": token_on(opened(client, told.words)), "text": MORE}
    for address in (REPLY, ADD):
        response = client.post(address, sent, headers=headers)
        assert response.status_code == 403
        assert "tel:999" in text_of(response)
    assert not Letter.objects.filter(kind="addition").exists()


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "http://testserver"}])
def test_old_browsers_and_private_ones_get_through(client: Client, told: Told, headers: dict[str, str]) -> None:
    page = client.post(REPLY, {"words": told.words}, headers=headers)
    sent = {"words": told.words, "token": token_on(page), "text": MORE}
    assert client.post(ADD, sent, headers=headers).status_code == 200


@pytest.mark.parametrize("address", [ADD, "/tell-us/reply/messages/", "/tell-us/reply/sealed/"])
def test_coming_back_to_what_needs_a_post_leads_to_the_reply_page(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (302, REPLY)


def test_no_box_leaks_to_a_browsers_helpers(client: Client, told: Told) -> None:
    words_page, conversation = (text_of(page) for page in (client.get(REPLY), opened(client, told.words)))
    boxes = re.findall(r"<(?:textarea|input (?!type=.hidden))[^>]*>", words_page + conversation)
    assert len(boxes) == 3
    for box in boxes:
        assert 'type="password"' not in box
        for guard in ('autocomplete="off"', 'spellcheck="false"', 'translate="no"', 'writingsuggestions="false"'):
            assert guard in box
    assert 'autocapitalize="none"' in boxes[0]


def test_the_sent_page_the_start_and_home_lead_to_the_reply_page(client: Client, keys_in_use: None) -> None:
    concern = {"story": "A worry", "danger": "no"}
    check = client.post("/tell-us/questions/", concern)
    sent = client.post("/tell-us/send/", concern | {"token": token_on(check)})
    for page in (client.get("/"), client.get("/tell-us/"), sent):
        assert re.search(
            rf'<a[^>]* href="{REPLY}">[^<]*(<svg.*?</svg>)?I have code words: see my reply</a>', text_of(page)
        )
