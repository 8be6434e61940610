"""The one function that takes a report in. When it returns, the report is durably kept; before, nothing is said."""

import secrets
import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from reporting.inbox.models import OutboxMail, Report
from reporting.inbox.models.key import MAIN_INBOX
from reporting.sealing import SealedMessage

#: Letters that are not mistaken for digits or for each other when said on the phone.
LETTERS = "ABCDEFHKMNPRTWXY"
TRIES = 20


def the_hour(moment: datetime) -> datetime:
    """The hour a moment lies in: the finest time that is kept about a reporter."""
    return moment.replace(minute=0, second=0, microsecond=0)


def new_reference() -> str:
    """A short name for a report, to be said on the phone. It opens nothing. Like `K7-402`."""
    return f"{secrets.choice(LETTERS)}{secrets.randbelow(8) + 2}-{secrets.randbelow(1000):03}"


def receive(sealed: SealedMessage, *, report_id: uuid.UUID, danger: bool, size_bucket: int) -> Report:
    """Keep a sealed report and queue its mail, in one durable transaction.

    `report_id` was made before Send, so the same submission twice is one report: the second time the first is returned.
    `size_bucket` is in bytes. Raises DatabaseError if it could not be kept; then nothing of it was.
    """
    existing = Report.objects.filter(pk=report_id).first()
    for _ in range(TRIES):
        if existing:
            return existing
        try:
            with transaction.atomic(durable=True):
                report = Report.objects.create(
                    id=report_id,
                    reference=new_reference(),
                    received_hour=the_hour(timezone.now()),
                    danger=danger,
                    inbox=MAIN_INBOX,
                    key_fingerprints=" ".join(sealed.key_fingerprints),
                    size_bucket=size_bucket,
                    pkesk=sealed.pkesk,
                    body=sealed.body,
                )
                OutboxMail.objects.create(report=report)
            return report
        except IntegrityError:
            # Either the same submission arrived twice at once, or the short reference was taken already.
            existing = Report.objects.filter(pk=report_id).first()
    raise RuntimeError("No free reference was found: closed reports have to be removed.")
