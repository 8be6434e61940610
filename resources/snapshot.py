"""The numbers and the places on disk, for the moment when the database does not answer.

Written whenever a record changes and when a server starts; read only by error pages and by the form that must not lose
a person's words. It holds nothing but what the public site shows anyway.
"""

import json
import os
import threading
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from resources.book import ContactBook
from resources.gazetteer import Gazetteer
from resources.service import Service


def path() -> Path:
    """Where the snapshot lies."""
    return Path(settings.DATA_DIR) / "contacts.json"


def write_snapshot() -> int:
    """Write all live records; readers see the old file or the new one, never a part. Returns how many contacts."""
    book = ContactBook.load()
    services = [service.to_json() for service in book.services.values()]
    stored = {"contacts": services, "gazetteer": book.gazetteer.to_json()}
    path().parent.mkdir(parents=True, exist_ok=True)
    unfinished = path().with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    unfinished.write_text(json.dumps(stored, ensure_ascii=False, indent=1))
    unfinished.replace(path())
    return len(services)


def book_from_snapshot() -> ContactBook:
    """The contact book without the database; empty if there is no snapshot, or none that this version can read."""
    try:
        kept = path().stat()
        services, gazetteer = _stored(path(), kept.st_mtime_ns, kept.st_ino)
    except (OSError, ValueError, TypeError, KeyError):
        return ContactBook()
    return ContactBook(services, gazetteer=gazetteer)


@lru_cache(maxsize=1)
def _stored(file: Path, written: int, inode: int) -> tuple[dict[str, Service], Gazetteer]:
    """The services and places in a snapshot, read once for each time it is written: every writing is a new file."""
    stored = json.loads(file.read_text())
    if isinstance(stored, list):  # written before there were places
        stored = {"contacts": stored}
    services = {service.key: service for service in map(Service.from_json, stored["contacts"])}
    return services, Gazetteer.from_json(stored.get("gazetteer", {"areas": [], "spots": []}))
