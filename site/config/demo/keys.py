"""The demonstration's keys: those of its two inboxes, the recovery key, and its officers' keys with their slots."""

from pathlib import Path

from config.demo.node import node
from reporting.inbox.keys import put_in_use
from reporting.inbox.models.key import MAIN_INBOX, RESTRICTED_INBOX, SealingKey

#: The officers and the files of the inbox keys that they get; as many hold the restricted one as the form says.
OFFICERS = {"officer": ["inbox"], "senior": ["inbox", "restricted"], "deputy": ["inbox", "restricted"]}
#: File, role and inbox of each key that reports are sealed to.
KEYS = [
    ("inbox", SealingKey.Role.INBOX, MAIN_INBOX),
    ("recovery", SealingKey.Role.RECOVERY, MAIN_INBOX),
    ("restricted", SealingKey.Role.INBOX, RESTRICTED_INBOX),
]


def make_keys(folder: Path) -> bool:
    """Make the demonstration's keys once, and put the public halves in use. True if any were made now."""
    made = False
    if missing := [file for file, _, _ in KEYS if not (folder / f"{file}-key.asc").exists()]:
        node("reporting/inbox/demo_keys.mjs", str(folder), *missing)
        made = True
    for name, inboxes in OFFICERS.items():
        if not (folder / f"{name}-slot-{inboxes[-1]}.asc").exists():
            node("reporting/inbox/demo_officer.mjs", str(folder), name, *inboxes)
            made = True
    if made or not (folder / "vouches.json").exists():
        names = {"inbox": MAIN_INBOX, "restricted": RESTRICTED_INBOX}
        people = (f"{name}={','.join(names[file] for file in files)}" for name, files in OFFICERS.items())
        node("reporting/inbox/demo_vouches.mjs", str(folder), *people)
    for file, role, inbox in KEYS:
        # Whoever tries out the key page may have changed it.
        if not SealingKey.objects.filter(role=role, inbox=inbox, in_use=True).exists():
            put_in_use(role, (folder / f"{file}-public.asc").read_text(), inbox)
    return made
