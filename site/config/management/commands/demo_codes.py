"""The code that each account of the demonstration would see in its authenticator app now."""

import time
from typing import Any

from allauth.mfa import app_settings as mfa
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from config.demo.accounts import ACCOUNTS, code_now


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is for the demonstration only: nobody else’s codes are shown.")
        for user in User.objects.filter(username__in=ACCOUNTS, authenticator__type="totp").order_by("pk"):
            self.stdout.write(f"{user.get_username():<14}  {code_now(user)}")
        period = mfa.TOTP_PERIOD
        self.stdout.write(f"New ones come in {period - int(time.time()) % period} seconds; each works once.")
