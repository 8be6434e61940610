"""A letter: anything that is sealed to an inbox and belongs to a report."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from reporting.sealing import SealedMessage, armor, join


class Letter(models.Model):
    """The concern itself, what the sender adds later, the reason of a decision, a note for the team, or what an officer
    is still writing.

    All of them have one sealed form, so that a change of keys is one walk over one table: it replaces `pkesk` (the
    sealed session key for each recipient) and never touches `body`.
    """

    class Kind(models.TextChoices):
        CONCERN = "concern", "Concern"
        ADDITION = "addition", "Addition"
        DECISION = "decision", "Decision"
        NOTE = "note", "Note"
        DRAFT = "draft", "Draft"

    #: A concern's letter has its report's id. All ids are made before Send: sending twice keeps one.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("inbox.Report", on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    hour = models.DateTimeField()
    #: Who wrote it, if an officer did.
    officer = models.ForeignKey(
        "inbox.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    key_fingerprints = models.CharField(max_length=200)
    size_bucket = models.PositiveIntegerField()
    pkesk = models.BinaryField()
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report"], condition=Q(kind="concern"), name="one_concern_per_report"),
            models.UniqueConstraint(
                fields=["report", "officer"], condition=Q(kind="draft"), name="one_draft_per_officer_and_report"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.report_id}"

    @staticmethod
    def sealed_fields(sealed: SealedMessage, size_bucket: int) -> dict[str, Any]:
        """The fields of a letter that come from a sealed message."""
        return {
            "key_fingerprints": " ".join(sealed.key_fingerprints),
            "size_bucket": size_bucket,
            "pkesk": sealed.pkesk,
            "body": sealed.body,
        }

    @property
    def message(self) -> bytes:
        """The whole sealed message in binary form; raises MessageRefused if the halves do not belong together."""
        return join(bytes(self.pkesk), bytes(self.body))

    @property
    def armored(self) -> str:
        """The whole sealed message as text, for mail programs."""
        return armor(self.message)
