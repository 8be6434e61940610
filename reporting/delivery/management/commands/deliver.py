"""The delivery worker: takes sealed reports to the team's mailbox, sends alarms, deletes what is past its period."""

import signal
import threading
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from reporting.delivery.alarms import sound_due
from reporting.delivery.worker import deliver_due
from reporting.inbox.retention import delete_due, empty_log

EVERY_HOUR = 3600


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="deliver what is due, then stop")
        parser.add_argument("--every", type=float, default=2, metavar="SECONDS", help="how often to look (default 2)")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        if once:
            delivered, failed = deliver_due()
            self.stdout.write(f"{delivered} delivered, {failed} to be tried again.")
            return
        stop = threading.Event()

        def asked_to_stop(number: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, asked_to_stop)
        signal.signal(signal.SIGINT, asked_to_stop)
        self.stdout.write("The delivery worker is running.")
        self.stdout.flush()
        deleted_at = 0.0
        while not stop.is_set():
            try:
                close_old_connections()
                deliver_due()
                sound_due(timezone.now())
                if time.monotonic() - deleted_at > EVERY_HOUR or not deleted_at:
                    if delete_due(timezone.now()):
                        empty_log()
                    deleted_at = time.monotonic()
            except (OperationalError, InterfaceError) as error:
                # A database that is away comes back; the reports are in it, not in this process.
                self.stderr.write(f"The database did not answer: {type(error).__name__}.")
            stop.wait(every)
