"""A mail server of our own for the tests of what the site sends: real SMTP, and it can refuse."""

import email
import email.policy
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Mailbox:
    """Keeps what arrives; refuses all of it while `refusing`, and mail for those in `refused`."""

    def __init__(self) -> None:
        self.arrived: list[bytes] = []
        self.refusing = False
        self.refused: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 (the library's name)
        if address in self.refused:
            return "451 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (the library's name)
        if self.refusing:
            return "451 Try again later"
        self.arrived.append(envelope.original_content)
        return "250 OK"

    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(content, policy=email.policy.default) for content in self.arrived]


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """Whatever the test sends arrives here."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    yield box
    controller.stop()
