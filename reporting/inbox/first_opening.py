"""The form is there when enough officers have shown that they can open what comes.

The server seals a test report with a code inside; whoever sends the code back has opened it. The code is worked out
anew each time, from the server's secret and the slot, so that nothing is kept.
"""

import hmac

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from reporting.inbox.audit import Action, note
from reporting.inbox.keys import usable_keys
from reporting.inbox.mailbox import mailbox_of
from reporting.inbox.models import Officer, Slot
from reporting.inbox.models.key import RESTRICTED_INBOX
from reporting.inbox.receive import the_hour
from reporting.sealing import build, seal

TEXT = "This is a test report. Whoever can read it can open what people send.\n"


def slot_of(officer: Officer, inbox: str) -> Slot | None:
    """Their slot for the key in use."""
    return officer.slots.select_related("key").filter(key__in_use=True, key__inbox=inbox).first()


def _code(slot: Slot) -> str:
    return salted_hmac(
        "phoenix.test-report", f"{slot.officer_id} {slot.key.fingerprint}", algorithm="sha256"
    ).hexdigest()


def report_for_test(slot: Slot) -> bytes:
    """A report that nobody sent, sealed to the keys in use. Raises InboxClosed."""
    inbox = slot.key.inbox
    entity = build(
        {"schema": 1, "test": _code(slot)},
        TEXT,
        subject="Test report",
        sender=settings.MAIL_FROM,
        recipient=mailbox_of(inbox),
    )
    sealed = seal(entity, usable_keys(inbox))
    return sealed.pkesk + sealed.body


@transaction.atomic
def prove(slot: Slot, code: str) -> bool:
    """Take the code of the test report. With the last officer that it needs, the form is there. False: a wrong code."""
    if not hmac.compare_digest(code.encode(), _code(slot).encode()):
        return False
    now = timezone.now()
    if slot.proved_at is None:
        slot.proved_at = the_hour(now)
        slot.save(update_fields=["proved_at"])
        note(Action.TEST_OPENED, officer=slot.officer, fingerprint=slot.key.fingerprint, of=slot.key.inbox)
    if slot.key.live_at is None and proved(slot.key_id) >= needed(slot.key.inbox):
        slot.key.live_at = now
        slot.key.save(update_fields=["live_at"])
    return True


def proved(key_id: int) -> int:
    """How many officers have opened a test report with a key."""
    return Slot.objects.filter(key_id=key_id).exclude(proved_at=None).count()


def needed(inbox: str) -> int:
    """How many must have: for the restricted inbox as many as hold it, by the words of the form."""
    wanted: int = settings.OFFICERS_TO_OPEN
    return min(wanted, int(settings.RESTRICTED_HOLDERS)) if inbox == RESTRICTED_INBOX else wanted
