"""Whom a record is for: one field an audience, the same on every record that has some."""

from django.db import models
from wagtail.admin.panels import FieldPanel

from resources.service import AUDIENCES


class ForAudiences(models.Model):
    """The audiences of a record, of which editors tick any number."""

    for_young = models.BooleanField("young people", default=False)
    for_parents = models.BooleanField("parents and carers", default=False)
    for_professionals = models.BooleanField("professionals", default=False)
    for_councillors = models.BooleanField("councillors", default=False)

    class Meta:
        abstract = True


AUDIENCE_PANELS = [FieldPanel(f"for_{audience}") for audience in AUDIENCES]
