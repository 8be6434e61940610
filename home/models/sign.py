"""The ten signs: one record each, told in the voice of whoever reads it."""

from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from resources.typed_numbers import CheckedWhenLive, ChecksDrafts

ICONS = ["moon", "mood", "gift", "text", "glass", "car", "two", "screen", "bolt", "heart"]


class SignForm(ChecksDrafts, WagtailAdminModelForm):
    """The editor's form of a sign: a draft may be unfinished."""


class Sign(CheckedWhenLive, WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """A sign that a child may be being groomed, in three voices; `source` keeps the source document's own words."""

    key = models.SlugField(unique=True)
    icon = models.CharField(max_length=12, choices=[(icon, icon) for icon in ICONS])
    name = models.CharField(max_length=60)
    source = models.CharField(max_length=250, help_text="The source document’s words; shown nowhere, kept for checking")
    young = models.CharField(max_length=250, help_text="To a young person: Someone gives you things, and …")
    parents = models.CharField(max_length=250, help_text="To a parent or carer")
    professionals = models.CharField(max_length=250, help_text="To a professional or councillor")
    sort_order = models.PositiveIntegerField(default=1000)

    base_form_class = SignForm

    class Meta:
        ordering = ["sort_order"]

    def __str__(self) -> str:
        return self.name
