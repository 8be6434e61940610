"""What it takes for a page to be public in another language than the site’s own."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.models import Locale, Revision

OWN_LANGUAGE_ONLY = (
    "This page has words around it that are there in English only, so it cannot be public in another language. "
    "Translate the page “Help in other languages” instead."
)


class InOneLanguage(models.Model):
    """Refuses to make a page public that its readers could not trust, whatever path it came by.

    Drafts may be anything. A page goes live by being saved as live, or is scheduled by a revision; both are guarded.
    """

    # What every page has.
    locale: Locale
    live: bool

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Checked after Wagtail has settled the language, and undone if it may not be.
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.live and (reasons := self.why_not_public()):
                raise ValidationError(reasons)

    @property
    def localized_draft(self) -> Self:
        """A link leads to the page that an editor chose; Wagtail would ask for a translation, with a query a link."""
        return self

    def why_not_public(self) -> dict[str, str]:
        """What forbids that readers see this page, by field; nothing in the site’s own language."""
        return {} if self.locale.is_default else {"title": OWN_LANGUAGE_ONLY}


@receiver(pre_save, sender=Revision)
def refuse_to_schedule(instance: Revision, **kwargs: Any) -> None:
    """What is scheduled goes live when nobody looks, and a refusal then would hold up every other page."""
    if instance.approved_go_live_at is None:
        return
    page = instance.as_object()
    if isinstance(page, InOneLanguage) and (reasons := page.why_not_public()):
        raise ValidationError(reasons)
