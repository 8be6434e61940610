"""One record a briefing or training: what, when, where, for whom, and whom to ask for a place."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from resources.models.audiences import ForAudiences
from resources.models.contact import Contact
from resources.typed_numbers import CheckedWhenLive, ChecksDrafts


class TrainingDateForm(ChecksDrafts, WagtailAdminModelForm):
    """The editor's form of a date: a draft may be unfinished."""


class TrainingDateQuerySet(models.QuerySet["TrainingDate"]):
    """Dates by time."""

    def to_come(self, now: datetime | None = None) -> "TrainingDateQuerySet":
        """What has not ended yet, the next first. What is past leaves the list by itself."""
        return self.filter(live=True, end__gt=now or timezone.now()).order_by("start", "pk")


class TrainingDate(CheckedWhenLive, WorkflowMixin, DraftStateMixin, RevisionMixin, ForAudiences):
    """A briefing or training that people can go to. How to book is a contact record, so that its number stays right."""

    name = models.CharField("what it is called", max_length=100)
    about = models.CharField(max_length=250, help_text="What people learn there, in a sentence or two")
    start = models.DateTimeField("begins")
    end = models.DateTimeField("ends", help_text="Then it leaves the list by itself")
    place = models.CharField(max_length=120, help_text="The building and the town, or: Online")
    booking = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="whom to ask for a place",
    )
    booking_words = models.CharField("how to book", max_length=120, blank=True, help_text="No need to book. Just come.")
    source = models.CharField(max_length=200, help_text="Who told us, and when")

    base_form_class = TrainingDateForm
    objects = TrainingDateQuerySet.as_manager()

    class Meta:
        ordering = ["-start", "name"]
        verbose_name = "briefing or training"
        verbose_name_plural = "briefings and training"
        indexes = [models.Index(fields=["end"])]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.is_checked_as_draft:
            return
        errors: dict[str, Any] = {}
        if self.start and self.end and self.end <= self.start:
            errors["end"] = "It must end after it begins."
        if not self.booking_id and not self.booking_words:
            errors["booking"] = "Say whom to ask for a place, or how to book."
        if errors:
            raise ValidationError(errors)
