"""Finds the phrases of editors among the words that somebody typed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from home.search.words import stems_of

T = TypeVar("T")
Stems = tuple[str, ...]


class PhraseBook(Generic[T]):
    """Phrases and what each stands for. `gap` is how many other words may stand between two words of a phrase."""

    def __init__(self, entries: Iterable[tuple[str, T]], gap: int = 0) -> None:
        self.gap = gap
        self._by_first: dict[str, list[tuple[Stems, T]]] = defaultdict(list)
        for phrase, value in entries:
            if stems := stems_of(phrase):
                self._by_first[stems[0]].append((stems, value))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda entry: -len(entry[0]))

    def at(self, stems: Sequence[str], start: int) -> tuple[int, T] | None:
        """The longest phrase that begins at this word: the place behind its end, and what it stands for."""
        for phrase, value in self._by_first.get(stems[start], ()):
            if end := self._end_of(phrase, stems, start):
                return end, value
        return None

    def all_in(self, stems: Sequence[str]) -> list[T]:
        """What all phrases anywhere in these words stand for, in the order in which they begin."""
        return [
            value
            for start in range(len(stems))
            for phrase, value in self._by_first.get(stems[start], ())
            if self._end_of(phrase, stems, start)
        ]

    def _end_of(self, phrase: Stems, stems: Sequence[str], start: int) -> int:
        """The place behind a phrase that begins at `start`; 0 if it does not stand there."""
        place = start
        for word in phrase[1:]:
            window = stems[place + 1 : place + 2 + self.gap]
            if word not in window:
                return 0
            place += 1 + window.index(word)
        return place + 1
