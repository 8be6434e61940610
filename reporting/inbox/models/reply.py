"""What the team writes back: locked with the reply key, which only the sealed concern and the code words hold."""

import uuid

from django.db import models


class Reply(models.Model):
    """Can be opened by who has the code words, and by who can open the concern. The server can do neither."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("inbox.Report", on_delete=models.CASCADE, related_name="replies")
    hour = models.DateTimeField()
    officer = models.ForeignKey("inbox.Officer", on_delete=models.PROTECT, related_name="replies")
    locked = models.BinaryField()

    class Meta:
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return f"Reply to {self.report_id}"
