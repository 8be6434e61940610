"""Contacts from `resources/content/contacts.yaml`."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.log_actions import log

from home.checking.history import LOADED
from home.loading.ledger import Outcome, load_once
from resources.dial import validate_dial_string
from resources.models import Contact

#: What the history of a contact calls the file that it was loaded from.
FILE = "the file contacts.yaml"
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SAME_NAME = (
    "name", "label", "for_whom", "kind", "number_confidence", "cost", "on_bill", "anonymous", "anonymous_words",
    "ages", "about", "cannot", "website", "source", "owner", "in_help_strip",
)  # fmt: skip


def days(words: str) -> list[str]:
    """`mon-thu` gives four days, `fri` one."""
    first, _, last = words.partition("-")
    return DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]


def hours_blocks(weekly: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Opening hours as stored in the record; 24:00 is midnight at the end of the day."""
    return [
        {
            "type": "span",
            "value": {
                "days": days(span["days"]),
                "since": span["from"],
                "until": None if span["to"] == "24:00" else span["to"],
                "words": span.get("words", ""),
            },
        }
        for span in weekly
    ]


def special_blocks(dates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Hours of single dates as stored in the record; an entry without times is a closed day."""
    return [
        {
            "type": "hours",
            "value": {
                "day": entry["date"].isoformat(),
                "since": entry.get("from"),
                "until": None if entry.get("to") == "24:00" else entry.get("to"),
                "words": entry.get("words", ""),
            },
        }
        for entry in dates
    ]


def way_blocks(ways: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Ways to reach a service as stored in the record. A number that no phone can dial is a ValidationError."""
    blocks = []
    for entry in ways:
        [(kind, value)] = entry.items()
        if kind == "text":
            value = {"number": value["number"], "word": value.get("word", "")}
        if kind in ("call", "relay", "text"):
            validate_dial_string(value["number"] if kind == "text" else value)
        blocks.append({"type": kind, "value": value})
    return blocks


def fill(contact: Contact, entry: dict[str, Any], place: int) -> None:
    """Set the record's fields from an entry of the file; what the entry leaves out is emptied."""
    empty = Contact()
    for name in SAME_NAME:
        setattr(contact, name, entry.get(name, getattr(empty, name)))
    for audience in ("young", "parents", "professionals", "councillors"):
        setattr(contact, f"for_{audience}", audience in entry["audiences"])
    hours = entry.get("hours", {})
    try:
        contact.ways = way_blocks(entry.get("ways", []))
    except ValidationError as error:
        raise ValidationError([f"Contact “{entry['key']}”: {message}" for message in error.messages]) from error
    contact.hours = hours_blocks(hours.get("weekly", []))
    contact.special_hours = special_blocks(hours.get("special", []))
    contact.hours_words = hours.get("words", "")
    contact.hours_confidence = hours.get("confidence", "L")
    contact.always_open = hours.get("always", False)
    contact.bank_holidays = hours.get("bank_holidays", "as_usual")
    contact.checked = entry.get("checked")
    if isinstance(contact.checked, datetime.date):
        contact.next_check = contact.still_right(contact.checked, name="")["next_check"]
    contact.sort_order = place
    contact.live = entry["live"]
    for blocks in (contact.ways, contact.hours, contact.special_hours):
        blocks.stream_block.clean(blocks)
    contact.full_clean()


def keep(contact: Contact) -> None:
    """Save the record with a revision; a live one is published, or editors would see changes waiting in it."""
    contact.save()
    revision = contact.save_revision()
    if contact.live:
        revision.publish()
        contact.refresh_from_db()


def note_loaded(contact: Contact) -> None:
    """Say in the history of its checks where a record comes from: nobody has rung it here yet."""
    day = contact.checked
    data = {"file": FILE, "checked": day.isoformat() if day else "", "source": contact.source}
    log(contact, LOADED, data=data)


def load_contacts(entries: list[dict[str, Any]]) -> list[Outcome]:
    """Load all contacts, then set who stands in for whom (a record may name a later one)."""
    outcomes = []
    existing = {contact.key: contact for contact in Contact.objects.all()}
    for place, entry in enumerate(entries, start=1):

        def save(record: Contact | None, entry: dict[str, Any] = entry, place: int = place) -> None:
            contact = record or Contact(key=entry["key"])
            fill(contact, entry, place * 10)
            keep(contact)
            existing[entry["key"]] = contact
            note_loaded(contact)

        outcome = load_once(f"contact {entry['key']}", [place, entry], existing.get(entry["key"]), save)
        outcomes.append(outcome)
    for entry, outcome in zip(entries, outcomes, strict=True):
        if "when_closed" in entry and outcome in (Outcome.MADE, Outcome.RENEWED):
            contact = existing[entry["key"]]
            contact.when_closed = existing.get(entry["when_closed"])  # an editor may have deleted it
            keep(contact)
    return outcomes
