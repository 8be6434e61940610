"""Numbers, places, words of distress and texts of the form on disk, for the moment when the database does not answer.

Written whenever a record changes and when a server starts; read only by error pages and by the form that must not lose
a person's words. It holds nothing but what the public site shows anyway.
"""

import json
import os
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from resources import distress, form_texts
from resources.book import ContactBook
from resources.distress import Distress
from resources.gazetteer import Gazetteer
from resources.service import Service


def path() -> Path:
    """Where the snapshot lies."""
    return Path(settings.DATA_DIR) / "contacts.json"


def write_snapshot() -> int:
    """Write all live records; readers see the old file or the new one, never a part. Returns how many contacts."""
    book = ContactBook.load()
    services = [service.to_json() for service in book.services.values()]
    stored = {
        "contacts": services,
        "gazetteer": book.gazetteer.to_json(),
        "distress": [found.to_json() for found in distress.provided()],
        "texts": form_texts.provided(),
    }
    path().parent.mkdir(parents=True, exist_ok=True)
    unfinished = path().with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    unfinished.write_text(json.dumps(stored, ensure_ascii=False, indent=1))
    unfinished.replace(path())
    return len(services)


def book_from_snapshot() -> ContactBook:
    """The contact book without the database; empty if there is no snapshot, or none that this version can read."""
    kept = _kept()
    return ContactBook(kept.services, gazetteer=kept.gazetteer)


def distress_from_snapshot() -> tuple[Distress, ...]:
    """The words of distress without the database; none if there is no snapshot."""
    return _kept().distress


def texts_from_snapshot() -> dict[str, str]:
    """The published texts of the form by their keys; none if there is no snapshot, or one of an older version."""
    return _kept().texts


@dataclass(frozen=True)
class Kept:
    """What a snapshot holds."""

    services: dict[str, Service] = field(default_factory=dict)
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    distress: tuple[Distress, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)


def _kept() -> Kept:
    try:
        file = path().stat()
        return _stored(path(), file.st_mtime_ns, file.st_ino)
    except (OSError, ValueError, TypeError, KeyError):
        return Kept()


@lru_cache(maxsize=1)
def _stored(file: Path, written: int, inode: int) -> Kept:
    """What is in a snapshot, read once for each time it is written: every writing is a new file."""
    stored = json.loads(file.read_text())
    if isinstance(stored, list):  # written before there were places
        stored = {"contacts": stored}
    services = {service.key: service for service in map(Service.from_json, stored["contacts"])}
    gazetteer = Gazetteer.from_json(stored.get("gazetteer", {"areas": [], "spots": []}))
    lists = tuple(map(Distress.from_json, stored.get("distress", [])))
    return Kept(services, gazetteer, lists, stored.get("texts", {}))
