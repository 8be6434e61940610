"""The questions as data: read once from `questions.yaml`, used by form, check page, sealed report and tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

#: Answers to a `many` field are kept as one text, its values in the order of the options.
SEPARATOR = ", "


@dataclass(frozen=True)
class You:
    """The words of a question or a field for somebody who tells about themselves; empty where they are the same."""

    title: str = ""
    hint: str = ""
    label: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Option:
    """One answer to choose, the words on it, and what a person should know who chooses it: words, and numbers.

    `contacts` is the kind of the contact records whose numbers are listed; `aside` names more to know.
    """

    value: str
    words: str
    note: str = ""
    contacts: str = ""
    aside: str = ""


@dataclass(frozen=True)
class Field:
    """One thing that is asked. `summary` names it on the check page and in the report.

    `suggest` names the records that are offered while somebody types. They are an offer: any answer is taken.
    """

    key: str
    kind: str
    summary: str
    label: str = ""
    note: str = ""
    required: bool = False
    missing: str = ""
    autocomplete: str = "off"
    only_if: str = ""
    suggest: str = ""
    you: You = You()
    options: tuple[Option, ...] = ()

    @property
    def depends_on(self) -> tuple[str, str]:
        """Key and value of the answer after which this is asked; both empty if it is always asked."""
        key, _, value = self.only_if.partition("=")
        return key, value

    def words(self, answer: str) -> str:
        """The answer as people read it: the words of what was chosen, one a line, or the text itself."""
        known = {option.value: option.words for option in self.options}
        if self.kind == "many":
            return "\n".join(known.get(value, value) for value in answer.split(SEPARATOR)) if answer else ""
        return known.get(answer, answer)


@dataclass(frozen=True)
class Question:
    """One screen: a title, and one or more fields. `not_for` holds answers to `who` that it is not meant for.

    `inbox` names the inbox that it chooses: it is asked only while that inbox is offered. `hint_stays` where the hint
    says how the form works: no editor words it differently.
    """

    title: str
    fields: tuple[Field, ...]
    hint: str = ""
    you: You = You()
    away: bool = False
    hint_without_words: str = ""
    hint_stays: bool = False
    not_for: tuple[str, ...] = ()
    inbox: str = ""

    @property
    def key(self) -> str:
        """A screen is called by its first field."""
        return self.fields[0].key

    def is_meant_for(self, who: str) -> bool:
        """Whether this is asked of somebody who gave this answer to `who`."""
        return who not in self.not_for


def _field(entry: dict[str, Any]) -> Field:
    options = tuple(Option(**option) for option in entry.get("options", ()))
    return Field(**entry | {"options": options, "you": You(**entry.get("you", {}))})


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """All screens in their order."""
    stored = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text())
    return tuple(
        Question(
            title=entry["title"],
            hint=entry.get("hint", ""),
            you=You(**entry.get("you", {})),
            away=entry.get("away", False),
            hint_without_words=entry.get("hint_without_words", ""),
            hint_stays=entry.get("hint_stays", False),
            not_for=tuple(entry.get("not_for", ())),
            inbox=entry.get("inbox", ""),
            fields=tuple(_field(field) for field in entry["fields"]),
        )
        for entry in stored
    )


@lru_cache(maxsize=1)
def fields() -> tuple[Field, ...]:
    """Everything that is asked, in order."""
    return tuple(field for question in questions() for field in question.fields)


def not_asked(answers: Sequence[tuple[Field, str]]) -> frozenset[str]:
    """The keys of what was not meant for this person and has no answer. What they answered all the same stays.

    `static/js/tell/answers.mjs` tells the same.
    """
    given = {field.key: answer for field, answer in answers}
    return frozenset(
        field.key
        for question in questions()
        for field in question.fields
        if not given.get(field.key) and not (question.is_meant_for(given.get("who", "")) and is_due(field, given))
    )


def is_due(field: Field, given: Mapping[str, str]) -> bool:
    """Whether the answer was given after which a field is asked, if there is one."""
    key, value = field.depends_on
    return not key or given.get(key) == value
