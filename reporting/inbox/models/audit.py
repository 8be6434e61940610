"""What officers did, as a chain: each line holds the digest of the one before, so that none can be changed unseen."""

import hashlib
import json
from typing import Any

from django.db import models


class AuditLine(models.Model):
    """Who did what, to which report or key, when. Never a word of a report: details are codes, counts, fingerprints.

    The report is named and not linked: its lines stay when it is deleted. Lines are added by `reporting.inbox.audit`
    and by nothing else; the database refuses to change or to delete one (`migrations/0009_audit_is_added_to_only.py`).
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=30)
    officer = models.ForeignKey("inbox.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    report = models.CharField(max_length=6, blank=True)
    inbox = models.CharField(max_length=20, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["report", "number"], name="audit_of_a_report")]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.report}".rstrip()

    def content(self) -> dict[str, Any]:
        """All that the digest covers."""
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "action": self.action,
            "officer": self.officer_id,
            "report": self.report,
            "inbox": self.inbox,
            "details": self.details,
            "previous": self.previous,
        }

    def digest_now(self) -> str:
        """SHA-256 of the content as JSON with sorted names, in hexadecimal digits."""
        return hashlib.sha256(json.dumps(self.content(), sort_keys=True).encode()).hexdigest()


class AuditHead(models.Model):
    """The last line, in one row: whoever adds a line holds it, so that two lines never follow the same one."""

    last = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"Line {self.last}"
