"""What somebody typed, understood: slips of the finger put right, words that mean the same beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from home.search.index import contact_stem
from home.search.lexicon import Distress, Lexicon
from home.search.phrases import Stems
from home.search.words import STOP_WORDS, pairs_of, stem, words_of

#: More words than this are a story and not a search.
MOST_WORDS = 24
#: How much another word counts beside the one that was typed.
SAME_MEANING, CONTACT = 0.8, 0.7
MOST_DISTRESS = 2
STOP_STEMS = frozenset(map(stem, STOP_WORDS))


@dataclass(frozen=True)
class Alternative:
    """Stems that must all stand on a page, and how much finding them counts.

    The words of a phrase that nobody typed may stand far apart on a page by chance: it counts as its weakest word.
    """

    stems: Stems
    factor: float = 1.0
    is_typed: bool = True


@dataclass
class Question:
    """`concepts` are the things looked for, each with its alternatives; `pairs` are each two words in a row.

    A page need not have them all.
    """

    concepts: list[list[Alternative]] = field(default_factory=list)
    pairs: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    distress: list[Distress] = field(default_factory=list)
    promoted: list[int] = field(default_factory=list)

    @property
    def stems(self) -> set[str]:
        """The words that are looked for, in every alternative."""
        return {s for concept in self.concepts for alternative in concept for s in alternative.stems}


def understand(text: str, lexicon: Lexicon) -> Question:
    """Read what was typed. Its words are looked at in the order in which they stand."""
    question = Question()
    typed = words_of(text)
    as_one = joined(typed[:MOST_WORDS], lexicon)
    words = [
        word if {place - 1, place} & as_one.keys() else meant(word, lexicon, question)
        for place, word in enumerate(typed[:MOST_WORDS])
    ]
    stems = [stem(word) for word in words]
    question.contacts = lexicon.contacts.named([*stems, *as_one.values()])
    question.promoted = list(dict.fromkeys(lexicon.promoted.all_in(stems)))
    rest = [stem(word) for word in typed[MOST_WORDS:]]
    written_as_one = [as_one.get(place, s) for place, s in enumerate(stems) if place - 1 not in as_one]
    question.distress = distress_in([[*stems, *rest], written_as_one], lexicon)
    question.concepts = concepts_of(words, stems, as_one, lexicon)
    add_contacts(question, lexicon)
    says_much = [not STOP_STEMS.issuperset(pair) for pair in pairwise(stems)]
    # Pairs of small words ("what is", "is it") are all there is in some questions, and noise in others.
    question.pairs = [p for p, much in zip(pairs_of(stems), says_much, strict=True) if much or not question.concepts]
    return question


def meant(word: str, lexicon: Lexicon, question: Question) -> str:
    """The word itself if it is known, else the nearest that is; what was put right is noted, for the page to say."""
    if lexicon.knows(word):
        return word
    near = lexicon.near(word)
    if near and near not in question.also:
        question.also.append(near)
    return near or word


def joined(words: list[str], lexicon: Lexicon) -> dict[int, str]:
    """Where two words in a row are written as one elsewhere ("child line"): the place of the first, and the stem."""
    pairs = {place: words[place] + words[place + 1] for place in range(len(words) - 1)}
    return {place: stem(pair) for place, pair in pairs.items() if pair in lexicon.words}


def distress_in(readings: list[list[str]], lexicon: Lexicon) -> list[Distress]:
    """Whatever leads to help in any reading of the words, most urgent first; not too much of it, or nobody reads it."""
    places = sorted({place for stems in readings for place in lexicon.distress_phrases.all_in(stems)})
    return [lexicon.distress[place] for place in places][:MOST_DISTRESS]


def concepts_of(
    words: list[str], stems: list[str], as_one: dict[int, str], lexicon: Lexicon
) -> list[list[Alternative]]:
    """The things that are looked for: a phrase that editors know is one, and so is each other word that says much."""
    concepts = []
    place = 0
    while place < len(words):
        known = lexicon.meanings.at(stems, place)
        end = known[0] if known else place + 1
        own = [Alternative(without_stops(stems[place:end]))]
        others = [
            Alternative(without_stops(other), SAME_MEANING, is_typed=False) for other in (known[1] if known else ())
        ]
        pairs = [Alternative((as_one[first],)) for first in range(place - 1, end) if first in as_one]
        if alternatives := [alternative for alternative in (*own, *others, *pairs) if alternative.stems]:
            concepts.append(alternatives)
        place = end
    return concepts


def add_contacts(question: Question, lexicon: Lexicon) -> None:
    """A page that gives the number of a contact answers the words that name it."""
    for alternatives in question.concepts:
        words = {s for alternative in alternatives for s in alternative.stems}
        alternatives += [
            Alternative((contact_stem(key),), CONTACT, is_typed=False)
            for key in question.contacts
            if any(lexicon.contacts.has(key, s) for s in words)
        ]


def without_stops(stems: Sequence[str]) -> Stems:
    """The stems of a phrase that the index holds."""
    return tuple(s for s in stems if s not in STOP_STEMS)
