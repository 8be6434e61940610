"""Texts that replies to senders start from, with the numbers of the records in them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from resources.book import ContactBook
from resources.tokens import TOKEN


@dataclass(frozen=True)
class Start:
    """One text, as an officer finds it and as the sender would read it."""

    title: str
    text: str


@lru_cache(maxsize=1)
def _stored() -> dict[str, Any]:
    stored: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "replies.yaml").read_text())
    return stored


def starts(book: ContactBook) -> list[Start]:
    """The texts. One whose number is not there today is left out: half a sentence helps nobody."""
    found = []
    for entry in _stored()["texts"]:
        numbers = {key: number_of(book, key) for key in TOKEN.findall(entry["text"])}
        if all(numbers.values()):
            found.append(Start(entry["title"], TOKEN.sub(lambda token: numbers[token[1]], entry["text"])))  # noqa: B023
    return found


def number_of(book: ContactBook, key: str) -> str:
    """The number of a contact; empty while there is none to be shown."""
    service = book.get(key)
    return service.number if service else ""


def harmless() -> str:
    """Words that a reply may repeat."""
    words: str = _stored()["harmless"]
    return words
