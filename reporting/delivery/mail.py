"""The mail that carries a sealed report: PGP/MIME (RFC 3156), and nothing that the seal does not hide."""

from email.encoders import encode_7or8bit
from email.mime.application import MIMEApplication
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, SafeMIMEMultipart

from reporting.inbox.models import Report
from reporting.sealing import armor, join


class SealedMail(EmailMessage):
    """A mail around an already sealed message. The outer subject tells nothing; the true one is sealed.

    The Date is the hour the report was received, the Message-ID is stable (a second delivery can be seen as one), and
    no header names a program, a host or a person but sender and mailbox.
    """

    def __init__(self, report: Report) -> None:
        super().__init__(subject="...", from_email=settings.MAIL_FROM, to=[settings.MAIL_TO])
        self.report = report

    def message(self, **kwargs: Any) -> SafeMIMEMultipart:  # type: ignore[override]  # the stubs know one kind of mail
        mail = SafeMIMEMultipart("encrypted", encoding="utf-8", protocol="application/pgp-encrypted")
        mail.attach(MIMEApplication(b"Version: 1\n", "pgp-encrypted", encode_7or8bit))
        sealed = MIMEApplication(
            armor(join(bytes(self.report.pkesk), bytes(self.report.body))).encode(),
            "octet-stream",
            encode_7or8bit,
            name="encrypted.asc",
        )
        sealed["Content-Disposition"] = 'inline; filename="encrypted.asc"'
        mail.attach(sealed)
        mail["Subject"] = str(self.subject)
        mail["From"] = self.from_email
        mail["To"] = ", ".join(self.to)
        mail["Date"] = format_datetime(self.report.received_hour)
        mail["Message-ID"] = f"<{self.report.pk}@{settings.MAIL_FROM.partition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        return mail
