"""Vouches: what an officer signed after a colleague had read a fingerprint to them."""

from django.db import models

#: The subject of a vouch for the recovery key, in the place of an inbox.
RECOVERY = "recovery"


class Vouch(models.Model):
    """“This key is my colleague's (or the recovery key); I compared it”, signed with the voucher's officer key.

    The server keeps vouches and is not believed about them: officers' browsers verify each, from the key that their own
    passphrase opens onwards (`static/js/desk/vouching.mjs`). So the server cannot slip in a recipient. The voucher's
    public key stands beside it, because they may have another one by now.
    """

    officer = models.ForeignKey("inbox.Officer", on_delete=models.PROTECT, related_name="vouches")
    #: An inbox, or `RECOVERY`.
    inbox = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=40)
    by_fingerprint = models.CharField(max_length=40)
    by_key = models.TextField()
    signature = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inbox", "fingerprint", "by_fingerprint"], name="one_vouch_of_each")
        ]

    def __str__(self) -> str:
        return f"{self.by_fingerprint} for {self.fingerprint} ({self.inbox})"
