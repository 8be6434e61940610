"""The texts of the concern form that a council may word for itself, between those who show and those who keep them.

The form (`reporting`) says when it starts which texts there are, with the words that are shipped and the page that each
stands on. Editors (`home`) keep other words for them. Neither room knows the other. Published words lie in the snapshot
beside the numbers, so the form has them without the database.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ShippedText:
    """One text: its key, what editors call it, the words that come with the code, and what to know about its shape."""

    key: str
    name: str
    words: str
    note: str = ""


#: All texts in the order in which a person meets them.
Declared = Callable[[], Iterable[ShippedText]]
#: The template and the context of the page on which a text stands, with these words in it.
Preview = Callable[[str, str], tuple[str, dict[str, Any]]]
#: Published words by the key of their text.
Published = Callable[[], dict[str, str]]

_forms: list[tuple[Declared, Preview]] = []
_sources: list[Published] = []


def declare(texts: Declared, preview: Preview) -> None:
    """Say which texts there are, once, when an application starts."""
    _forms.append((texts, preview))


def declared() -> list[ShippedText]:
    """All texts with the words that are shipped, in their order."""
    return [text for texts, _ in _forms for text in texts()]


def preview(key: str, words: str) -> tuple[str, dict[str, Any]]:
    """The page on which this text stands, as template and context. Raises LookupError if there is no such text."""
    for texts, page_of in _forms:
        if any(text.key == key for text in texts()):
            return page_of(key, words)
    raise LookupError(key)


def provide(source: Published) -> None:
    """Say where published words come from, once, when an application starts."""
    _sources.append(source)


def provided() -> dict[str, str]:
    """All published words as they are now."""
    return {key: words for source in _sources for key, words in source().items()}
