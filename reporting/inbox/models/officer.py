"""Officers and what they need to open reports. What stands here opens nothing without their passphrase."""

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property


class Officer(models.Model):
    """A member of the team who signs in to the desk.

    `locked_key` is their private key, locked in their browser with a generated passphrase that never leaves it
    (iterated S2K, RFC 9580 section 3.7.1.3). The server keeps it so that any computer of the office will do.
    Who was invited has no key yet, until they make one at the key page.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="officer")
    fingerprint = models.CharField(max_length=40, unique=True, null=True, blank=True)
    public_key = models.TextField(blank=True)
    locked_key = models.TextField(blank=True)
    #: The hour in which they last opened a report; nobody opening anything closes the form (`inbox/gate.py`).
    last_opened = models.DateTimeField(null=True, blank=True)
    #: When a colleague ended their access. The row stays for what they wrote.
    disabled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @cached_property
    def inboxes(self) -> list[str]:
        """The inboxes whose reports they can open: they hold a slot for its key in use. Others they never see."""
        return list(self.slots.filter(key__in_use=True).values_list("key__inbox", flat=True).distinct())

    @property
    def name(self) -> str:
        """How colleagues know them."""
        return self.user.get_full_name() or self.user.get_username()


class Slot(models.Model):
    """The private half of an inbox key, sealed to one officer. Without one, an officer can open no report."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="slots")
    key = models.ForeignKey("inbox.SealingKey", on_delete=models.CASCADE, related_name="slots")
    sealed = models.TextField()
    #: The hour in which their browser proved that it can open what is sealed to the key (`inbox/first_opening.py`).
    proved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "key"], name="one_slot_per_officer_and_key")]

    def __str__(self) -> str:
        return f"Slot of {self.officer}"
