"""OpenPGP for reports: public keys, sealing, and checking what browsers sealed.

Knows nothing of Django, HTTP or storage, and holds public keys only. The one library used is pysequoia; what
it leaves open is checked around it.
"""

import os

# With a backtrace switched on, every error of pysequoia is a page of Rust frames.
os.environ.setdefault("RUST_BACKTRACE", "0")

from reporting.sealing import code_words
from reporting.sealing.code_words import CodeWords, CodeWordsRefused
from reporting.sealing.entity import BUCKETS, build, read
from reporting.sealing.errors import KeyNotUsable, KeyRefused, MessageRefused, SealingError, TooLong
from reporting.sealing.incoming import bucket_of, check_sealed, sealed_size
from reporting.sealing.keys import PublicKey, admit, check_alive
from reporting.sealing.locked import check_locked, open_locked
from reporting.sealing.officer_keys import check_locked_key, check_slot
from reporting.sealing.packets import armor, join, split
from reporting.sealing.seal import SealedMessage, seal
from reporting.sealing.text import as_text

__all__ = [
    "BUCKETS",
    "CodeWords",
    "CodeWordsRefused",
    "KeyNotUsable",
    "KeyRefused",
    "MessageRefused",
    "PublicKey",
    "SealedMessage",
    "SealingError",
    "TooLong",
    "admit",
    "armor",
    "as_text",
    "bucket_of",
    "build",
    "check_alive",
    "check_locked",
    "check_locked_key",
    "check_sealed",
    "check_slot",
    "code_words",
    "join",
    "open_locked",
    "read",
    "seal",
    "sealed_size",
    "split",
]
