"""Let an officer pause the concern form and lift a pause, or take that away: `manage.py may_pause NAME [--not]`."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Permission
from django.core.management.base import BaseCommand, CommandError

from reporting.inbox.models import Officer


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name by which the officer signs in")
        parser.add_argument("--not", action="store_false", dest="may", help="take it away")

    def handle(self, *args: Any, name: str, may: bool, **options: Any) -> None:
        officer = Officer.objects.select_related("user").filter(user__username=name).first()
        if officer is None:
            raise CommandError(f"There is no officer who signs in as “{name}”.")
        right = Permission.objects.get(content_type__app_label="inbox", codename="close_form")
        rights = officer.user.user_permissions
        if may:
            rights.add(right)
        else:
            rights.remove(right)
        self.stdout.write(f"{officer.name} {'may' if may else 'may not'} pause the form.")
