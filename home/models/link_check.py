"""What the weekly link check found, one row an address, so that editors see it where they work."""

from typing import Any

from django.db import models

from home.publishing.review import edit_address


class LinkCheck(models.Model):
    """One address of somebody else that contacts or pages name, and how it answered last."""

    class Outcome(models.TextChoices):
        FINE = "fine", "Answers"
        MOVED = "moved", "Has moved for good"
        SHY = "shy", "Answers, but not to a program"
        BROKEN = "broken", "Is not there any more"
        TIMEOUT = "timeout", "Did not answer in time"
        UNREACHABLE = "unreachable", "Did not answer"
        TLS = "tls", "Has a faulty certificate"
        PRIVATE = "private", "Leads into a private network"

    #: What makes the command fail, so that whoever looks after the timer hears of it.
    FAILING = (Outcome.BROKEN, Outcome.TIMEOUT, Outcome.UNREACHABLE, Outcome.TLS, Outcome.PRIVATE)
    LONGEST = 2000

    address = models.CharField(max_length=LONGEST, unique=True)
    outcome = models.CharField(max_length=11, choices=Outcome.choices)
    status = models.PositiveSmallIntegerField(null=True, help_text="The number of the answer, if there was one")
    moved_to = models.CharField(max_length=LONGEST, blank=True)
    asked = models.DateTimeField()
    failing_since = models.DateField(null=True)
    used_in = models.JSONField(default=list, help_text="Kind, key and name of what names the address")

    class Meta:
        ordering = ["failing_since", "address"]

    def __str__(self) -> str:
        return f"{self.address}: {self.get_outcome_display()}"

    @classmethod
    def by_address(cls) -> dict[str, "LinkCheck"]:
        """What did not simply answer, by address."""
        return {check.address: check for check in cls.objects.exclude(outcome=cls.Outcome.FINE)}

    @property
    def places(self) -> list[dict[str, Any]]:
        """What names the address, each with where it is edited."""
        return [{"name": name, "edit_address": edit_address(label, pk)} for label, pk, name in self.used_in]
