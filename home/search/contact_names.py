"""Tells whether somebody looks for a helpline or a team by its name."""

from collections import Counter
from collections.abc import Iterable, Sequence

from home.search.words import STOP_WORDS, stem, stems_of
from resources.models import Contact

#: What people write around a name; none of it tells one contact from another.
AROUND_NAMES = "call chat contact email free helpline line number phone ring text website"
AROUND = frozenset(map(stem, AROUND_NAMES.split()))
STOPS = frozenset(map(stem, STOP_WORDS))
#: A word in more names than this, like "children", points at nobody.
COMMON = 4
MOST = 4


class ContactNames:
    """The names and keys of the live contacts, in their order."""

    def __init__(self, contacts: Iterable[tuple[str, str, str]]) -> None:
        self._names: dict[str, list[str]] = {}
        self._first: dict[str, set[str]] = {}
        self._own: dict[str, set[str]] = {}
        self._next_door: set[str] = set()
        for key, name, kind in contacts:
            if kind == Contact.Kind.NEIGHBOUR:
                self._next_door.add(key)
            in_name, in_key = stems_of(name), stems_of(key)
            self._names[key] = [s for s in in_name if s not in STOPS | AROUND]
            self._first[key] = {*in_name[:1], *in_key[:1], *(part for part in in_key if part.isdigit())}
            self._own[key] = {*self._names[key], *in_key}
        self._frequency = Counter(s for own in self._own.values() for s in own)

    def named(self, stems: Sequence[str]) -> list[str]:
        """The keys of the contacts that these words name: wholly, or by what is their own in the name.

        Teams next door stand back: whoever types "MASH" means ours, whoever types "Oxfordshire" means theirs.
        """
        typed = set(stems)
        asked = typed - AROUND - STOPS
        whole = [key for key, name in self._names.items() if name and typed.issuperset(name)]
        partly = [key for key in self._names if key not in whole and self._is_meant(key, asked)]
        found = [*whole, *partly]
        here = [key for key in found if key not in self._next_door]
        return (here or found)[:MOST]

    def has(self, key: str, stem: str) -> bool:
        """Whether a word is part of a contact's name or key."""
        return stem in self._own[key]

    def _is_meant(self, key: str, asked: set[str]) -> bool:
        """Whether nothing but this name was asked for, by its first word or by at least half of it."""
        name = self._names[key]
        if not asked or not asked <= self._own[key] or not any(self._frequency[s] <= COMMON for s in asked):
            return False
        return bool(asked & self._first[key]) or 2 * len(asked & set(name)) >= len(name)
