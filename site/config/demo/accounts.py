"""The demonstration's accounts: a writer, editors and an administrator of the CMS, and officers of the desk."""

import json
import secrets
import time
from io import StringIO
from pathlib import Path

from allauth.mfa import app_settings as mfa
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from config.demo.keys import OFFICERS
from home.publishing.roles import EDITORS, EMERGENCY, REVIEWERS, WRITERS
from reporting.inbox.models import Officer, SealingKey, Slot, Vouch
from reporting.sealing import admit

HEAD = "Accounts of this demonstration. Their codes: manage.py demo_codes\n\n"
#: Each account and where it signs in.
ACCOUNTS = {
    "writer": "/cms/",
    "editor": "/cms/",
    "colleague": "/cms/",
    "publisher": "/cms/",
    "reviewer": "/cms/",
    "administrator": "/cms/",
    "officer": "/mash/",
    "senior": "/mash/",
    "deputy": "/mash/",
}
#: What the desk calls the officers.
NAMES = {"officer": ("Duty", "officer"), "senior": ("Senior", "officer"), "deputy": ("Deputy", "officer")}
#: What they are in the CMS: two editors, because what one wrote another publishes, and somebody of the team, who reads
#: the texts of the form.
ROLES = {
    "writer": [WRITERS],
    "editor": [EDITORS],
    "colleague": [EDITORS],
    "publisher": [EDITORS, EMERGENCY],
    "reviewer": [REVIEWERS],
}


def make_accounts(file: Path) -> bool:
    """Make those accounts that are not in `file` yet, with made-up passwords. True if any were made now."""
    file.touch(mode=0o600)
    text = file.read_text() or HEAD
    missing = [name for name in ACCOUNTS if f"{name} " not in text]
    for name in missing:
        password = secrets.token_urlsafe(12)
        user, _ = User.objects.get_or_create(username=name, defaults={"email": f"{name}@demo.example"})
        user.is_superuser = user.is_staff = name == "administrator"
        user.set_password(password)
        if name in NAMES:
            user.first_name, user.last_name = NAMES[name]
        user.save()
        user.groups.add(*Group.objects.filter(name__in=ROLES.get(name, [])))
        text += f"{name}  {password}  signs in at {ACCOUNTS[name]}\n"
    file.write_text(text)
    for user in User.objects.filter(username__in=ACCOUNTS).exclude(authenticator__type=Authenticator.Type.TOTP):
        TOTP.activate(user, generate_totp_secret())
    return bool(missing)


def code_now(user: User) -> str:
    """What the authenticator app of this account would show."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    step = int(time.time()) // mfa.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(get_adapter().decrypt(app.data["secret"]), step)))


def make_officers(folder: Path) -> None:
    """Give the officers' accounts the keys and the slots that lie in the folder."""
    for name, inboxes in OFFICERS.items():
        # Whoever tries out the key page may have changed it.
        if Officer.objects.filter(user__username=name).exists():
            continue
        public_key, locked_key = ((folder / f"{name}-{part}.asc").read_text() for part in ("public", "key"))
        key = admit(public_key)
        officer = Officer.objects.create(
            user=User.objects.get(username=name),
            fingerprint=key.fingerprint,
            public_key=key.armored,
            locked_key=locked_key,
        )
        for inbox in inboxes:
            inbox_key = admit((folder / f"{inbox}-public.asc").read_text())
            Slot.objects.create(
                officer=officer,
                key=SealingKey.objects.get(fingerprint=inbox_key.fingerprint),
                sealed=(folder / f"{name}-slot-{inbox}.asc").read_text(),
            )
    _load_vouches(folder / "vouches.json")
    # Like a duty manager, the demonstration's officer may pause the form.
    call_command("may_pause", "officer", verbosity=0, stdout=StringIO())


def _load_vouches(file: Path) -> None:
    """What the officers signed about each other's keys."""
    officers = {officer.user.username: officer for officer in Officer.objects.select_related("user")}
    for made in json.loads(file.read_text()):
        officer = officers[made.pop("officer")]
        by = {"officer": officer, "by_key": officer.public_key}
        Vouch.objects.get_or_create(by_fingerprint=officer.fingerprint, **made, defaults=by)
