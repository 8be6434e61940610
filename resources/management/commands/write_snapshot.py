"""Writes the numbers to disk, for error pages while the database is down. Servers run it when they start."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from resources.snapshot import path, write_snapshot


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="say nothing when all is well")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = write_snapshot()
        except DatabaseError:
            # A server must start even so: it then serves its error pages from the last snapshot.
            self.stderr.write(f"The database did not answer; {path()} was left as it is.")
            return
        if not options["quiet"]:
            self.stdout.write(f"{count} contacts written to {path()}.")
