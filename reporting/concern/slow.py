"""The slow derivation of code words, at most two at once on the whole server, so that nobody can tie it up.

Each of two files in the data folder is held by whoever derives; the third in line waits for one of them.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from reporting.sealing.code_words import CodeWords, derive, lookup_digest

PLACES = 2


@contextmanager
def place() -> Iterator[None]:
    """Hold one of the places, waiting for it if both are taken."""
    folder = Path(settings.DATA_DIR)
    files = [os.open(folder / f"derivation-{number}.lock", os.O_CREAT | os.O_RDWR, 0o600) for number in range(PLACES)]
    try:
        for file in files:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                continue
        else:
            fcntl.flock(secrets.choice(files), fcntl.LOCK_EX)
        yield
    finally:
        for file in files:
            os.close(file)


def derive_in_turn(words: str) -> tuple[CodeWords, str]:
    """The two values of some code words, and what the database may keep of the first. Takes about 0.2 s of CPU."""
    with place():
        code_words = derive(words, settings.CODE_WORDS_SALT)
    return code_words, digest_of(code_words.lookup)


def digest_of(lookup: str) -> str:
    """What the database may keep of a lookup id (64 hex digits). Raises a SealingError if it is none."""
    return lookup_digest(lookup, settings.CODE_WORDS_PEPPER)
