"""Which keys a concern is sealed to today, and whether it can be sealed at all."""

import logging
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reporting.inbox.models import SealingKey
from reporting.inbox.models.key import MAIN_INBOX
from reporting.sealing import KeyRefused, PublicKey, SealingError, admit, check_alive

log = logging.getLogger("phoenix.inbox")


class InboxClosed(Exception):
    """There is no usable inbox key or no usable recovery key: nothing can be sealed, so nothing may be asked."""


@lru_cache(maxsize=8)
def admitted(armored: str) -> PublicKey:
    """A stored key as a whole. What it is never changes; whether it lives is asked each time."""
    return admit(armored)


def usable_keys(inbox: str = MAIN_INBOX, now: datetime | None = None) -> list[PublicKey]:
    """The inbox key and the recovery key, alive at `now`, in this order.

    Raises InboxClosed when either is missing, expired, revoked or a demonstration key outside of the demonstration. It
    never seals to one key alone: without the recovery key a lost inbox key would lose reports.
    """
    now = now or timezone.now()
    stored = {key.role: key for key in SealingKey.objects.filter(inbox=inbox, in_use=True)}
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


def is_open(inbox: str = MAIN_INBOX) -> bool:
    """Whether a concern can be taken now. The reason why not goes to the log, not to the visitor."""
    try:
        usable_keys(inbox)
    except InboxClosed as closed:
        log.error("The concern form shows the phone numbers: %s", closed)
        return False
    return True


def put_in_use(role: str, armored: str, inbox: str = MAIN_INBOX) -> SealingKey:
    """Admit a public key and seal to it from now on. The key it replaces is kept for the reports that name it.

    Raises KeyRefused with a sentence for the operator.
    """
    key = admit(armored)
    if key.is_demo and not settings.DEMO:
        raise KeyRefused("This is a demonstration key: its private half was made on a server. Make a real one.")
    with transaction.atomic():
        SealingKey.objects.filter(role=role, inbox=inbox, in_use=True).exclude(fingerprint=key.fingerprint).update(
            in_use=False, replaced_at=timezone.now()
        )
        stored, _ = SealingKey.objects.update_or_create(
            fingerprint=key.fingerprint,
            defaults={
                "role": role,
                "inbox": inbox,
                "armored": key.armored,
                "expires_at": key.expires_at,
                "in_use": True,
                "replaced_at": None,
            },
        )
    return stored
