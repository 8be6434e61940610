"""Keeps the numbers and places on disk in step with the records."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from resources.models import AreaBoard, Authority, Contact, Place
from resources.snapshot import write_snapshot

_is_one_of_many: ContextVar[bool] = ContextVar("is_one_of_many", default=False)


@receiver([post_save, post_delete], sender=Contact)
@receiver([post_save, post_delete], sender=AreaBoard)
@receiver([post_save, post_delete], sender=Authority)
@receiver([post_save, post_delete], sender=Place)
# The areas of a place are written after the place itself.
@receiver(m2m_changed, sender=Place.authorities.through)
def refresh_snapshot(**kwargs: Any) -> None:
    """After the change is kept, not before: a rolled-back change must not reach the disk."""
    if not _is_one_of_many.get():
        transaction.on_commit(write_snapshot)


@contextmanager
def refreshed_once() -> Iterator[None]:
    """While hundreds of records change: the snapshot is written at the end, not once for each of them."""
    token = _is_one_of_many.set(True)
    try:
        yield
    finally:
        _is_one_of_many.reset(token)
    refresh_snapshot()
