"""Keeps the numbers and places on disk in step with the records."""

from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from resources.models import AreaBoard, Authority, Contact, Place
from resources.snapshot import write_snapshot


@receiver([post_save, post_delete], sender=Contact)
@receiver([post_save, post_delete], sender=AreaBoard)
@receiver([post_save, post_delete], sender=Authority)
@receiver([post_save, post_delete], sender=Place)
# The areas of a place are written after the place itself.
@receiver(m2m_changed, sender=Place.authorities.through)
def refresh_snapshot(**kwargs: Any) -> None:
    """After the change is kept, not before: a rolled-back change must not reach the disk."""
    transaction.on_commit(write_snapshot)
