"""Words of distress, in the shape in which the form looks for them in what somebody wrote.

Editors keep the lists for the search (`home`), which this room knows nothing of: it says where they come from when it
starts. They lie in the snapshot beside the numbers, so the form finds them without the database.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

#: More than so many lists are not too much help, but too much to read.
MOST_FOUND = 2
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True)
class Distress:
    """One list: a pattern for the plain words of a text, and the keys of those who can help, best first.

    The pattern is a regular expression that Python and browsers read alike.
    """

    pattern: str
    contacts: tuple[str, ...]

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Distress":
        return cls(stored["pattern"], tuple(stored["contacts"]))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def plain(text: str) -> str:
    """The words of a text with a space before and behind each, in small letters, without accents and apostrophes.

    `static/js/common/distress.mjs` does the same.
    """
    folded = unicodedata.normalize("NFKD", text.replace("’", "'")).lower()
    letters = "".join(letter for letter in folded if not unicodedata.category(letter).startswith("M"))
    words = [word.removesuffix("'s").replace("'", "") for word in WORD.findall(letters)]
    return f" {' '.join(words)} "


def found_in(texts: Iterable[str], lists: Sequence[Distress]) -> list[Distress]:
    """The lists, in their order, of which something stands in one of the texts; not too many."""
    told = [plain(text) for text in texts]
    return [found for found in lists if any(re.search(found.pattern, words) for words in told)][:MOST_FOUND]


Source = Callable[[], list[Distress]]
_sources: list[Source] = []


def provide(source: Source) -> None:
    """Say where lists come from, once, when an application starts."""
    _sources.append(source)


def provided() -> list[Distress]:
    """All lists as they are now."""
    return [found for source in _sources for found in source()]
