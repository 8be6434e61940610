"""The way in without script: questions, check page, sent; and what happens when something is not as it should be."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from reporting.concern.questions import fields
from reporting.concern.slow import derive_in_turn
from reporting.inbox.models import Conversation, OutboxMail, Report, SealingKey
from reporting.sealing import read
from tests.reporting.concern.conftest import text_of, token_on

pytestmark = pytest.mark.django_db
CANARY = "canary violet teapot"
CONCERN = {"danger": "not-sure", "story": f"{CANARY}. A grey car waits by the park.", "who": "friend"}


def told(client: Client, **changes: str) -> Any:
    """Tell a concern as a browser without script does: form, check page, send."""
    concern = CONCERN | changes
    check = client.post("/tell-us/questions/", concern)
    return client.post("/tell-us/send/", concern | {"token": token_on(check)})


def test_a_concern_is_kept_sealed_with_its_mail(client: Client, keys_in_use: None, open_sealed: Any) -> None:
    response = told(client)
    assert response.status_code == 200
    report = Report.objects.get()
    assert f'<span id="reference">{report.reference}</span>' in text_of(response)
    assert OutboxMail.objects.get().letter.report == report
    opened = open_sealed(report.letters.get().message)
    answers = {answer["key"]: answer["answer"] for answer in read(opened)["answers"]}
    assert {key: answer for key, answer in answers.items() if answer} == CONCERN
    assert list(answers) == [field.key for field in fields()], "every question is in the report, asked or not"


def test_the_story_is_the_only_required_answer(client: Client, keys_in_use: None) -> None:
    response = told(client, danger="", who="")
    assert response.status_code == 200
    assert Report.objects.get().danger is False


@pytest.mark.parametrize(("answer", "bit"), [("yes", True), ("not-sure", True), ("no", False)])
def test_the_danger_bit_is_the_one_answer_in_the_clear(
    client: Client, keys_in_use: None, answer: str, bit: bool
) -> None:
    told(client, danger=answer)
    assert Report.objects.get().danger is bit


def test_the_same_submission_twice_is_one_report_with_one_reference(client: Client, keys_in_use: None) -> None:
    check = client.post("/tell-us/questions/", CONCERN)
    sent = CONCERN | {"token": token_on(check)}
    first, second = client.post("/tell-us/send/", sent), client.post("/tell-us/send/", sent)
    reference = Report.objects.get().reference
    assert reference in text_of(first)
    assert reference in text_of(second)


def test_an_empty_story_is_asked_for_and_the_other_answers_stay(client: Client, keys_in_use: None) -> None:
    response = client.post("/tell-us/questions/", CONCERN | {"story": "   "})
    page = text_of(response)
    assert response.status_code == 422
    assert "<title>Error:" in page
    assert 'href="#story"' in page
    assert re.search(r'value="friend" checked', page)
    assert re.search(r'value="not-sure" checked', page)
    assert not Report.objects.exists()


def test_too_long_a_story_comes_back_whole(client: Client, keys_in_use: None) -> None:
    story = "ä" * 20_100
    response = client.post("/tell-us/questions/", CONCERN | {"story": story})
    assert response.status_code == 422
    assert story in text_of(response)
    assert "All your words are still here" in text_of(response)


def test_the_longest_story_in_any_script_fits(client: Client, keys_in_use: None) -> None:
    longest = 20_000 - len("not-sure") - len("friend")
    assert told(client, story="🦊" * longest).status_code == 200
    assert Report.objects.get().letters.get().size_bucket == 128 * 1024


def test_changing_something_brings_every_answer_back_without_errors(client: Client, keys_in_use: None) -> None:
    response = client.post("/tell-us/questions/", CONCERN | {"change": "yes"})
    page = text_of(response)
    assert response.status_code == 200
    assert CANARY in page
    assert "There is one thing to check" not in page


def test_an_unknown_choice_is_kept_not_discarded(client: Client, keys_in_use: None, open_sealed: Any) -> None:
    told(client, who="my cousin, at my aunt's")
    report = Report.objects.get()
    assert b"report.json" in open_sealed(report.letters.get().message)
    opened = read(open_sealed(report.letters.get().message))
    assert {"my cousin, at my aunt's"} <= {answer["answer"] for answer in opened["answers"]}


@pytest.mark.parametrize("token", ["", "nonsense", f"{uuid.UUID(int=1)}:forged"])
def test_a_forged_token_asks_to_send_once_more_and_keeps_the_words(
    client: Client, keys_in_use: None, token: str
) -> None:
    response = client.post("/tell-us/send/", CONCERN | {"token": token})
    assert response.status_code == 422
    assert "Press Send once more" in text_of(response)
    assert CANARY in text_of(response)
    again = client.post("/tell-us/send/", CONCERN | {"token": token_on(response)})
    assert again.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)
def test_another_site_cannot_send(client: Client, keys_in_use: None, headers: dict[str, str]) -> None:
    for address in ("/tell-us/questions/", "/tell-us/send/"):
        response = client.post(address, CONCERN, headers=headers)
        assert response.status_code == 403
        assert "tel:999" in text_of(response)
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "null"}, {"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_old_browsers_and_private_ones_get_through(client: Client, keys_in_use: None, headers: dict[str, str]) -> None:
    check = client.post("/tell-us/questions/", CONCERN, headers=headers)
    response = client.post("/tell-us/send/", CONCERN | {"token": token_on(check)}, headers=headers)
    assert response.status_code == 200
    assert Report.objects.count() == 1


def test_coming_back_to_the_sent_page_leads_to_the_start(client: Client, keys_in_use: None) -> None:
    response = client.get("/tell-us/send/")
    assert (response.status_code, response.headers["Location"]) == (302, "/tell-us/")


def test_every_page_of_the_form_is_stored_nowhere_and_sets_no_cookie(client: Client, keys_in_use: None) -> None:
    check = client.post("/tell-us/questions/", CONCERN)
    pages = [client.get("/tell-us/questions/"), check, client.post("/tell-us/questions/", {})]
    pages.append(client.post("/tell-us/send/", CONCERN | {"token": token_on(check)}))
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert not page.cookies
        assert text_of(page).count("<h1") == 1


def words_on(response: Any) -> list[str]:
    """The code words that the sent page shows."""
    shown = re.search(r'<ol class="code g" id="code-words"[^>]*>(.*?)</ol>', text_of(response), re.S)
    assert shown
    return re.findall(r"<li>([a-z]+)</li>", shown[1])


def test_the_sent_page_shows_six_code_words_that_lead_back(client: Client, keys_in_use: None) -> None:
    words = words_on(told(client))
    assert len(words) == 6
    _, digest = derive_in_turn(" ".join(words))
    assert Conversation.objects.get().report == Report.objects.get()
    assert Conversation.objects.get().lookup_digest == digest


def test_the_reply_key_is_inside_the_seal_and_nowhere_else(client: Client, keys_in_use: None, open_sealed: Any) -> None:
    code_words, _ = derive_in_turn(" ".join(words_on(told(client))))
    report = Report.objects.get()
    assert read(open_sealed(report.letters.get().message))["reply_key"] == code_words.reply_key


def test_trying_again_shows_the_same_words_and_they_work(client: Client, keys_in_use: None) -> None:
    check = client.post("/tell-us/questions/", CONCERN)
    words = re.search(r'name="words" value="([^"]+)"', text_of(check))
    assert words
    sent = CONCERN | {"token": token_on(check), "words": words[1]}
    first, second = client.post("/tell-us/send/", sent), client.post("/tell-us/send/", sent)
    assert words_on(first) == words_on(second) == words[1].split()
    assert Conversation.objects.get().lookup_digest == derive_in_turn(words[1])[1]


def test_a_second_report_from_the_same_check_page_gets_words_of_its_own(client: Client, keys_in_use: None) -> None:
    check = client.post("/tell-us/questions/", CONCERN)
    words = re.search(r'name="words" value="([^"]+)"', text_of(check))
    assert words
    first = client.post("/tell-us/send/", CONCERN | {"token": token_on(check), "words": words[1]})
    changed = CONCERN | {"story": "Something else happened", "words": words[1]}
    again = client.post("/tell-us/questions/", changed)
    second = client.post("/tell-us/send/", changed | {"token": token_on(again)})
    assert Report.objects.count() == Conversation.objects.count() == 2
    assert words_on(first) == words[1].split()
    assert words_on(second) != words_on(first)
    digest = derive_in_turn(" ".join(words_on(second)))[1]
    assert Conversation.objects.get(lookup_digest=digest).report.reference in text_of(second)


def test_words_stay_the_same_when_something_is_changed(client: Client, keys_in_use: None) -> None:
    check = client.post("/tell-us/questions/", CONCERN)
    words = re.search(r'name="words" value="([^"]+)"', text_of(check))
    assert words
    changed = client.post("/tell-us/questions/", CONCERN | {"change": "yes", "words": words[1]})
    assert words[1] in text_of(changed)


def test_several_ticks_are_kept_in_the_order_of_the_question(
    client: Client, keys_in_use: None, open_sealed: Any
) -> None:
    concern = {**CONCERN, "signs": ["missing", "gifts"]}
    check = client.post("/tell-us/questions/", concern)
    assert "Going missing, or staying out all night" in text_of(check)
    signs = re.search(r'name="signs" value="([^"]*)"', text_of(check))
    assert signs
    client.post("/tell-us/send/", CONCERN | {"signs": signs[1], "token": token_on(check)})
    report = Report.objects.get()
    answers = {a["key"]: a for a in read(open_sealed(report.letters.get().message))["answers"]}
    assert answers["signs"]["answer"] == "missing, gifts"


def test_the_sent_page_does_not_show_the_words_again(client: Client, keys_in_use: None) -> None:
    assert CANARY not in text_of(told(client))


def test_danger_shows_the_emergency_number_and_still_sends(client: Client, keys_in_use: None) -> None:
    check = client.post("/tell-us/questions/", CONCERN | {"danger": "yes"})
    assert "It does not tell them where you are" in text_of(check)
    assert told(client, danger="yes").status_code == 200


@pytest.mark.parametrize("field", ["story", "danger", "who"])
def test_markup_in_an_answer_is_shown_as_text(client: Client, keys_in_use: None, field: str) -> None:
    response = client.post("/tell-us/questions/", CONCERN | {field: "<script>alert(1)</script>"})
    assert b"<script>alert" not in response.content


BAD_INPUT = {
    "NUL": "a\x00b",
    "control characters": "a\x07\x1bb",
    "bidi overrides": "a\u202eb\u2066c",
    "half a surrogate": "a\ud800b",
}


@pytest.mark.parametrize("story", BAD_INPUT.values(), ids=BAD_INPUT.keys())
def test_odd_characters_are_no_error(client: Client, keys_in_use: None, story: str) -> None:
    body = f"story={''.join(f'%{byte:02x}' for byte in story.encode('utf-8', 'surrogatepass'))}"
    form = "application/x-www-form-urlencoded"
    check = client.generic("POST", "/tell-us/questions/", body, content_type=form)
    assert check.status_code == 200
    sent = client.generic("POST", "/tell-us/send/", f"{body}&token={token_on(check)}", content_type=form)
    assert sent.status_code == 200
    assert Report.objects.count() == 1


def test_repeated_and_too_many_fields_are_answered_kindly(client: Client, keys_in_use: None) -> None:
    form = "application/x-www-form-urlencoded"
    assert (
        client.generic("POST", "/tell-us/questions/", "story=first&story=second", content_type=form).status_code == 200
    )
    many = "&".join(f"f{n}=x" for n in range(10_000))
    response = client.generic("POST", "/tell-us/questions/", many, content_type=form)
    assert response.status_code in (400, 413)
    assert "tel:999" in text_of(response)


def test_a_megabyte_is_refused_kindly(client: Client, keys_in_use: None) -> None:
    response = client.post("/tell-us/questions/", {"story": "x" * 1_000_000})
    assert response.status_code == 413
    assert "We did not get it" in text_of(response)


def test_there_is_no_way_to_upload(client: Client, keys_in_use: None) -> None:
    page = text_of(client.get("/tell-us/questions/"))
    assert 'type="file"' not in page
    assert "multipart" not in page


@pytest.mark.parametrize("role", ["inbox", "recovery"])
def test_without_a_usable_key_the_form_is_the_phone_numbers(client: Client, keys_in_use: None, role: str) -> None:
    SealingKey.objects.filter(role=role).delete()
    for address in ("/tell-us/", "/tell-us/before-you-start/", "/tell-us/questions/"):
        response = client.get(address)
        page = text_of(response)
        assert response.status_code == 503
        assert "<textarea" not in page
        for number in ("tel:999", "tel:08001111", "tel:03004560"):
            assert number in page
    assert client.get("/tell-us/keys/").status_code == 503


def test_a_key_that_dies_while_somebody_types_loses_nothing(client: Client, keys_in_use: None) -> None:
    check = client.post("/tell-us/questions/", CONCERN)
    SealingKey.objects.all().delete()
    response = client.post("/tell-us/send/", CONCERN | {"token": token_on(check)})
    page = text_of(response)
    assert response.status_code == 503
    assert "We did not get it" in page
    assert CANARY in page
    assert "tel:999" in page
    assert not Report.objects.exists()


def test_demonstration_keys_close_the_form_in_production(client: Client, keys_in_use: None, settings: Any) -> None:
    settings.DEMO = False
    assert client.get("/tell-us/questions/").status_code == 503
