"""What stays of reports that were deleted: how many there were. One way to count knows nothing of another."""

from django.db import models


class Tally(models.Model):
    """How many deleted reports of a month had one code: their urgency, say. Never a row for one report."""

    month = models.DateField()
    inbox = models.CharField(max_length=20)
    counted = models.CharField(max_length=20)
    code = models.CharField(max_length=50, blank=True)
    many = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "inbox", "counted", "code"], name="one_tally_per_code")]
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.counted} {self.code}: {self.many}"
