"""Everything the search knows beside the index, kept by each process until the next edition of it.

It holds words of published pages, of contacts and of editors, and the records of the contacts; never what somebody
looked for.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from django.conf import settings
from rapidfuzz import process
from rapidfuzz.distance import OSA

from home.models import (
    DistressWords,
    DoorPage,
    IndexEdition,
    IndexedPage,
    IndexedWord,
    PromotedPage,
    SearchWords,
)
from home.models.search_words import lines_of
from home.search.contact_names import ContactNames
from home.search.phrases import PhraseBook, Stems
from home.search.words import STOP_WORDS, stem, stems_of, words_of
from resources.book import ContactBook, Shelf, live_and_hidden


@dataclass(frozen=True)
class Distress:
    """What stands above the results for somebody in distress."""

    heading: str
    text: str
    contacts: tuple[str, ...]
    is_danger: bool = False
    page_id: int | None = None


#: Hold even when editors deleted or unpublished every phrase that leads to the emergency number.
LAST_RESORT = ("help me", "in danger", "emergency")


@dataclass(frozen=True)
class Lexicon:
    """One edition. `words` maps each known word to the number of pages it stands on, `forms` a stem to its words.

    `spelled` are the known words by the alphabet, `sized` by their length.
    """

    pages: int = 0
    words: dict[str, int] = field(default_factory=dict)
    spelled: list[str] = field(default_factory=list)
    sized: dict[int, list[str]] = field(default_factory=dict)
    forms: dict[str, list[str]] = field(default_factory=dict)
    meanings: PhraseBook[tuple[Stems, ...]] = field(default_factory=lambda: PhraseBook([]))
    promoted: PhraseBook[int] = field(default_factory=lambda: PhraseBook([]))
    distress: tuple[Distress, ...] = ()
    distress_phrases: PhraseBook[int] = field(default_factory=lambda: PhraseBook([]))
    contacts: ContactNames = field(default_factory=lambda: ContactNames([]))
    services: Shelf = field(default_factory=lambda: Shelf([]))
    hidden: Mapping[str, str] = field(default_factory=dict)
    doors: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def current(cls) -> "Lexicon":
        """The edition that is in the database now: one query, and a few more when it has changed."""
        return _edition(IndexEdition.objects.values_list("token", flat=True).first())

    def book(self) -> ContactBook:
        """The contact book of one answer, from the records that were read with this edition."""
        return ContactBook(self.services, hidden=self.hidden)

    def knows(self, word: str) -> bool:
        return word in self.words or stem(word) in self.forms or word in STOP_WORDS

    def near(self, word: str) -> str | None:
        """The known word that somebody may have meant: one slip in 4 to 7 letters, two in longer words, or its end.

        Slips are counted as optimal string alignment does: a letter too many, too few, wrong, or two swapped.
        """
        if len(word) < 4 or not word.isalpha():
            return None
        slips = 2 if len(word) >= 8 else 1
        # A word that is longer or shorter than the slips allow cannot be meant.
        lengths = range(len(word) - slips, len(word) + slips + 1)
        alike = [known for length in lengths for known in self.sized.get(length, ())]
        near = process.extract(word, alike, scorer=OSA.distance, score_cutoff=slips, limit=None)
        found = {candidate: distance for candidate, distance, _ in near}
        for known in islice(self.spelled, bisect_left(self.spelled, word), None):
            if not known.startswith(word):
                break
            found[known] = 1
        # Of the equally near: the same first letter, then the commoner word, then any, but always the same one.
        best = min(found, key=lambda w: (found[w], w[0] != word[0], -self.words[w], w), default=None)
        # In a short word the first letter is seldom the wrong one.
        return best if best and (len(word) > 5 or best[0] == word[0]) else None

    def door_of(self, path: str) -> tuple[str, str]:
        """The menu words and the audience of the door that a page stands behind; empty for pages for everyone."""
        return next(((words, audience) for start, words, audience in self.doors if path.startswith(start)), ("", ""))


@lru_cache(maxsize=1)
def _edition(token: str | None) -> Lexicon:
    """Read an edition. If it changes meanwhile, the next look at the token leads here again."""
    words: dict[str, int] = dict(IndexedWord.objects.values_list("word", "pages"))
    contacts, hidden = live_and_hidden()
    groups = [lines_of(group) for group in SearchWords.objects.filter(live=True).values_list("words", flat=True)]
    meanings = [(phrase, tuple(map(stems_of, group))) for group in groups for phrase in group]
    promoted = [
        (phrase, page_id)
        for page_id, phrases in PromotedPage.objects.filter(live=True).values_list("page_id", "words")
        for phrase in lines_of(phrases)
    ]
    distress, phrases = _distress({contact.pk: contact.key for contact in contacts})
    for phrase in [*(p for p, _ in meanings), *(p for p, _ in phrases), *(c.name for c in contacts)]:
        for word in words_of(phrase):
            words.setdefault(word, 0)
    forms, sized = defaultdict(list), defaultdict(list)
    for word in words:
        forms[stem(word)].append(word)
        sized[len(word)].append(word)
    return Lexicon(
        pages=IndexedPage.objects.count(),
        words=words,
        spelled=sorted(words),
        sized=dict(sized),
        forms=dict(forms),
        meanings=PhraseBook(meanings),
        promoted=PhraseBook(promoted),
        distress=distress,
        distress_phrases=PhraseBook(phrases, gap=1),
        contacts=ContactNames((contact.key, contact.name, contact.kind) for contact in contacts),
        services=Shelf(contacts),
        hidden=hidden,
        doors=tuple(DoorPage.objects.values_list("path", "menu_words", "audience")),
    )


def _distress(keys: dict[int, str]) -> tuple[tuple[Distress, ...], list[tuple[str, int]]]:
    """What editors wrote for distress in their order, and each phrase with the place of what it leads to."""
    found = distress_lists(keys)
    phrases = [(phrase, place) for place, (_, lines) in enumerate(found) for phrase in lines]
    return tuple(distress for distress, _ in found), phrases


def distress_lists(keys: dict[int, str]) -> list[tuple[Distress, list[str]]]:
    """What editors wrote for distress in their order, each with its phrases; `keys` are those of the live contacts."""
    published = DistressWords.objects.filter(live=True)
    found = [(_shown(record, keys), lines_of(record.phrases)) for record in published]
    if not any(distress.is_danger for distress, _ in found):
        words = "Call for help now. You don’t need to know what to say."
        found.insert(0, (Distress("In danger now?", words, (settings.EMERGENCY_CONTACT,), True), list(LAST_RESORT)))
    return found


def _shown(record: DistressWords, keys: dict[int, str]) -> Distress:
    chosen: Iterator[str] = (keys[pk] for pk in record.contact_ids() if pk in keys)
    is_danger = record.level == DistressWords.Level.DANGER
    first = [settings.EMERGENCY_CONTACT] if is_danger else []
    return Distress(record.heading, record.text, tuple(dict.fromkeys([*first, *chosen])), is_danger, record.page_id)
