"""A pause: a duty manager turned the concern form into the phone numbers."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class PauseQuerySet(models.QuerySet["Pause"]):
    """Which pauses hold at a moment."""

    def holding(self, now: datetime) -> "PauseQuerySet":
        return self.filter(Q(until=None) | Q(until__gt=now), since__lte=now, lifted=None)


class Pause(models.Model):
    """Who closed the form, when, why and until when. Rows are kept. Reasons are of a list: none tells of a report."""

    class Reason(models.TextChoices):
        NOBODY = "nobody", "Nobody can read what comes in"
        TOO_MUCH = "too-much", "More comes in than can be read in time"
        FAULT = "fault", "Something does not work as it should"
        KEYS = "keys", "A key may be lost, or in wrong hands"
        WORK = "work", "Work on the website or its servers"
        OTHER = "other", "Another reason, which the team knows"

    officer = models.ForeignKey("inbox.Officer", on_delete=models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    since = models.DateTimeField()
    #: Nothing: until somebody lifts it.
    until = models.DateTimeField(null=True, blank=True)
    lifted = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        "inbox.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="lifted_pauses"
    )

    objects = PauseQuerySet.as_manager()

    class Meta:
        permissions = [("close_form", "Can pause the concern form and lift a pause")]

    def __str__(self) -> str:
        return f"Pause since {self.since:%Y-%m-%d %H:%M}"
