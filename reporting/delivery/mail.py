"""The mails to the team: a sealed letter itself, or a notice that one waits. Neither tells anything unsealed."""

from email.encoders import encode_7or8bit
from email.mime.application import MIMEApplication
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, SafeMIMEMultipart

from reporting.inbox.mailbox import mailbox_of
from reporting.inbox.models import Letter


class LetterMail(EmailMessage):
    """What both mails share: sender, mailbox, and headers that give nothing away.

    The Date is the hour the letter was received, the Message-ID is stable (a second delivery can be seen as one), and
    no header names a program, a host or a person.
    """

    def __init__(self, letter: Letter, subject: str, body: str = "") -> None:
        headers = {
            "Date": format_datetime(letter.hour),
            "Message-ID": f"<{letter.pk}@{settings.MAIL_FROM.partition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
        }
        super().__init__(subject, body, settings.MAIL_FROM, [mailbox_of(letter.report.inbox)], headers=headers)
        self.letter = letter


class SealedMail(LetterMail):
    """The sealed letter as PGP/MIME (RFC 3156). The outer subject tells nothing; the true one is sealed."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(letter, "...")

    def message(self, **kwargs: Any) -> SafeMIMEMultipart:  # type: ignore[override]  # the stubs know one kind of mail
        mail = SafeMIMEMultipart("encrypted", encoding="utf-8", protocol="application/pgp-encrypted")
        mail.attach(MIMEApplication(b"Version: 1\n", "pgp-encrypted", encode_7or8bit))
        sealed = MIMEApplication(
            self.letter.armored.encode(),
            "octet-stream",
            encode_7or8bit,
            name="encrypted.asc",
        )
        sealed["Content-Disposition"] = 'inline; filename="encrypted.asc"'
        mail.attach(sealed)
        mail["Subject"] = str(self.subject)
        mail["From"] = self.from_email
        mail["To"] = ", ".join(self.to)
        for name, value in self.extra_headers.items():
            mail[name] = value
        return mail


class Notice(LetterMail):
    """Says that a report waits, for mailboxes that cannot open a sealed mail. The same words for every letter."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(letter, "A report is waiting", f"A report is waiting at {settings.ADDRESS}/mash/\n")


KINDS = {"sealed": SealedMail, "notice": Notice}


def mail_for(letter: Letter) -> LetterMail:
    """The mail that this installation sends for a letter (setting MAIL_CONTENT)."""
    return KINDS[settings.MAIL_CONTENT](letter)
