"""One record an area board: the part of our area that a poster or a pack is made for."""

from django.db import models
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin


class AreaBoard(WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """An area board of the council. Boards are renamed now and then, so the old name stays beside the new one."""

    key = models.SlugField(unique=True, help_text="Stands in addresses: salisbury. Do not change it later.")
    name = models.CharField(max_length=80)
    also_known_as = models.CharField(max_length=120, blank=True, help_text="Earlier names")
    source = models.CharField(max_length=200, help_text="Where the name was seen")
    checked = models.DateField("last checked", null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
