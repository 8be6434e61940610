"""The editors' words of distress as patterns, for whoever looks for them outside of the search."""

from collections.abc import Iterable
from itertools import takewhile

from django.conf import settings

from home.search.lexicon import distress_lists
from home.search.words import stem
from resources.book import live_and_hidden
from resources.distress import Distress, plain

#: In a shorter word another ending is another word: "he" is not "help".
SHORTEST_BEGINNING = 4
#: How long the ending of a word may be.
LONGEST_ENDING = 4


def patterns() -> list[Distress]:
    """Each live list in the order of the editors. The emergency number is not among the contacts: it always stands."""
    live, _ = live_and_hidden()
    return [
        Distress(pattern_of(lines), tuple(key for key in shown.contacts if key != settings.EMERGENCY_CONTACT))
        for shown, lines in distress_lists({contact.pk: contact.key for contact in live})
    ]


def pattern_of(phrases: Iterable[str]) -> str:
    """A pattern for any of these phrases: endings do not matter, and one more word may stand between two."""
    ways = dict.fromkeys("(?: [^ ]+)? ".join(map(any_form, plain(phrase).split())) for phrase in phrases)
    return f" (?:{'|'.join(filter(None, ways))}) "


def any_form(word: str) -> str:
    """A word with any ending, or a short one as it is."""
    pairs = zip(word, stem(word), strict=False)
    beginning = "".join(letter for letter, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return f"{beginning}[^ ]{{0,{LONGEST_ENDING}}}" if len(beginning) >= SHORTEST_BEGINNING else word
