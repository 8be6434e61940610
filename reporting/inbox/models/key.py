"""The public halves of the keys that reports are sealed to. Private halves never reach the server."""

from datetime import datetime

from django.db import models

#: The whole team's inbox, and the one of a few senior people for what colleagues must not see.
MAIN_INBOX, RESTRICTED_INBOX = "main", "restricted"
#: So many days before a key ends officers and the duty manager are told: at the end the form is the phone numbers.
ALARM_DAYS = (60, 30, 7, 1)


class SealingKey(models.Model):
    """An admitted public key: an inbox key, or the recovery key that is the second recipient of every report."""

    class Role(models.TextChoices):
        INBOX = "inbox", "Inbox key"
        RECOVERY = "recovery", "Recovery key"

    role = models.CharField(max_length=8, choices=Role.choices)
    inbox = models.CharField(max_length=20, default=MAIN_INBOX)
    fingerprint = models.CharField(max_length=40, unique=True)
    armored = models.TextField()
    expires_at = models.DateTimeField()
    #: At most one key of a role is in use for an inbox; the others are kept for the reports that name them.
    in_use = models.BooleanField(default=True)
    #: When another key took its place. For a day what was sealed to it by then still arrives.
    replaced_at = models.DateTimeField(null=True, blank=True)
    #: Of an inbox key: since when enough officers have opened a test report. The form waits for it.
    live_at = models.DateTimeField(null=True, blank=True)
    #: Somebody who held the key must not hold it any more: since when it waits to be replaced.
    rotate_since = models.DateTimeField(null=True, blank=True)
    #: The last alarm about its end: so many days before (`ALARM_DAYS`). Empty until the first.
    alarmed_days = models.PositiveSmallIntegerField(null=True, blank=True)
    #: Of an inbox key: its private half, sealed to the recovery key, for the day when no officer is left.
    recovery_slot = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role", "inbox"], condition=models.Q(in_use=True), name="one_key_in_use_per_role_and_inbox"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.fingerprint}"

    def days_left(self, now: datetime) -> int:
        """Whole days until it ends; the last one is 0."""
        return (self.expires_at - now).days

    def alarm(self, now: datetime) -> int | None:
        """Which of `ALARM_DAYS` it has come to; none while its end is far."""
        return next((limit for limit in reversed(ALARM_DAYS) if self.days_left(now) < limit), None)
