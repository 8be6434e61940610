"""The demonstration: gets database, content, keys and accounts ready, then runs site, delivery worker and mailbox."""

import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.demo import DemoError
from config.demo.accounts import make_accounts, make_officers
from config.demo.keys import make_keys
from config.demo.samples import make_samples
from config.supervise import supervise
from reporting.sealing import SealingError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only-prepare", action="store_true", help="get everything ready, and start nothing")
        parser.add_argument("--without-samples", action="store_true", help="leave the sample reports out")

    def handle(self, *args: Any, only_prepare: bool, without_samples: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is for the demonstration only: use config.settings.demo.")
        port = urlsplit(settings.ADDRESS).port or 80
        for number, what in ((port, "the site"), (settings.EMAIL_PORT, "the mailbox")):
            self.demand_free(number, what)
        folder = Path(settings.DEMO_DIR)
        (folder / "mailbox").mkdir(parents=True, exist_ok=True)
        self.stdout.write("Database …")
        call_command("migrate", verbosity=0)
        self.stdout.write("Content …")
        call_command("load_content", stdout=self.stdout)
        try:
            self.say("Keys", make_keys(folder))
            self.say("Accounts", make_accounts(folder / "accounts.txt"))
            make_officers(folder)
            if not without_samples:
                self.say("Sample reports", make_samples(folder))
        except (DemoError, SealingError) as error:
            raise CommandError(str(error)) from None
        call_command("write_snapshot", "--quiet")
        if only_prepare:
            return
        self.stdout.write(self.welcome(folder))
        self.stdout.flush()
        if stopped := supervise(ports={"mailbox": settings.EMAIL_PORT}):
            raise CommandError(f"The {stopped} stopped, so everything was stopped. What it said stands above.")
        self.stdout.write("Stopped. Everything is kept for the next time.")

    def say(self, what: str, made: bool) -> None:
        self.stdout.write(f"{what}: {'made' if made else 'kept'}.")

    @staticmethod
    def demand_free(port: int, what: str) -> None:
        """A port that something else holds is said before anything starts."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise CommandError(
                    f"Port {port}, for {what}, is in use. Stop what uses it, or choose another: make run PORT=8100."
                ) from None

    @staticmethod
    def welcome(folder: Path) -> str:
        return f"""
Phoenix   {settings.ADDRESS}/           what people read
          {settings.ADDRESS}/tell-us/   the concern form
          {settings.ADDRESS}/mash/      the desk, for officers
          {settings.ADDRESS}/cms/       for editors

What a visitor of the demonstration needs lies in {folder}/
  accounts.txt              who can sign in, and where; their codes: manage.py demo_codes
  officer-passphrase.txt    unlocks the desk after signing in as the officer
  sample-code-words.txt     the code words of a sample report that has an answer
  mailbox/                  the mails that reached {settings.TEAM}, one file each, as they arrived
  recovery-key.asc          opens them with gpg; its passphrase is in recovery-passphrase.txt

Ctrl-C stops everything.
"""
