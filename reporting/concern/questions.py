"""The questions as data: read once from `questions.yaml`, used by form, check page, sealed report and tests."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

#: Answers to a `many` field are kept as one text, its values in the order of the options.
SEPARATOR = ", "


@dataclass(frozen=True)
class Option:
    """One answer to choose, the words on it, and what a person should know who chooses it: words, and numbers.

    `contacts` is the kind of the contact records whose numbers are listed.
    """

    value: str
    words: str
    note: str = ""
    contacts: str = ""


@dataclass(frozen=True)
class Field:
    """One thing that is asked. `summary` names it on the check page and in the report.

    `suggest` names the records that are offered while somebody types. They are an offer: any answer is taken.
    """

    key: str
    kind: str
    summary: str
    label: str = ""
    required: bool = False
    missing: str = ""
    autocomplete: str = "off"
    only_if: str = ""
    suggest: str = ""
    options: tuple[Option, ...] = ()

    def words(self, answer: str) -> str:
        """The answer as people read it: the words of what was chosen, one a line, or the text itself."""
        known = {option.value: option.words for option in self.options}
        if self.kind == "many":
            return "\n".join(known.get(value, value) for value in answer.split(SEPARATOR)) if answer else ""
        return known.get(answer, answer)


@dataclass(frozen=True)
class Question:
    """One screen: a title, and one or more fields. `not_for` holds answers to `who` that it is not meant for."""

    title: str
    fields: tuple[Field, ...]
    hint: str = ""
    hint_without_words: str = ""
    not_for: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """A screen is called by its first field."""
        return self.fields[0].key


def _field(entry: dict[str, Any]) -> Field:
    return Field(**entry | {"options": tuple(Option(**option) for option in entry.get("options", ()))})


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """All screens in their order."""
    stored = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text())
    return tuple(
        Question(
            title=entry["title"],
            hint=entry.get("hint", ""),
            hint_without_words=entry.get("hint_without_words", ""),
            not_for=tuple(entry.get("not_for", ())),
            fields=tuple(_field(field) for field in entry["fields"]),
        )
        for entry in stored
    )


@lru_cache(maxsize=1)
def fields() -> tuple[Field, ...]:
    """Everything that is asked, in order."""
    return tuple(field for question in questions() for field in question.fields)
