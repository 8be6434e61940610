"""Invite somebody: `manage.py invite NAME desk` (or `cms`) prints a link, once and for some days.

By it they set their password and their second factor. An account that exists starts anew: its password, second
factors and sessions end at once. That is also the help for somebody who lost phone and recovery codes.
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from config.faces import Face
from config.sign_in.invitations import invite
from reporting.inbox.models import Officer


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name by which they sign in; an account is made if there is none")
        parser.add_argument("face", choices=[Face.DESK.value, Face.CMS.value], help="where they will work")

    def handle(self, *args: Any, name: str, face: str, **options: Any) -> None:
        user, made = User.objects.get_or_create(username=name)
        if face == Face.CMS and Officer.objects.filter(user=user).exists():
            raise CommandError(f"“{name}” is an officer’s account. For the CMS they need another.")
        path = invite(user, Face(face))
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        self.stdout.write(f"{'New account' if made else 'Account, started anew'}: {name}")
        self.stdout.write(f"{settings.ADDRESS}{path}")
        self.stdout.write(f"Works once, for {hours} hours. Give it to {name} alone, not by the mailbox of a team.")
