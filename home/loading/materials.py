"""The words of posters, and leaflets, from their files."""

from typing import Any

from django.conf import settings

from home.loading.ledger import Outcome, load_once
from home.loading.pages import address_of
from home.loading.search import saver
from home.models import HomePage, PosterWords
from resources.models import Contact, Leaflet


def load_posters(entries: list[dict[str, Any]]) -> list[Outcome]:
    """Load the words of all posters. A contact that an editor deleted is left out."""
    contacts = {contact.key: contact.pk for contact in Contact.objects.all()}
    existing = {(words.audience, words.style): words for words in PosterWords.objects.all()}
    outcomes = []
    for entry in entries:
        chosen = [{"type": "contact", "value": contacts[key]} for key in entry["contacts"] if key in contacts]
        name = f"poster {entry['audience'] or 'everyone'} {entry['style']}"
        before = existing.get((entry["audience"], entry["style"]))
        outcomes.append(load_once(name, entry, before, saver(PosterWords, **(entry | {"contacts": chosen}))))
    return outcomes


def load_leaflets(entries: list[dict[str, Any]]) -> list[Outcome]:
    """Load all leaflets in the order of the file. One whose page an editor deleted stays away."""
    home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    pages = {address_of(page, home): page for page in home.get_descendants(inclusive=True)}
    existing = {leaflet.title: leaflet for leaflet in Leaflet.objects.all()}
    outcomes = []
    for place, entry in enumerate(entries, start=1):
        if "page" in entry and entry["page"] not in pages:
            outcomes.append(Outcome.KEPT)
            continue
        values = {name: value for name, value in entry.items() if name not in ("page", "audiences")}
        values |= {f"for_{audience}": True for audience in entry["audiences"]}
        save = saver(
            Leaflet, **values, page=pages.get(entry.get("page", "")) if "page" in entry else None, sort_order=place * 10
        )
        outcomes.append(load_once(f"leaflet {entry['title']}", [place, entry], existing.get(entry["title"]), save))
    return outcomes
