"""The ten signs from `home/content/signs.yaml`."""

from typing import Any

from home.loading.ledger import Outcome, load_once
from home.models import Sign


def load_signs(entries: list[dict[str, Any]]) -> list[Outcome]:
    """Load all signs in the order of the file, which is the order of the source document."""
    outcomes = []
    existing = {sign.key: sign for sign in Sign.objects.all()}
    for place, entry in enumerate(entries, start=1):

        def save(record: Sign | None, entry: dict[str, Any] = entry, place: int = place) -> None:
            sign = record or Sign()
            for name, value in entry.items():
                setattr(sign, name, value)
            sign.sort_order = place * 10
            sign.full_clean()
            sign.save()
            sign.save_revision().publish()

        outcomes.append(load_once(f"sign {entry['key']}", [place, entry], existing.get(entry["key"]), save))
    return outcomes
