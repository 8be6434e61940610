"""The questions are one data file; everything else follows it."""

from datetime import UTC, datetime
from pathlib import Path

import yaml

from reporting.concern.form import ConcernForm
from reporting.concern.letter import as_data
from reporting.concern.questions import fields, questions


def test_only_the_story_is_required() -> None:
    assert [field.key for field in fields() if field.required] == ["story"]


def test_danger_is_asked_first_and_then_the_story() -> None:
    assert [question.key for question in questions()][:2] == ["danger", "story"]


def test_keys_are_unique() -> None:
    keys = [field.key for field in fields()]
    assert len(keys) == len(set(keys))


def test_every_choice_has_options_and_every_text_has_none() -> None:
    for field in fields():
        assert bool(field.options) is (field.kind in ("choice", "many"))


def test_no_option_could_be_taken_for_two() -> None:
    for field in fields():
        for option in field.options:
            assert "," not in option.value


def test_the_ten_signs_of_the_guidance_are_all_asked_for_in_their_order() -> None:
    signs = next(field for field in fields() if field.key == "signs")
    shipped = [sign["key"] for sign in yaml.safe_load(Path("home/content/signs.yaml").read_text())]
    assert [option.value for option in signs.options] == [*shipped, "none"]


def test_the_report_names_every_question_and_keeps_the_minute_inside() -> None:
    form = ConcernForm({"story": "A worry", "danger": "no"})
    assert form.is_valid()
    data = as_data(form.answers(), datetime(2026, 3, 3, 21, 42, 31, tzinfo=UTC), "key")
    assert data["sent"] == "2026-03-03T21:42Z"
    assert [answer["key"] for answer in data["answers"]] == [field.key for field in fields()]  # type: ignore[attr-defined]


def test_what_people_read_first_stays_simple() -> None:
    """No sentence of a question, a hint or a note is longer than 25 words."""
    notes = [option.note for field in fields() for option in field.options]
    texts = [f"{question.title} {question.hint}" for question in questions()] + notes
    for text in texts:
        for sentence in text.replace("?", ".").split("."):
            assert len(sentence.split()) <= 25, sentence


def test_questions_hold_no_word_that_blames() -> None:
    told = Path("reporting/concern/questions.yaml").read_text().lower()
    for word in ("victim", "allegation", "disclosure", "perpetrator", "risky", "promiscuous", "evidence", "prove "):
        assert word not in told
