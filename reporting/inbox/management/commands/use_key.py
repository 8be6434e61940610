"""Puts a public key in use: reports are sealed to it from now on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.inbox.keys import put_in_use
from reporting.inbox.models import SealingKey
from reporting.inbox.models.key import MAIN_INBOX, RESTRICTED_INBOX
from reporting.sealing import SealingError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", choices=SealingKey.Role.values)
        parser.add_argument("--inbox", choices=[MAIN_INBOX, RESTRICTED_INBOX], default=MAIN_INBOX)
        parser.add_argument("file", type=Path, help="the PUBLIC key, armored (.asc)")

    def handle(self, *args: Any, role: str, inbox: str, file: Path, **options: Any) -> None:
        try:
            key = put_in_use(role, file.read_text(), inbox)
        except FileNotFoundError:
            raise CommandError(f"There is no file {file}.") from None
        except UnicodeDecodeError:
            raise CommandError(f"{file} is not a text file. Export the key with --armor.") from None
        except SealingError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{key} is in use until {key.expires_at:%d %B %Y}.")
