"""The questions are one data file; everything else follows it."""

from datetime import UTC, datetime

from reporting.concern.form import ConcernForm
from reporting.concern.letter import as_data
from reporting.concern.questions import questions


def test_only_the_story_is_required() -> None:
    assert [question.key for question in questions() if question.required] == ["story"]


def test_danger_is_asked_first() -> None:
    assert questions()[0].key == "danger"


def test_every_choice_has_options_and_every_text_has_none() -> None:
    for question in questions():
        assert bool(question.options) is (question.kind == "choice")


def test_the_report_names_every_question_and_keeps_the_minute_inside() -> None:
    form = ConcernForm({"story": "A worry", "danger": "no"})
    assert form.is_valid()
    data = as_data(form.answers(), datetime(2026, 3, 3, 21, 42, 31, tzinfo=UTC))
    assert data["sent"] == "2026-03-03T21:42:00+00:00"
    assert [answer["key"] for answer in data["answers"]] == [question.key for question in questions()]  # type: ignore[attr-defined]


def test_what_people_read_first_stays_simple() -> None:
    """No sentence of a question or hint is longer than 25 words."""
    for question in questions():
        for sentence in f"{question.question} {question.hint}".replace("?", ".").split("."):
            assert len(sentence.split()) <= 25, sentence
