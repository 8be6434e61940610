"""What readers get of the texts of the form: what is published, as soon as it is."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from home.models import FormText
from resources.signals import refresh_snapshot


def published() -> dict[str, str]:
    """The words that were published, by the keys of their texts."""
    return dict(FormText.objects.filter(live=True).values_list("key", "words"))


@receiver([post_save, post_delete], sender=FormText)
def follow_texts(**kwargs: Any) -> None:
    """The form reads them from the disk."""
    refresh_snapshot()
