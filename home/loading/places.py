"""Places from `resources/content/places.yaml`."""

from typing import Any

from home.loading.ledger import Outcome, load_once
from resources.models import Contact, Place


def load_places(entries: list[dict[str, Any]]) -> list[Outcome]:
    """Load all places. The contacts they name are loaded before."""
    outcomes = []
    existing = {place.name: place for place in Place.objects.all()}
    contacts = {contact.key: contact for contact in Contact.objects.all()}
    for entry in entries:
        key = entry.get("authority")
        if key and key not in contacts:
            # An editor deleted that contact; without it the place would look like one of our own.
            outcomes.append(Outcome.KEPT)
            continue

        def save(record: Place | None, entry: dict[str, Any] = entry, key: str | None = key) -> None:
            place = record or Place(name=entry["name"])
            place.authority = contacts[key] if key else None
            place.source = entry["source"]
            place.checked = entry.get("checked")
            place.full_clean()
            place.save()
            place.save_revision().publish()

        outcomes.append(load_once(f"place {entry['name']}", entry, existing.get(entry["name"]), save))
    return outcomes
