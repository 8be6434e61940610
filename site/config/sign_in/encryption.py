"""Secrets of the second factor, locked before they reach the database, so that a copy of it makes no codes."""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def _keys() -> MultiFernet:
    if not settings.SECOND_FACTOR_KEYS:
        raise ImproperlyConfigured("PHOENIX_SECOND_FACTOR_KEYS is not set: no second factor can be kept or read.")
    # The settings hold long random texts, so that a plain digest is enough to make keys of them.
    digests = [sha256(f"phoenix second factor:{key}".encode()).digest() for key in settings.SECOND_FACTOR_KEYS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def lock(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def unlock(locked: str, seconds: int | None = None) -> str:
    """Raises ValueError if it was locked with other keys, was changed, or is older than so many seconds."""
    try:
        return _keys().decrypt(locked, ttl=seconds).decode()
    except InvalidToken:
        raise ValueError("This was not locked with the keys in the settings.") from None
