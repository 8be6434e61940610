"""Area boards, authorities and places from `resources/content/`: each names records that are loaded before it."""

from collections.abc import Callable
from typing import Any

from home.loading.ledger import Outcome, load_once
from resources.models import AreaBoard, Authority, Contact, Place

Entries = list[dict[str, Any]]


def load_area_boards(entries: Entries) -> list[Outcome]:
    """Load all area boards."""
    existing = {board.key: board for board in AreaBoard.objects.all()}

    def save(record: AreaBoard | None, entry: dict[str, Any]) -> None:
        board = record or AreaBoard(key=entry["key"])
        board.name, board.also_known_as = entry["name"], entry.get("also_known_as", "")
        keep(board, entry)

    return [
        load_once(f"area board {entry['key']}", entry, existing.get(entry["key"]), bound(save, entry))
        for entry in entries
    ]


def load_authorities(entries: Entries) -> list[Outcome]:
    """Load all authorities. One whose contact an editor deleted stays away: there would be nobody to call."""
    existing = {authority.key: authority for authority in Authority.objects.all()}
    contacts = {contact.key: contact for contact in Contact.objects.all()}

    def save(record: Authority | None, entry: dict[str, Any]) -> None:
        authority = record or Authority(key=entry["key"])
        authority.name, authority.police, authority.note = entry["name"], entry["police"], entry.get("note", "")
        authority.contact = contacts[entry["contact"]]
        keep(authority, entry)

    return [
        load_once(f"authority {entry['key']}", entry, existing.get(entry["key"]), bound(save, entry))
        if entry["contact"] in contacts
        else Outcome.KEPT
        for entry in entries
    ]


def load_places(entries: Entries) -> list[Outcome]:
    """Load all places. One whose authority an editor deleted stays away: it would look like a place far off."""
    existing = {place.name: place for place in Place.objects.all()}
    authorities = {authority.key: authority for authority in Authority.objects.all()}
    boards = {board.key: board for board in AreaBoard.objects.all()}

    def save(record: Place | None, entry: dict[str, Any]) -> None:
        place = record or Place(name=entry["name"])
        place.kind = entry.get("kind", Place.Kind.TOWN)
        place.note, place.is_main = entry.get("note", ""), entry.get("main", True)
        place.area_board = boards.get(entry.get("area_board", ""))
        place.authorities = [authorities[key] for key in entry["authorities"]]
        keep(place, entry)

    return [
        load_once(f"place {entry['name']}", entry, existing.get(entry["name"]), bound(save, entry))
        if set(entry["authorities"]) <= authorities.keys()
        else Outcome.KEPT
        for entry in entries
    ]


def bound(save: Callable[[Any, dict[str, Any]], None], entry: dict[str, Any]) -> Callable[[Any], None]:
    """`save` for one entry."""
    return lambda record: save(record, entry)


def keep(record: AreaBoard | Authority | Place, entry: dict[str, Any]) -> None:
    """Save the record with where it was seen, and publish it."""
    record.source, record.checked = entry["source"], entry.get("checked")
    record.full_clean()
    record.save()
    record.save_revision().publish()
