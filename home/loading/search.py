"""The words of the search from `home/content/search.yaml`."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from wagtail.models import Page

from home.loading.ledger import Outcome, Record, load_once
from home.loading.pages import address_of
from home.models import DistressWords, HomePage, PromotedPage, SearchWords
from resources.models import Contact


def load_search(content: dict[str, list[Any]]) -> list[Outcome]:
    """Load all three lists. The pages and contacts they name are loaded before; what an editor deleted is left out."""
    home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    pages = {address_of(page, home): page for page in home.get_descendants(inclusive=True)}
    return [
        *(same(phrases) for phrases in content["same"]),
        *(first(entry, pages) for entry in content["first"]),
        *(distress(entry, pages) for entry in content["distress"]),
    ]


def same(phrases: list[str]) -> Outcome:
    """Words that mean the same. They have no name, so the first of them is it."""
    words = "\n".join(phrases)
    existing = next((r for r in SearchWords.objects.filter(words__startswith=f"{phrases[0]}\n")), None)
    return load_once(f"search words {phrases[0]}", phrases, existing, saver(SearchWords, words=words))


def first(entry: dict[str, Any], pages: dict[str, Page]) -> Outcome:
    """A page to show first."""
    page = pages.get(entry["page"])
    if page is None:
        return Outcome.KEPT
    existing = PromotedPage.objects.filter(page=page).first()
    save = saver(PromotedPage, page=page, words="\n".join(entry["words"]))
    return load_once(f"search first {entry['page']}", entry, existing, save)


def distress(entry: dict[str, Any], pages: dict[str, Page]) -> Outcome:
    """Words of distress."""
    contacts = {contact.key: contact.pk for contact in Contact.objects.all()}
    save = saver(
        DistressWords,
        name=entry["name"],
        level=entry["level"],
        sort_order=entry["order"],
        heading=entry["heading"],
        text=entry["text"],
        phrases="\n".join(entry["phrases"]),
        contacts=[{"type": "contact", "value": contacts[key]} for key in entry["contacts"] if key in contacts],
        page=pages.get(entry["page"]),
    )
    existing = DistressWords.objects.filter(name=entry["name"]).first()
    return load_once(f"search distress {entry['name']}", entry, existing, save)


def saver(model: type[Record], **values: Any) -> Callable[[Record | None], None]:
    """A function that renews a record with these values, or makes it."""

    def save(record: Record | None) -> None:
        record = record or model()
        for name, value in values.items():
            setattr(record, name, value)
        record.full_clean()
        record.save()
        record.save_revision().publish()

    return save
