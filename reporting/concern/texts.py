"""The texts of the form as they stand now: what editors published, and what is shipped where they published nothing.

Shipped words are in `texts.yaml` and, for the hints of the questions, in `questions.yaml`.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from reporting.concern.questions import Question, questions
from resources.form_texts import ShippedText
from resources.snapshot import texts_from_snapshot


def hint_key(question: Question, you: bool = False) -> str:
    """How the hint of a question is named among the texts; `you` for somebody who tells about themselves."""
    return f"hint_{question.key}{'_you' if you else ''}"


def hints() -> Iterator[ShippedText]:
    """The hints that may be worded in another way, as texts."""
    for question in questions():
        if question.hint_stays:
            continue
        if question.hint:
            yield ShippedText(hint_key(question), f"Hint: {question.title}", question.hint)
        if question.you.hint:
            name = f"Hint: {question.you.title}"
            yield ShippedText(
                hint_key(question, you=True), name, question.you.hint, "For somebody who tells about themselves."
            )


@lru_cache(maxsize=1)
def by_page() -> dict[str, tuple[ShippedText, ...]]:
    """The shipped texts of each page, in the order in which a person meets them."""
    stored: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "texts.yaml").read_text())
    pages = {page: tuple(ShippedText(**entry) for entry in entries) for page, entries in stored.items()}
    return pages | {"questions": (*hints(), *pages["questions"])}


def shipped() -> list[ShippedText]:
    """All texts in their order."""
    return [text for texts in by_page().values() for text in texts]


def current() -> dict[str, str]:
    """The words of every text by its key. They come from the disk: pages that hold a person's words need them too."""
    published = texts_from_snapshot()
    return {text.key: published.get(text.key) or text.words for text in shipped()}
