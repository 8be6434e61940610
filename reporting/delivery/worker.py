"""Takes mails from the outbox to the mail server. Several workers at once are safe; a killed one loses nothing.

Delivery is at least once: a worker that dies between sending and writing it down leaves the mail to the next one when
its lease ends. The Message-ID is the same, so the mailbox can tell.
"""

import logging

from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone

from reporting.delivery.mail import mail_for
from reporting.inbox.models import OutboxMail

log = logging.getLogger("phoenix.delivery")


def deliver(mail: OutboxMail) -> bool:
    """Send one claimed mail. True when the mail server has taken it; a failure is written down and tried again."""
    try:
        with get_connection() as connection:
            sent = connection.send_messages([mail_for(mail.letter)])
        if sent != 1:
            raise ConnectionError("the mail server took no message")
    except Exception as error:  # whatever the mail server does, the report stays and the worker goes on
        mail.failed(error, timezone.now())
        log.error("A mail was not delivered (attempt %d): %s", mail.attempts, type(error).__name__)
        return False
    mail.succeeded()
    return True


def deliver_due() -> tuple[int, int]:
    """Try every mail that is due, oldest attempt first. Returns how many were delivered and how many failed."""
    delivered = failed = 0
    due = OutboxMail.objects.due(timezone.now()).order_by(F("next_attempt_at").asc(nulls_first=True), "pk")
    for mail in due.iterator():
        if not OutboxMail.objects.claim(mail, timezone.now()):
            continue
        claimed = OutboxMail.objects.filter(pk=mail.pk).first()
        if claimed is None:
            continue
        if deliver(claimed):
            delivered += 1
        else:
            failed += 1
    return delivered, failed
