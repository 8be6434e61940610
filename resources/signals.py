"""Keeps the numbers and places on disk in step with the records."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from resources.models import Contact, Place
from resources.snapshot import write_snapshot


@receiver([post_save, post_delete], sender=Contact)
@receiver([post_save, post_delete], sender=Place)
def refresh_snapshot(**kwargs: Any) -> None:
    """After the change is kept, not before: a rolled-back change must not reach the disk."""
    transaction.on_commit(write_snapshot)
