"""The way back to a reporter who kept the code words: what finds it, and nothing that opens it."""

from django.db import models


class Conversation(models.Model):
    """Belongs to a report whose reporter has code words.

    `lookup_digest` is the HMAC of the lookup id under a secret of this installation: whoever copies the table can
    neither find a conversation by guessed words nor open it. The reply key is inside the sealed report only.
    """

    report = models.OneToOneField("inbox.Report", on_delete=models.CASCADE, related_name="conversation")
    lookup_digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"Conversation of {self.report_id}"
