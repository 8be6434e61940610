"""The numbers on disk, for the moment when the database does not answer.

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
from resources.service import Service


def path() -> Path:
    """Where the snapshot lies."""
    return Path(settings.DATA_DIR) / "contacts.json"


def write_snapshot() -> int:
    """Write all live services; readers see the old file or the new one, never a part. Returns how many."""
    services = [service.to_json() for service in ContactBook.load().services.values()]
    path().parent.mkdir(parents=True, exist_ok=True)
    unfinished = path().with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    unfinished.write_text(json.dumps(services, ensure_ascii=False, indent=1))
    unfinished.replace(path())
    return len(services)


def book_from_snapshot() -> ContactBook:
    """The contact book without the database; empty if there is no snapshot, or none that this version can read."""
    try:
        kept = path().stat()
        return ContactBook(_services(path(), kept.st_mtime_ns, kept.st_ino))
    except (OSError, ValueError, TypeError, KeyError):
        return ContactBook()


@lru_cache(maxsize=1)
def _services(file: Path, written: int, inode: int) -> dict[str, Service]:
    """The services in a snapshot, read once for each time it is written: every writing is a new file."""
    stored = json.loads(file.read_text())
    return {service.key: service for service in map(Service.from_json, stored)}
