"""Somebody who tells about themselves is spoken to, and what is not meant for a person is marked as not asked."""

import re
from typing import Any

import pytest
from django.test import Client

from reporting.concern.form import ConcernForm
from reporting.concern.questions import Field, You, fields, not_asked, questions
from reporting.inbox.models import Report
from reporting.sealing import read
from tests.reporting.concern.conftest import text_of, token_on

pytestmark = pytest.mark.django_db
YOU = [you for question in questions() for you in (question.you, *(field.you for field in question.fields))]


def answered(**answers: str) -> list[tuple[Field, str]]:
    form = ConcernForm({"story": "A worry"} | answers)
    assert form.is_valid()
    return form.answers()


def visible(page: str) -> str:
    """The words of a page without what is hidden when it comes."""
    return re.sub(r"<[^>]+>", "", re.sub(r"<span[^>]* hidden>.*?</span>", "", page, flags=re.S))


# --- The voice --------------------------------------------------------------------------------------------------


def test_what_speaks_of_a_child_has_words_for_somebody_who_tells_about_themselves() -> None:
    for question in questions():
        if not question.is_meant_for("me"):
            continue
        if "the child" in question.title:
            assert question.you.title
        for field in question.fields:
            if "the child" in field.label:
                assert field.you.label
            if "child" in field.summary and not field.options:
                assert field.you.summary
    for you in YOU:
        assert "the child" not in f"{you.title} {you.hint} {you.label} {you.summary}"


def test_a_new_form_has_both_voices_and_reads_as_one_without_script(client: Client, keys_in_use: None) -> None:
    page = text_of(client.get("/tell-us/questions/"))
    assert "What can you tell us about the child?" in visible(page)
    for you in YOU:
        for words in filter(None, (you.title, you.hint, you.label)):
            assert f'<span data-voice="you" hidden>{words}</span>' in page
            assert words not in visible(page)


@pytest.mark.parametrize("answers", [{}, {"change": "yes", "story": "A worry"}], ids=["error", "change"])
def test_without_script_the_form_speaks_to_somebody_who_has_said_me(
    client: Client, keys_in_use: None, answers: dict[str, str]
) -> None:
    page = text_of(client.post("/tell-us/questions/", answers | {"who": "me"}))
    assert "What can you tell us about you?" in page
    assert "Is there any reason we should not speak to your family?" in page
    assert "about the child?" not in page
    other = text_of(client.post("/tell-us/questions/", answers | {"who": "friend"}))
    assert "What can you tell us about the child?" in other
    assert "about you?" not in other


def test_the_check_page_calls_answers_as_the_person_does_and_the_report_as_the_team_does(
    client: Client, keys_in_use: None, open_sealed: Any
) -> None:
    told = {"story": "A worry", "who": "me", "child-age": "fourteen"}
    check = client.post("/tell-us/questions/", told)
    assert "<dt>Your age</dt>" in text_of(check)
    client.post("/tell-us/send/", told | {"token": token_on(check)})
    answers = read(open_sealed(Report.objects.get().letters.get().message))["answers"]
    assert {"key": "child-age", "question": "The child’s age", "answer": "fourteen"} in answers


def test_someone_to_talk_to_stands_beside_the_questions_of_somebody_who_has_said_me(
    client: Client, keys_in_use: None
) -> None:
    for who, is_shown in (("me", True), ("friend", False)):
        page = text_of(client.post("/tell-us/questions/", {"who": who}))
        [lines] = re.findall(r'<p class="call s" id="lines"( hidden)?>(.*?)</p>', page, re.S)
        assert (lines[0] == "") is is_shown
        assert 'href="tel:08001111"' in lines[1]


def test_without_any_line_the_questions_still_come(client: Client, keys_in_use: None) -> None:
    from resources.models import Contact

    Contact.objects.filter(kind="national").update(live=False)
    assert 'id="lines"' not in text_of(client.get("/tell-us/questions/"))


def test_the_words_are_voiced_wherever_there_are_two() -> None:
    assert len([you for you in YOU if you != You()]) >= 10


# --- Not asked --------------------------------------------------------------------------------------------------


def test_what_is_not_for_this_person_was_not_asked() -> None:
    contact = {field.key for field in fields() if field.only_if}
    child = {field.key for field in fields() if field.key.startswith("child-")}
    assert not_asked(answered()) == contact
    assert not_asked(answered(who="me")) == contact | {"under-18"}
    about_me = {"safe-here", "wishes"}
    assert not_asked(answered(who="place-or-person")) == contact | child | about_me
    assert not_asked(answered(who="my-child", contact="yes")) == {"family"} | about_me


def test_what_they_answered_all_the_same_stays() -> None:
    given = {"who": "me", "under-18": "yes", "contact": "no", "contact-name": "Sam"}
    assert not {"under-18", "contact-name"} & not_asked(answered(**given))


def test_the_sealed_report_says_what_was_not_asked(client: Client, keys_in_use: None, open_sealed: Any) -> None:
    told = {"story": "A worry", "who": "me", "contact": "no"}
    check = client.post("/tell-us/questions/", told)
    assert "You are under 18" not in text_of(check)
    client.post("/tell-us/send/", told | {"token": token_on(check)})
    entity = open_sealed(Report.objects.get().letters.get().message)
    answers = {answer.pop("key"): answer for answer in read(entity)["answers"]}
    assert answers["under-18"] == {"question": "You are under 18", "answer": "", "words": "", "not_asked": True}
    assert answers["contact-name"]["not_asked"] is True
    assert "not_asked" not in answers["where"]
