"""The demonstration's accounts: an editor and an administrator of the CMS, and an officer of the desk."""

import secrets
from pathlib import Path

from django.contrib.auth.models import Group, Permission, User

from reporting.inbox.models import Officer, SealingKey, Slot
from reporting.sealing import admit

#: Snippets that editors change; Wagtail's own group already holds the rights over pages.
EDITORS_MODELS = [
    ("resources", "contact"),
    ("resources", "place"),
    ("home", "sign"),
    ("home", "searchwords"),
    ("home", "promotedpage"),
    ("home", "distresswords"),
]
HEAD = "Accounts of this demonstration.\n\n"
#: Each account and where it signs in.
ACCOUNTS = {"editor": "/cms/", "administrator": "/cms/", "officer": "/mash/"}


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
        if name == "officer":
            user.first_name, user.last_name = "Duty", "officer"
        user.save()
        if name == "editor":
            user.groups.add(editors())
        text += f"{name}  {password}  signs in at {ACCOUNTS[name]}\n"
    file.write_text(text)
    return bool(missing)


def editors() -> Group:
    """Wagtail's moderators, who may also change the snippets of this site."""
    group = Group.objects.get(name="Moderators")
    for app, model in EDITORS_MODELS:
        group.permissions.add(*Permission.objects.filter(content_type__app_label=app, content_type__model=model))
    return group


def make_officer(folder: Path) -> None:
    """Give the account `officer` the key and the slot that lie in the folder."""
    public_key, locked_key, slot = ((folder / f"officer-{name}.asc").read_text() for name in ("public", "key", "slot"))
    key = admit(public_key)
    officer, _ = Officer.objects.update_or_create(
        user=User.objects.get(username="officer"),
        defaults={"fingerprint": key.fingerprint, "public_key": key.armored, "locked_key": locked_key},
    )
    inbox_key = admit((folder / "inbox-public.asc").read_text())
    Slot.objects.update_or_create(
        officer=officer, key=SealingKey.objects.get(fingerprint=inbox_key.fingerprint), defaults={"sealed": slot}
    )
