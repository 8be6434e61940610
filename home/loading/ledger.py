"""Decides what a second loading may touch: never what an editor changed, and never what an editor deleted."""

import hashlib
import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from wagtail.log_actions import registry as log_registry
from wagtail.models import RevisionMixin

from home.models import LoadedContent

#: A page, a sign, a contact or a place.
Record = TypeVar("Record", bound=RevisionMixin)


class Outcome(StrEnum):
    """What became of one entry of the data files."""

    MADE = "made"
    RENEWED = "renewed"
    SAME = "unchanged"
    KEPT = "kept as an editor left it"


def digest_of(entry: Any) -> str:
    """A fingerprint of an entry, independent of how the file is laid out."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True, default=str).encode()).hexdigest()


def is_edited(record: RevisionMixin) -> bool:
    """Whether a person ever changed this record: loading saves revisions without a user, people save with one.

    The log remembers people whose account was deleted; their revisions do not.
    """
    log = log_registry.get_logs_for_instance(record)
    return bool(record.revisions.filter(user__isnull=False).exists() or log.filter(user_id__isnull=False).exists())


def load_once(name: str, entry: Any, existing: Record | None, save: Callable[[Record | None], None]) -> Outcome:
    """Call `save` with the record to renew, or with None to make it, unless an editor has the say by now."""
    digest = digest_of(entry)
    before = LoadedContent.objects.filter(name=name).first()
    if before and before.digest == digest:
        return Outcome.SAME
    if existing is None and before:
        return Outcome.KEPT  # deleted by an editor
    if existing is not None and is_edited(existing):
        return Outcome.KEPT
    save(existing)
    LoadedContent.objects.update_or_create(name=name, defaults={"digest": digest})
    return Outcome.RENEWED if existing else Outcome.MADE
