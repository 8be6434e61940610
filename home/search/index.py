"""Keeps the index: one row for each stem of each live page, with a weight that needs no other page to be read.

The weight is the part of BM25F that belongs to a page (Robertson, Zaragoza and Taylor, 2004: Simple BM25 extension to
multiple weighted fields): how often the word stands there, in the title more than in the body, flattened, and less on
a long page. How rare the word is among all pages is worked out when somebody searches.
"""

import secrets
from collections import defaultdict

from django.conf import settings
from django.db import transaction
from django.db.models import F
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.models import IndexEdition, IndexedPage, IndexedStem, IndexedWord
from home.models.base import PhoenixPage
from home.search.page_text import BODY, PageText, text_of
from home.search.words import STOP_WORDS, pairs_of, stem, words_of
from resources.tokens import TOKEN

#: BM25's own names: `K1` flattens repetition, `B` says how much a long page has to pay; both from tests/home/search.
K1, B = 6.0, 0.4
USUAL_LENGTH = 400
#: What a contact's name is worth on a page that names its number.
CONTACT = 3.0


def contact_stem(key: str) -> str:
    """Stands in the index for a contact, so that a contact can change its name without a page being read again."""
    return f"[[{key}]]"


def findable() -> PageQuerySet:
    """The pages that a search may find: those that everyone may read, in the language whose endings it knows."""
    return Page.objects.live().public().filter(depth__gt=1, locale__language_code=settings.LANGUAGE_CODE)


@transaction.atomic
def update(page_id: int) -> None:
    """Index a page anew from what is published, or take it out if it is not for everyone to read."""
    page = findable().filter(pk=page_id).specific().first()
    before = IndexedPage.objects.filter(pk=page_id).first()
    if not isinstance(page, PhoenixPage):
        if before:
            before.delete()
        return
    new_edition()
    found = text_of(page)
    indexed, _ = IndexedPage.objects.update_or_create(pk=page_id, defaults={"text": found.text})
    indexed.stems.all().delete()
    IndexedStem.objects.bulk_create(
        IndexedStem(page=indexed, stem=name, weight=weight) for name, weight in weights(found).items()
    )
    count_words(gone=vocabulary(before.text) if before else set(), come=vocabulary(found.text))


def weights(found: PageText) -> dict[str, float]:
    """The stems of a page, and how much each says about it."""
    counted: dict[str, float] = defaultdict(float)
    length = 0
    for weight, line in found.lines:
        words = words_of(TOKEN.sub(" ", line))
        length += len(words)
        stems = [stem(word) for word in words]
        for name in [s for s, word in zip(stems, words, strict=True) if word not in STOP_WORDS]:
            counted[name] += weight
        for pair in pairs_of(stems) if weight > BODY else ():
            counted[pair] += weight
    for key in found.keys:
        counted[contact_stem(key)] += CONTACT
    slack = K1 * (1 - B + B * length / USUAL_LENGTH)
    return {name: count * (K1 + 1) / (count + slack) for name, count in counted.items()}


def vocabulary(text: str) -> set[str]:
    """The words of an indexed text that somebody could mistype."""
    return set(words_of(TOKEN.sub(" ", text))) - STOP_WORDS


def count_words(gone: set[str], come: set[str]) -> None:
    """Keep the list of all words in step with one page."""
    new, old = come - gone, gone - come
    IndexedWord.objects.bulk_create((IndexedWord(word=word, stem=stem(word)) for word in new), ignore_conflicts=True)
    IndexedWord.objects.filter(word__in=new).update(pages=F("pages") + 1)
    IndexedWord.objects.filter(word__in=old).update(pages=F("pages") - 1)
    IndexedWord.objects.filter(word__in=old, pages=0).delete()


def new_edition() -> None:
    """Tell every process to read the words anew. It comes first in a change, so that changes wait for each other."""
    token = secrets.token_hex(16)
    if not IndexEdition.objects.update(token=token):
        IndexEdition.objects.create(token=token)


def catch_up() -> int:
    """Index the live pages that are not in it yet. Returns how many."""
    missing = findable().exclude(pk__in=IndexedPage.objects.values("pk"))
    ids = list(missing.values_list("pk", flat=True))
    for page_id in ids:
        update(page_id)
    return len(ids)


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew. Returns how many pages it holds."""
    # The words first: then no page that goes has any to count down.
    IndexedWord.objects.all().delete()
    IndexedPage.objects.all().delete()
    catch_up()
    return IndexedPage.objects.count()
