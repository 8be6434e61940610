"""One record a council that looks after children: ours, and each of those next to it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from resources.models.contact import Contact
from resources.typed_numbers import refuse_typed_numbers


class Authority(WorkflowMixin, DraftStateMixin, RevisionMixin):
    """Whom to call first about a child who lives in an area, and which police force looks after it.

    The number of the day is a contact; that of the night is the contact which stands in for it.
    """

    key = models.SlugField(unique=True, help_text="Used in content files. Do not change it later.")
    name = models.CharField(max_length=60, unique=True, help_text="The area, as people say it: Dorset")
    # Protected: without a number to call the area would look as if nobody looked after it.
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        related_name="authorities",
        verbose_name="first contact",
        help_text="Who answers by day. Who answers by night is the one that stands in for it while it is closed",
    )
    police = models.CharField(max_length=60, help_text="The police force of the area: Dorset Police")
    note = models.CharField(
        max_length=200,
        blank=True,
        validators=[refuse_typed_numbers],
        help_text="A sentence for readers, for instance when the council is about to change its name",
    )
    source = models.CharField(max_length=200, help_text="Where it was seen")
    checked = models.DateField("last checked", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name

    @property
    def is_ours(self) -> bool:
        """Whether this is the area that the site is made for."""
        return self.contact.key == settings.TEAM_CONTACT

    def clean(self) -> None:
        contact: Any = getattr(self, "contact", None)
        if contact and not (contact.kind == Contact.Kind.NEIGHBOUR or self.is_ours):
            raise ValidationError({"contact": "Choose a contact of a neighbouring area, or our own team."})
