"""What somebody typed, understood: slips of the finger put right, words that mean the same beside each other."""

from dataclasses import dataclass, field

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
    """Stems that must all stand on a page, and how much finding them counts."""

    stems: Stems
    factor: float = 1.0


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
    words = [meant(word, lexicon, question) for word in typed[:MOST_WORDS]]
    stems = [stem(word) for word in words]
    question.contacts = lexicon.contacts.named([*stems, *joined(words, lexicon).values()])
    question.promoted = list(dict.fromkeys(lexicon.promoted.all_in(stems)))
    question.distress = distress_in([*stems, *map(stem, typed[MOST_WORDS:])], lexicon)
    question.pairs = pairs_of(stems)
    question.concepts = concepts_of(words, stems, lexicon, question.contacts)
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


def distress_in(stems: list[str], lexicon: Lexicon) -> list[Distress]:
    """Whatever leads to help, the most urgent first; not too much of it, or nobody reads it."""
    places = sorted(set(lexicon.distress_phrases.all_in(stems)))
    return [lexicon.distress[place] for place in places][:MOST_DISTRESS]


def concepts_of(words: list[str], stems: list[str], lexicon: Lexicon, contacts: list[str]) -> list[list[Alternative]]:
    """The things that are looked for: a phrase that editors know is one, and so is each other word that says much."""
    concepts = []
    as_one = joined(words, lexicon)
    place = 0
    while place < len(words):
        known = lexicon.meanings.at(stems, place)
        end = known[0] if known else place + 1
        own = [Alternative(tuple(s for w, s in zip(words[place:end], stems[place:end], strict=True) if w not in STOP_WORDS))]
        # The words of another phrase may stand far apart on a page by chance: together they count as much as one.
        others = [Alternative(s, SAME_MEANING / len(s)) for s in map(without_stops, known[1] if known else ()) if s]
        pairs = [Alternative((as_one[p],)) for p in range(place - 1, end) if p in as_one]
        if alternatives := [a for a in (*own, *others, *pairs) if a.stems]:
            concepts.append(alternatives)
        place = end
    for alternatives in concepts:
        alternatives += [
            Alternative((contact_stem(key),), CONTACT)
            for key in contacts
            if any(lexicon.contacts.has(key, s) for a in alternatives for s in a.stems)
        ]
    return concepts


def without_stops(stems: Stems) -> Stems:
    """The stems of a phrase that the index holds."""
    return tuple(s for s in stems if s not in STOP_STEMS)
