"""One record an area board: where councillors and people of a community area meet."""

from django.db import models
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin


class AreaBoard(WorkflowMixin, DraftStateMixin, RevisionMixin):
    """An area board, under the name it has today and those it had before."""

    key = models.SlugField(unique=True, help_text="Used in addresses and content files. Do not change it later.")
    name = models.CharField(max_length=80, unique=True)
    also_known_as = models.CharField(max_length=120, blank=True, help_text="An earlier name that people still use")
    source = models.CharField(max_length=200, help_text="Where the name was seen")
    checked = models.DateField("last checked", null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
