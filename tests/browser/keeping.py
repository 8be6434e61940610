"""What the running site keeps: mails in its mailbox, and files that hold some words."""

import email
import time
from collections.abc import Iterator
from pathlib import Path

from tests.browser.conftest import RunningSite, gpg_opens

#: A busy machine takes its time.
WAIT_SECONDS = 120
OPENED: dict[Path, bytes] = {}


def mail_with(site: RunningSite, story: str) -> bytes:
    """The mail whose sealed part says the story; waits for the worker."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        # The newest first; each is opened once, however many tests ask.
        for file in sorted(sealed_mails(site), key=lambda file: file.stat().st_mtime, reverse=True):
            if story.encode() in said_by(site, file):
                return file.read_bytes()
        assert time.monotonic() < deadline, f"No mail arrived with it. The site said:\n{site.log.read_text()}"
        time.sleep(0.2)  # polls a condition, with an end


def sealed_mails(site: RunningSite) -> list[Path]:
    """The mails that carry something sealed; alarms do not."""
    return [file for file in site.mailbox.glob("*.eml") if b"multipart/encrypted" in file.read_bytes()]


def said_by(site: RunningSite, mail: Path) -> bytes:
    """What a mail's sealed part says."""
    if mail not in OPENED:
        OPENED[mail] = b"".join(decoded_parts(gpg_opens(site, sealed_part(mail.read_bytes()))))
    return OPENED[mail]


def reports_kept(site: RunningSite) -> int:
    """How many reports stand in the database."""
    return int(site.python("from reporting.inbox.models import Report; print(Report.objects.count())"))


def sealed_part(mail: bytes) -> bytes:
    message = email.message_from_bytes(mail)
    assert message.get_content_type() == "multipart/encrypted"
    payload = message.get_payload()[1].get_payload(decode=True)  # type: ignore[index, union-attr]
    assert isinstance(payload, bytes)
    return payload


def decoded_parts(entity: bytes) -> Iterator[bytes]:
    for part in email.message_from_bytes(entity).walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield payload


def files_holding(folder: Path, words: bytes) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and words in file.read_bytes()]
