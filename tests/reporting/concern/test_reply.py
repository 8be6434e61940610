"""The way back without script: six words show what the team wrote and never what was told, and take more, sealed."""

import base64
import html
import io
import logging
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from config.logs import BareFormatter
from reporting.concern import slow
from reporting.concern.addition import MISSING
from reporting.concern.thread import day_in_words
from reporting.inbox.models import Letter, OutboxMail, Report, SealingKey
from reporting.inbox.receive import the_hour
from reporting.sealing import BUCKETS, build, read
from tests.replies import lock, lock_entity, reply_data
from tests.reporting.concern.conftest import STORY, Told, WriteBack

pytestmark = pytest.mark.django_db
REPLY, ADD = "/tell-us/reply/", "/tell-us/reply/add/"
MORE = "canary green kettle: it was there again on Friday"
NOT_OPENED = "There is a message here that we could not open. Call us and say your reference."


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def lines_of(response: Any) -> list[str]:
    """The conversation, line by line, without markup."""
    found = re.search(r'<ol class="msgs" id="messages">(.*?)</ol>', response.content.decode(), re.S)
    assert found, "there is no conversation"
    items = re.findall(r"<li.*?</li>", found[1], re.S)
    return [re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", " ", item))).strip() for item in items]


def shows(response: Any, element: str) -> bool:
    """Whether an element with this id is there and not hidden."""
    found = re.search(rf'<[^>]* id="{element}"[^>]*>', response.content.decode())
    return bool(found) and "hidden" not in found[0]


def heading_of(response: Any) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.S)
    assert found
    return html.unescape(re.sub("<[^>]+>", "", found[1]))


def token_on(response: Any) -> str:
    found = re.search(r'name="token" value="([^"]+)"', text_of(response))
    assert found, "there is no box to add more"
    return found[1]


def opened(client: Client, words: str) -> Any:
    return client.post(REPLY, {"words": words})


def added(client: Client, told: Told, text: str = MORE, **changes: str) -> Any:
    """Open the conversation and add to it, as a browser without script does."""
    token = token_on(opened(client, told.words))
    return client.post(ADD, {"words": told.words, "token": token, "text": text} | changes)


def set_report(**changes: object) -> None:
    Report.objects.update(**changes)


def closed_days_ago(days: int) -> dict[str, object]:
    return {"state": "closed", "closed_hour": the_hour(timezone.now() - timedelta(days=days))}


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
    answers = [opened(client, told.words), opened(client, "walnut tartan ladder"), added_while_closed(client, told)]
    for response in answers:
        assert not response.cookies
        assert "Location" not in response.headers
        for action in re.findall(r'(?:action|href|src)="([^"]*)"', response.content.decode()):
            assert "?" not in action
    said = logged.getvalue()
    assert "An addition was not taken: InboxClosed" in said, "the log was listened to"
    for secret in (*told.words.split(), told.words, told.lookup, told.reply_key, "canary", "walnut"):
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


# --- What a reply may hold ------------------------------------------------------------------------------------------


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


# --- Adding more ----------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("token", ["", "nonsense", f"{uuid.uuid4()}:forged"])
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
    for words in ("We next read what comes in", "Can’t wait? Call", "In danger now? Call"):
        assert page.index(words) < box
    assert "A spare key is kept in a safe in case theirs is lost." in page
    for promise in ("guarantee", "no one else", "nobody else", "completely"):
        assert promise not in page.lower()


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
