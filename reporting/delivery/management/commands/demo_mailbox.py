"""The demonstration's mail server: keeps each message for the team as one file, as it arrived."""

import asyncio
import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Mailbox:
    """Writes each message under its Message-ID; a message delivered twice is one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        number = len(list(self.folder.glob("*.eml"))) + 1
        for line in content.splitlines():
            if line.lower().startswith(b"message-id: <"):
                name = line.decode("ascii", "replace")[13:].partition("@")[0]
                known = next(self.folder.glob(f"*-{name}.eml"), None)
                target = known or self.folder / f"{number:04}-{name}.eml"
                unfinished = target.with_suffix(".part")
                unfinished.write_bytes(content)
                unfinished.replace(target)
                return "250 OK"
        return "550 This mailbox wants a Message-ID"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.EMAIL_PORT)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This mailbox is for the demonstration only.")
        asyncio.run(self.serve(port))

    async def serve(self, port: int) -> None:
        loop = asyncio.get_running_loop()
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        folder = Path(settings.DEMO_DIR) / "mailbox"
        controller = UnthreadedController(Mailbox(folder), hostname="127.0.0.1", port=port, loop=loop)
        server = await loop.create_server(controller._factory_invoker, "127.0.0.1", port)
        self.stdout.write(f"The team’s mailbox listens on port {port} and keeps messages in {folder}.")
        self.stdout.flush()
        await stop.wait()
        server.close()
