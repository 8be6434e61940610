"""Words that blame a child or hide who did it: finds them in a text, and says what to write instead.

The words are data (`words.yaml`), with a source each. What stands in quotation marks is left alone: it names a word or
repeats somebody, and that must be possible.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

QUOTED = re.compile(r"“[^”]*”|‘[^’\n]{1,60}’(?!\w)|\"[^\"]*\"")


@dataclass(frozen=True)
class Entry:
    """Some words that mean the same mistake, and what to write instead."""

    key: str
    words: tuple[str, ...]
    write: str
    source: str
    why: str = ""
    unless: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds any of the words, but not right behind the words that make it fine."""
        unless = "".join(rf"(?<!{re.escape(words)} )" for words in self.unless)
        return re.compile(rf"{unless}(?:{'|'.join(map(beginning, self.words))})", re.IGNORECASE)

    @property
    def advice(self) -> str:
        return f"Write: {self.write}. {self.why}".strip()

    def is_for(self, audience: str) -> bool:
        """Whether it is a mistake on pages of this audience; pages for everyone have none."""
        return not self.audiences or audience in self.audiences


@dataclass(frozen=True)
class Found:
    """A word that should not stand there: which, in which line."""

    entry: Entry
    word: str
    line: str


def beginning(words: str) -> str:
    """A pattern for these words where a word begins; both kinds of apostrophe are the same."""
    return re.sub(r"^(?=\w)", r"(?<!\\w)", re.escape(words).replace("’", "[’']"))


@cache
def entries() -> tuple[Entry, ...]:
    """All entries of the list, in its order."""
    loaded = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text())
    return tuple(
        Entry(**entry | {name: tuple(entry.get(name, ())) for name in ("words", "unless", "audiences")})
        for entry in loaded
    )


def lint(lines: list[str], audience: str = "") -> list[Found]:
    """Every word in these lines that should not stand on a page of this audience."""
    found = []
    for line in lines:
        said = QUOTED.sub(lambda quoted: " " * len(quoted[0]), line)
        for entry in entries():
            if entry.is_for(audience) and (word := entry.pattern.search(said)):
                found.append(Found(entry, word[0], line))
    return found
