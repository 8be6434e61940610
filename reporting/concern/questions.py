"""The questions as data: read once from `questions.yaml`, used by the form, the check page and the sealed report."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Option:
    """One answer to choose, and the words on it."""

    value: str
    words: str


@dataclass(frozen=True)
class Question:
    """One question. `summary` names it on the check page and in the report."""

    key: str
    kind: str
    question: str
    summary: str
    hint: str = ""
    required: bool = False
    missing: str = ""
    options: tuple[Option, ...] = ()

    def words(self, answer: str) -> str:
        """The answer as people read it: the words of the chosen option, or the text itself."""
        return next((option.words for option in self.options if option.value == answer), answer)


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """All questions in their order."""
    stored = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text())
    return tuple(
        Question(**entry | {"options": tuple(Option(**option) for option in entry.get("options", ()))})
        for entry in stored
    )
