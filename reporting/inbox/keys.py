"""Which keys a concern is sealed to today, and whether it can be sealed at all."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from reporting.inbox.models import SealingKey
from reporting.inbox.models.key import MAIN_INBOX, RESTRICTED_INBOX
from reporting.sealing import KeyRefused, PublicKey, SealingError, admit, check_alive

log = logging.getLogger("phoenix.inbox")
Role = SealingKey.Role


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
    return _pair(inbox, SealingKey.objects.filter(in_use=True), now or timezone.now())


def usable_inboxes(now: datetime | None = None) -> dict[str, list[PublicKey]]:
    """The keys of each inbox that something can be sealed to; the main one's, or else InboxClosed."""
    return {inbox: keys for inbox, (keys, _) in _inboxes(now).items()}


def offered_inboxes() -> list[str]:
    """The inboxes that the form offers; none while it cannot take a concern. The reason goes to the log.

    The restricted one needs a mailbox of its own, and as many people who hold its key as the form says.
    """
    try:
        found = _inboxes()
    except InboxClosed as closed:
        log.error("The concern form shows the phone numbers: %s", closed)
        return []
    enough = {MAIN_INBOX: 0, RESTRICTED_INBOX: settings.RESTRICTED_HOLDERS}
    return [
        inbox
        for inbox, (_, holders) in found.items()
        if holders >= enough[inbox] and (inbox == MAIN_INBOX or settings.RESTRICTED_MAIL_TO)
    ]


def _inboxes(now: datetime | None = None) -> dict[str, tuple[list[PublicKey], int]]:
    """The keys of each inbox, and how many people hold its inbox key, in one query."""
    now = now or timezone.now()
    stored = list(SealingKey.objects.filter(in_use=True).annotate(holders=Count("slots")))
    holders = {key.inbox: key.holders for key in stored if key.role == Role.INBOX}
    found = {MAIN_INBOX: (_pair(MAIN_INBOX, stored, now), holders[MAIN_INBOX])}
    with suppress(InboxClosed):
        found[RESTRICTED_INBOX] = (_pair(RESTRICTED_INBOX, stored, now), holders.get(RESTRICTED_INBOX, 0))
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
