"""The demonstration's keys: inbox key and recovery key, and an officer's key with a slot."""

from pathlib import Path

from config.demo.node import node
from reporting.inbox.keys import put_in_use
from reporting.inbox.models import SealingKey


def make_keys(folder: Path) -> bool:
    """Make the demonstration's keys once, and put the public halves in use. True if any were made now."""
    made = False
    for script, last_file in (("demo_keys", "recovery-key.asc"), ("demo_officer", "officer-slot.asc")):
        if not (folder / last_file).exists():
            node(f"reporting/inbox/{script}.mjs", str(folder))
            made = True
    for role in SealingKey.Role.values:
        put_in_use(role, (folder / f"{role}-public.asc").read_text())
    return made
