"""What the demonstration needs beside the site itself: keys, and accounts to sign in with."""

import secrets
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User

from reporting.inbox.keys import put_in_use
from reporting.inbox.models import SealingKey

KEY_MAKER = "reporting/inbox/demo_keys.mjs"
#: Snippets that editors change; Wagtail's own group already holds the rights over pages.
EDITORS_MODELS = [("resources", "contact"), ("home", "sign")]


class DemoError(Exception):
    """The demonstration cannot be set up; the message says what to do."""


def make_keys(folder: Path) -> bool:
    """Make the demonstration's inbox key and recovery key once, and put them in use. True if they were made now."""
    made = not (folder / "recovery-key.asc").exists()
    if made:
        node = settings.BASE_DIR / ".venv/bin/node"
        command = str(node) if node.exists() else shutil.which("node")
        if not command:
            raise DemoError("Node is missing. Run `make run`: it fetches Node if the system has none.")
        done = subprocess.run(  # noqa: S603 (our own script, no outside input)
            [command, KEY_MAKER, str(folder)], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise DemoError(f"The keys could not be made: {done.stderr.strip().splitlines()[-1:]}")
    for role in SealingKey.Role.values:
        put_in_use(role, (folder / f"{role}-public.asc").read_text())
    return made


def make_accounts(file: Path) -> bool:
    """An editor and an administrator of the CMS, with made-up passwords in `file`. True if they were made now."""
    if file.exists():
        return False
    editors = Group.objects.get(name="Moderators")
    for app, model in EDITORS_MODELS:
        editors.permissions.add(*Permission.objects.filter(content_type__app_label=app, content_type__model=model))
    lines = ["Accounts of this demonstration. Sign in at /cms/.", ""]
    for name, is_admin in (("editor", False), ("administrator", True)):
        password = secrets.token_urlsafe(12)
        User.objects.filter(username=name).delete()
        user = User.objects.create_user(
            name, f"{name}@demo.example", password, is_superuser=is_admin, is_staff=is_admin
        )
        if not is_admin:
            user.groups.add(editors)
        lines.append(f"{name}  {password}")
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n")
    return True
