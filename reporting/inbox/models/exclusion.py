"""An officer who knows somebody in a report, and so has lost it."""

from django.db import models


class Exclusion(models.Model):
    """For this officer the report is not there any more. Rows are added by themselves, and taken away by nobody."""

    report = models.ForeignKey("inbox.Report", on_delete=models.CASCADE, related_name="exclusions")
    officer = models.ForeignKey("inbox.Officer", on_delete=models.CASCADE, related_name="exclusions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "report"], name="one_exclusion_each")]

    def __str__(self) -> str:
        return f"{self.officer} is kept from {self.report_id}"
