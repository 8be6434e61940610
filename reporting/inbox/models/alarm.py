"""An alarm that was sent, so that it is sent once."""

from django.db import models


class Alarm(models.Model):
    """Why somebody was alerted about a report. It goes with its report."""

    class Why(models.TextChoices):
        DANGER = "danger", "Somebody may be in danger"
        LATE = "late", "A clock has run out"

    report = models.ForeignKey("inbox.Report", on_delete=models.CASCADE, related_name="alarms")
    why = models.CharField(max_length=6, choices=Why.choices)
    #: The clock that ran out, by when it did; the next one is another alarm.
    due = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "why", "due"], name="one_alarm_for_each_reason")]

    def __str__(self) -> str:
        return f"{self.get_why_display()}: {self.report_id}"
