"""Which keys a concern is sealed to today, and whether it can be sealed at all."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reporting.inbox.models import SealingKey
from reporting.inbox.models.key import MAIN_INBOX, RESTRICTED_INBOX
from reporting.sealing import KeyRefused, PublicKey, SealingError, admit, check_alive

Role = SealingKey.Role


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
    return _pair(inbox, SealingKey.objects.filter(in_use=True), now or timezone.now())


def alive(stored: Iterable[SealingKey], now: datetime) -> dict[str, list[PublicKey]]:
    """Of the keys in use: those of each inbox that something can be sealed to, as `usable_keys` returns them.

    Raises InboxClosed as it does when nothing can be sealed to the main inbox; another one is left out then.
    """
    stored = list(stored)
    found = {MAIN_INBOX: _pair(MAIN_INBOX, stored, now)}
    with suppress(InboxClosed):
        found[RESTRICTED_INBOX] = _pair(RESTRICTED_INBOX, stored, now)
    return found


def _pair(inbox: str, stored: Iterable[SealingKey], now: datetime) -> list[PublicKey]:
    """The two keys of an inbox, of those in use. The spare key of the main inbox serves those without one."""
    stored = list(stored)
    found = []
    for role in Role:
        places = (inbox, MAIN_INBOX) if role == Role.RECOVERY else (inbox,)
        of_role = {key.inbox: key for key in stored if key.role == role}
        chosen = next((of_role[place] for place in places if place in of_role), None)
        if chosen is None:
            raise InboxClosed(f"There is no {role.label.lower()}.")
        try:
            key = admitted(chosen.armored)
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
        replaced = SealingKey.objects.filter(role=role, inbox=inbox, in_use=True).exclude(fingerprint=key.fingerprint)
        # The form stays open when a key is changed; with a first one it waits for the test report.
        live = replaced.values_list("live_at", flat=True).first()
        replaced.update(in_use=False, replaced_at=timezone.now())
        stored, _ = SealingKey.objects.update_or_create(
            fingerprint=key.fingerprint,
            defaults={
                "role": role,
                "inbox": inbox,
                "armored": key.armored,
                "expires_at": key.expires_at,
                "in_use": True,
                "replaced_at": None,
                **({"live_at": live} if live else {}),
            },
        )
    return stored
