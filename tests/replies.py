"""Replies as the desk makes them: an entity like that of a concern, locked with the reply key by the browser's code."""

import subprocess
from pathlib import Path

from reporting.sealing import build

LOCK = Path(__file__).parent / "reporting/sealing/reply.mjs"


def reply_data(text: str, sent: str = "2026-11-22T10:05Z") -> dict[str, object]:
    """What stands inside of a reply."""
    return {"schema": 1, "kind": "reply", "sent": sent, "text": text}


def lock(data: dict[str, object], reply_key: str) -> bytes:
    """A locked reply that holds this data, whatever it is."""
    return lock_entity(
        build(data, "text\n", subject="Reply", sender="a@demo.example", recipient="b@demo.example"), reply_key
    )


def lock_entity(entity: bytes, reply_key: str) -> bytes:
    """The same for an entity as it is."""
    done = subprocess.run(["node", LOCK, "lock", reply_key], input=entity, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
