"""From the outbox to a mailbox, over a real SMTP conversation."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from reporting.delivery.worker import deliver, deliver_due
from reporting.inbox.keys import usable_keys
from reporting.inbox.models import OutboxMail, Report
from reporting.inbox.receive import receive
from reporting.sealing import build, read, seal
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db
CANARY = "canary lemon lighthouse"


@pytest.fixture
def report(keys_in_use: None) -> Report:
    entity = build(
        {"answers": [CANARY]},
        f"Story\n  {CANARY}\n",
        subject="New",
        sender="a@demo.example",
        recipient="b@demo.example",
    )
    sealed = seal(entity, usable_keys(), now=timezone.now())
    return receive(sealed, report_id=uuid.uuid4(), danger=False, size_bucket=len(entity))


def test_a_report_arrives_as_pgp_mime_and_gpg_opens_it(mailbox: Mailbox, report: Report, open_sealed: Any) -> None:
    assert deliver_due() == (1, 0)
    [mail] = mailbox.mails()
    assert mail.get_content_type() == "multipart/encrypted"
    assert mail.get_param("protocol") == "application/pgp-encrypted"
    control, sealed = mail.get_payload()  # type: ignore[misc]
    assert control.get_payload().strip() == "Version: 1"
    assert read(open_sealed(sealed.get_payload(decode=True)))["answers"] == [CANARY]


def test_the_mail_tells_nothing_outside_of_the_seal(mailbox: Mailbox, report: Report) -> None:
    deliver_due()
    [mail] = mailbox.mails()
    assert {name.lower() for name in mail} - {"x-peer", "x-mailfrom", "x-rcptto"} == {
        "content-type",
        "mime-version",
        "subject",
        "from",
        "to",
        "date",
        "message-id",
        "auto-submitted",
    }
    assert mail["Subject"] == "..."
    assert ":00:00" in mail["Date"]
    assert mail["Message-ID"] == f"<{report.pk}@demo.example>"
    assert CANARY.encode() not in mailbox.arrived[0]


def test_a_notice_says_only_that_a_report_waits(mailbox: Mailbox, report: Report, settings: Any) -> None:
    settings.MAIL_CONTENT = "notice"
    assert deliver_due() == (1, 0)
    [mail] = mailbox.mails()
    assert mail["Subject"] == "A report is waiting"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_payload().strip() == f"A report is waiting at {settings.ADDRESS}/mash/"
    assert mail["Message-ID"] == f"<{report.pk}@demo.example>"
    for telling in (report.reference, CANARY, "PGP"):
        assert telling.encode() not in mailbox.arrived[0]


def test_delivery_leaves_no_time_behind(mailbox: Mailbox, report: Report) -> None:
    deliver_due()
    mail = OutboxMail.objects.get()
    assert (mail.delivered, mail.next_attempt_at, mail.last_error) == (True, None, "")
    assert deliver_due() == (0, 0)
    assert len(mailbox.arrived) == 1


def test_a_refused_mail_waits_and_is_tried_again(mailbox: Mailbox, report: Report) -> None:
    mailbox.refusing = True
    assert deliver_due() == (0, 1)
    waiting = OutboxMail.objects.get()
    assert not waiting.delivered
    assert waiting.next_attempt_at > timezone.now()
    assert waiting.last_error == "SMTPDataError"
    assert deliver_due() == (0, 0), "it waits its turn"
    mailbox.refusing = False
    OutboxMail.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    assert deliver_due() == (1, 0)
    assert len(mailbox.arrived) == 1


def test_waits_grow_and_never_end(report: Report) -> None:
    mail, now = OutboxMail.objects.get(), timezone.now()
    waits = []
    for attempt in range(1, 10):
        mail.attempts = attempt
        mail.failed(ConnectionError("address in here"), now)
        waits.append(mail.next_attempt_at - now)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=1)
    assert mail.last_error == "ConnectionError"


def test_a_mail_that_another_worker_holds_is_left_alone(mailbox: Mailbox, report: Report) -> None:
    now = timezone.now()
    mail = OutboxMail.objects.get()
    assert OutboxMail.objects.claim(mail, now)
    assert not OutboxMail.objects.claim(mail, now), "only one worker may hold it"
    assert deliver_due() == (0, 0)


def test_a_worker_that_died_leaves_its_mail_to_the_next(mailbox: Mailbox, report: Report) -> None:
    long_ago = timezone.now() - timedelta(minutes=10)
    assert OutboxMail.objects.claim(OutboxMail.objects.get(), long_ago)
    assert deliver_due() == (1, 0)


def test_a_second_delivery_carries_the_same_message_id(mailbox: Mailbox, report: Report) -> None:
    deliver_due()
    OutboxMail.objects.update(delivered=False)
    deliver_due()
    first, second = mailbox.mails()
    assert first["Message-ID"] == second["Message-ID"]


def test_no_mail_server_at_all_loses_nothing(report: Report, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert deliver_due() == (0, 1)
    assert Report.objects.filter(pk=report.pk).exists()


def test_a_report_that_is_taken_away_while_its_mail_is_sent_does_not_stop_the_worker(
    mailbox: Mailbox, report: Report
) -> None:
    mail = OutboxMail.objects.select_related("letter__report").get()
    report.delete()
    assert deliver(mail), "it had been read before, and was sent"
    assert OutboxMail.objects.count() == 0


def test_a_report_that_is_taken_away_before_its_mail_is_read_does_not_stop_the_worker(
    mailbox: Mailbox, report: Report
) -> None:
    mail = OutboxMail.objects.get()
    report.delete()
    assert not deliver(mail)
    assert mailbox.arrived == []
