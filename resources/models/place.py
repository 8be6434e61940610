"""One record a place: a town, a village or a postcode district, and who looks after the children there."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from resources.models.area_board import AreaBoard
from resources.models.authority import Authority
from resources.postcodes import is_district
from resources.typed_numbers import refuse_typed_numbers


class Place(WorkflowMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """A place that people may name. A place on a border has several authorities: then people choose, we never guess."""

    class Kind(models.TextChoices):
        TOWN = "town", "Town or village"
        DISTRICT = "district", "Postcode district"

    name = models.CharField(
        max_length=60,
        unique=True,
        help_text="A town or village, or the first half of a postcode. Where two places share a name, add the county "
        "in brackets to the one that is farther away",
    )
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TOWN)
    # Kept with the revision, so that a change waits for the second pair of eyes.
    authorities = ParentalManyToManyField(
        Authority,
        blank=True,
        related_name="places",
        help_text="Whose it is. Choose all areas that it reaches into; none if it lies far away",
    )
    area_board = models.ForeignKey(AreaBoard, null=True, blank=True, on_delete=models.SET_NULL, related_name="places")
    note = models.CharField(
        max_length=200,
        blank=True,
        validators=[refuse_typed_numbers],
        help_text="A sentence for readers that helps them choose, or says which of two places of one name is meant",
    )
    is_main = models.BooleanField(
        "offered",
        default=True,
        help_text="Offered while somebody types, and named in the table of areas. Untick it for a small place: "
        "it is understood all the same",
    )
    source = models.CharField(max_length=200, help_text="Where it was seen that the place belongs there")
    checked = models.DateField("last checked", null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if is_district(self.name) != (self.kind == self.Kind.DISTRICT):
            raise ValidationError({"kind": "A postcode district is a name like BA12, and nothing else is."})
