"""One record a place: a town or village that people may name, and who looks after the children there."""

from django.db import models
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from resources.models.contact import Contact


class Place(WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """A town or village that the concern form offers while somebody types. Anything else may be written as well."""

    name = models.CharField(max_length=60, unique=True)
    # Protected: without its neighbour a place over the border would look like one of ours.
    authority = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places",
        limit_choices_to={"kind": Contact.Kind.NEIGHBOUR},
        help_text="The neighbouring area it belongs to. Leave it empty for a place in our own area",
    )
    source = models.CharField(max_length=200, help_text="Where it was seen that the place belongs there")
    checked = models.DateField("last checked", null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
