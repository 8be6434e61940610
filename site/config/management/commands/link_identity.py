"""Let somebody sign in with the council's own account: `manage.py link_identity NAME OID` (docs/sign-in.md).

OID is the object id of the account in Entra ID, which never changes and is never given to somebody else.
"""

import uuid
from argparse import ArgumentParser
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from config.sign_in.accounts import PROVIDER


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name of their account here")
        parser.add_argument("oid", type=uuid.UUID, help="the object id of their account at the council")

    def handle(self, *args: Any, name: str, oid: uuid.UUID, **options: Any) -> None:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account “{name}”. Make one first: manage.py invite")
        linked = SocialAccount.objects.filter(provider=PROVIDER, uid=str(oid)).exclude(user=user).first()
        if linked:
            raise CommandError(f"This account of the council belongs to “{linked.user.get_username()}” already.")
        SocialAccount.objects.filter(provider=PROVIDER, user=user).delete()
        SocialAccount.objects.create(provider=PROVIDER, user=user, uid=str(oid))
        self.stdout.write(f"{name} can sign in with the account {oid} of the council.")
