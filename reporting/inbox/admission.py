"""Which sealed messages are taken: those for the keys of today, and for a day those for the keys of yesterday.

Whoever opened the form before a key was changed has the old one in the page and writes on. What they seal must arrive;
officers keep the old key's slots for it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import product

from django.db.models import Q
from django.utils import timezone

from reporting.inbox.keys import admitted, usable_keys
from reporting.inbox.models import SealingKey
from reporting.inbox.models.key import MAIN_INBOX
from reporting.sealing import MessageRefused, PublicKey, SealedMessage, SealingError, check_alive, check_sealed

STILL_TAKEN = timedelta(hours=24)


def admit_message(message: bytes, inbox: str = MAIN_INBOX) -> SealedMessage:
    """A message that a browser sealed, if it is sealed as it should be to keys that may be used.

    Raises InboxClosed while nothing can be sealed, MessageRefused for everything that is sealed otherwise.
    """
    now = timezone.now()
    today = usable_keys(inbox, now)
    try:
        return check_sealed(message, recipients=today)
    except MessageRefused:
        for recipients in replaced_lately(today, inbox, now):
            try:
                return check_sealed(message, recipients=recipients)
            except MessageRefused:
                continue
        raise


def admit_for_one(message: bytes, inboxes: Iterable[str]) -> tuple[SealedMessage, str]:
    """A message that a browser sealed, and the one of the inboxes whose keys open it; else as `admit_message` says."""
    refused = MessageRefused("There is no inbox.")
    for inbox in inboxes:
        try:
            return admit_message(message, inbox), inbox
        except MessageRefused as error:
            refused = error
    raise refused


def replaced_lately(today: list[PublicKey], inbox: str, now: datetime) -> list[tuple[PublicKey, ...]]:
    """Every pair of an inbox key and a recovery key of which one at least was replaced less than a day ago."""
    choices = [[key] for key in today]
    of_inbox = Q(inbox=inbox) | Q(inbox=MAIN_INBOX, role=SealingKey.Role.RECOVERY)
    for stored in SealingKey.objects.filter(of_inbox, in_use=False, replaced_at__gt=now - STILL_TAKEN):
        try:
            key = admitted(stored.armored)
            check_alive(key, now)
        except SealingError:
            continue  # it expired, or its owner revoked it
        choices[SealingKey.Role.values.index(stored.role)].append(key)
    return list(product(*choices))[1:]
