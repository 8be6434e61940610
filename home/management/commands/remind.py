"""Mails people what they should look at again: overdue, due today, due within 30 days. At most one mail a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home.publishing.reminders import lists_for, remind


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        failed = sent = 0
        for person, rows in lists_for(today).items():
            try:
                sent += remind(person, rows, today)
            except OSError as error:  # smtplib's errors are among them; one bad address must not stop the others
                failed += 1
                self.stderr.write(f"The mail to account {person.pk} was not sent: {type(error).__name__}.")
        self.stdout.write(f"{sent} reminded.")
        if failed:
            raise CommandError(f"{failed} could not be reminded. Run it again later.")
