"""What officers decided about a report, one row each time. Rows are added, never changed."""

from django.db import models

from reporting.inbox.models.report import Report


class Decision(models.Model):
    """Urgency, state, outcome and authority as they were set, with the sealed letter that gives the reason."""

    letter = models.OneToOneField("inbox.Letter", on_delete=models.CASCADE, primary_key=True, related_name="decision")
    urgency = models.CharField(max_length=5, choices=Report.Urgency.choices, blank=True)
    state = models.CharField(max_length=10, choices=Report.State.choices)
    outcome = models.CharField(max_length=20, choices=Report.Outcome.choices, blank=True)
    authority = models.CharField(max_length=50, blank=True)

    def __str__(self) -> str:
        return f"Decision {self.letter_id}"
