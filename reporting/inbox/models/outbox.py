"""A mail that waits for delivery: the row is written in the same transaction as its letter."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet

#: How long a worker holds a mail before another may try: far longer than a mail server's time limit.
LEASE = timedelta(minutes=5)
#: Waits after the first, second, third… failure; the last one stays.
BACK_OFF = [timedelta(seconds=s) for s in (5, 30, 120, 600, 1800, 3600)]


class OutboxQuerySet(QuerySet["OutboxMail"]):
    """Which mails are due, and taking one so that no other worker takes it too."""

    def due(self, now: datetime) -> "OutboxQuerySet":
        return self.filter(Q(next_attempt_at__lte=now) | Q(next_attempt_at=None), delivered=False)

    def claim(self, mail: "OutboxMail", now: datetime) -> bool:
        """Take a mail for the length of the lease. False: another worker was first."""
        taken = self.due(now).filter(pk=mail.pk).update(next_attempt_at=now + LEASE, attempts=F("attempts") + 1)
        return taken == 1


class OutboxMail(models.Model):
    """The way of a concern, or of what was added to it, to the mailbox.

    Its times are emptied on delivery: they are finer than the hour we keep.
    """

    letter = models.OneToOneField("inbox.Letter", on_delete=models.CASCADE, related_name="mail")
    delivered = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    #: The class of the last error. Never its words: they can hold addresses.
    last_error = models.CharField(max_length=80, blank=True)

    objects = OutboxQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Mail of {self.letter_id}"

    def succeeded(self) -> None:
        """It arrived: keep that, and no time."""
        self._note(delivered=True, next_attempt_at=None, last_error="")

    def failed(self, error: Exception, now: datetime) -> None:
        """It did not arrive: wait, longer each time, and try again. A letter's mail is never given up."""
        wait = BACK_OFF[min(self.attempts, len(BACK_OFF)) - 1]
        self._note(next_attempt_at=now + wait, last_error=type(error).__name__)

    def _note(self, **values: Any) -> None:
        """Write down how it went; nothing, if its report was taken away while it was under way."""
        for name, value in values.items():
            setattr(self, name, value)
        OutboxMail.objects.filter(pk=self.pk).update(**values)
