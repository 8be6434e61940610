"""Words as the index knows them: without case, accents and endings.

Endings go by the Snowball stemmer for English (Porter, 2001: https://snowballstem.org/), so that "groomed" finds
"grooming" on every database alike.
"""

import re
import threading
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import Stemmer

from home.models.search_index import LONGEST_WORD

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
#: Words that stand on every page and tell nothing about it.
SMALL = """
a about all also am an and any are as at be been being but by can could did do does doing dont for from get
gets got had has have he her hers him his how i if im in into is isnt it its ive just me my no not of on or
our she should so some than that the their them then there these they theyre this those to too wanna want
wanted wants was we were what when where which who why will with would you your youre
"""
STOP_WORDS = frozenset(SMALL.split())


class _Stemmers(threading.local):
    """A stemmer for each thread: one must not be shared."""

    def __init__(self) -> None:
        # It would remember the words it met. What people look for is remembered nowhere, not even here.
        self.english = Stemmer.Stemmer("english", maxCacheSize=0)


_stemmers = _Stemmers()


def words_of(text: str) -> list[str]:
    """The words of a text in their order, in small letters, without accents, apostrophes and the ending ’s."""
    folded = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return [word.removesuffix("'s").replace("'", "")[:LONGEST_WORD] for word in WORD.findall(plain)]


def stem(word: str) -> str:
    """What the forms of a word have in common."""
    stemmed: str = _stemmers.english.stemWord(word)
    return stemmed


def pairs_of(stems: Sequence[str]) -> list[str]:
    """Each two words in a row."""
    return [f"{first} {second}" for first, second in pairwise(stems)]


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of a text in their order, small words included: what phrases are made of."""
    return tuple(stem(word) for word in words_of(text))
