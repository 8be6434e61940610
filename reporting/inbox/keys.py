"""Which keys a concern is sealed to today, and whether it can be sealed at all."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from reporting.inbox.models import SealingKey
from reporting.inbox.models.key import MAIN_INBOX
from reporting.sealing import KeyRefused, PublicKey, SealingError, admit, check_alive


class InboxClosed(Exception):
    """Nothing may be asked: nothing can be sealed for want of a usable key, or nobody would read it (`gate.py`)."""


@lru_cache(maxsize=8)
def admitted(armored: str) -> PublicKey:
    """A stored key as a whole. What it is never changes; whether it lives is asked each time."""
    return admit(armored)


def usable_keys(inbox: str = MAIN_INBOX, now: datetime | None = None) -> list[PublicKey]:
    """The inbox key and the recovery key, alive at `now`, in this order: what officers write is sealed to them.

    Whatever a reporter sends asks `gate.pass_gate` instead.

    Raises InboxClosed when either is missing, expired, revoked or a demonstration key outside of the demonstration. It
    never seals to one key alone: without the recovery key a lost inbox key would lose reports.
    """
    return alive({key.role: key for key in in_use(inbox)}, now or timezone.now())


def in_use(inbox: str = MAIN_INBOX) -> QuerySet[SealingKey]:
    """The keys that an inbox is sealed to today, alive or not."""
    return SealingKey.objects.filter(inbox=inbox, in_use=True)


def alive(stored: Mapping[str, SealingKey], now: datetime) -> list[PublicKey]:
    """Stored keys by their role, as `usable_keys` returns them. Raises InboxClosed as it does."""
    found = []
    for role in SealingKey.Role:
        if role not in stored:
            raise InboxClosed(f"There is no {role.label.lower()}.")
        try:
            key = admitted(stored[role].armored)
            check_alive(key, now)
        except SealingError as error:
            raise InboxClosed(f"The {role.label.lower()} cannot be used: {error}") from error
        if key.is_demo and not settings.DEMO:
            raise InboxClosed(f"The {role.label.lower()} is a demonstration key.")
        found.append(key)
    return found


def put_in_use(role: str, armored: str, inbox: str = MAIN_INBOX) -> SealingKey:
    """Admit a public key and seal to it from now on. The key it replaces is kept for the reports that name it.

    Raises KeyRefused with a sentence for the operator.
    """
    key = admit(armored)
    if key.is_demo and not settings.DEMO:
        raise KeyRefused("This is a demonstration key: its private half was made on a server. Make a real one.")
    with transaction.atomic():
        SealingKey.objects.filter(role=role, inbox=inbox, in_use=True).exclude(fingerprint=key.fingerprint).update(
            in_use=False
        )
        stored, _ = SealingKey.objects.update_or_create(
            fingerprint=key.fingerprint,
            defaults={
                "role": role,
                "inbox": inbox,
                "armored": key.armored,
                "expires_at": key.expires_at,
                "in_use": True,
            },
        )
    return stored
