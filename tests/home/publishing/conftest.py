"""What the tests of publishing share: two editors, one record of each kind, and words to look for."""

from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import Page

from home.models import DistressWords, GuidancePage, InfoPage, PromotedPage, SearchWords, Sign
from resources.models import AreaBoard, Authority, Contact, Place

#: One record of each kind: what it is, how to find it, and a field of it that readers see or meet in the search.
KINDS = {
    "guidance": (GuidancePage, {"slug": "is-this-ok"}, "lede"),
    "law": (InfoPage, {"slug": "privacy"}, "lede"),
    "contact": (Contact, {"key": "samaritans"}, "about"),
    "place": (Place, {"name": "Salisbury"}, "source"),
    "authority": (Authority, {"key": "dorset"}, "police"),
    "area board": (AreaBoard, {"key": "stonehenge"}, "also_known_as"),
    "sign": (Sign, {"key": "gifts"}, "young"),
    "same words": (SearchWords, {"words__startswith": "police\n"}, "words"),
    "first page": (PromotedPage, {"page__slug": "leaving-home"}, "words"),
    "distress": (DistressWords, {"name": "Thoughts of dying"}, "text"),
}
#: The kinds for which the setting alone asks for two people.
BY_SETTING = {"guidance", "same words", "first page", "distress"}
WORDS = "Words that one person wrote."
OTHER = "Words that another person wrote."


def record_of(kind: str) -> Any:
    model, named, _ = KINDS[kind]
    return model.objects.get(**named)


def address_of(record: Any, screen: str, *also: Any) -> str:
    """Where a screen of the CMS for this record is."""
    space = "wagtailadmin_pages" if isinstance(record, Page) else f"wagtailsnippets_{record._meta.label_lower}"
    return reverse(f"{space.replace('.', '_')}:{screen}", args=[record.pk, *also])


def edit_address(record: Any) -> str:
    return address_of(record, "edit")


def shown(record: Any, kind: str) -> str:
    """What readers see of the record now."""
    live = type(record).objects.get(pk=record.pk)
    return words_in(live, kind) if live.live else ""


def drafted(record: Any, kind: str) -> str:
    """What the latest draft says."""
    return words_in(type(record).objects.get(pk=record.pk).get_latest_revision_as_object(), kind)


def words_in(record: Any, kind: str) -> str:
    """The words of the record; of words that mean the same, those in the last line."""
    words: str = getattr(record, KINDS[kind][2])
    return words.splitlines()[-1] if kind == "same words" else words


def write(person: Any, record: Any, kind: str, words: str = WORDS, **also: str) -> Any:
    """Somebody changes a record and presses "Save draft" (or another button, if `also` names one)."""
    address = edit_address(record)
    draft = apps.get_model(record._meta.label).objects.get(pk=record.pk).get_latest_revision_as_object()
    form = person.form(address, draft, KINDS[kind][2])
    if kind == "same words":
        words = f"police\n{words}"
    return person.save(address, form, publish=False, **({KINDS[kind][2]: words} | also))


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of record in turn."""
    return str(request.param)


@pytest.fixture
def record(kind: str, db: None) -> Any:
    return record_of(kind)


@pytest.fixture
def colleague(editor: Any) -> Any:
    """The second editor."""
    return editor.colleague
