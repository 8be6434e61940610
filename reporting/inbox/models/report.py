"""A report: a sealed concern, as stored, with the little that stands beside it in the clear."""

import uuid

from django.db import models

from reporting.inbox.models.key import MAIN_INBOX


class Report(models.Model):
    """Everything a person told us is inside `body`. The other fields are all that the server knows.

    `pkesk` (the sealed session key for each recipient) and `body` are kept apart, so that a change of keys replaces the
    first and never touches the second.
    """

    class State(models.TextChoices):
        NEW = "new", "New"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=6, unique=True)
    received_hour = models.DateTimeField()
    danger = models.BooleanField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    inbox = models.CharField(max_length=20, default=MAIN_INBOX)
    key_fingerprints = models.CharField(max_length=200)
    size_bucket = models.PositiveIntegerField()
    pkesk = models.BinaryField()
    body = models.BinaryField()

    def __str__(self) -> str:
        return self.reference
