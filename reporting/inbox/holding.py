"""Who holds which key. Each function is one act of an officer, noted in the audit.

Private halves come locked or sealed and the server cannot open them. That a recipient is the right person is settled
between officers: their browsers sign and verify vouches (`models/vouch.py`).
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from reporting.inbox.admission import STILL_TAKEN
from reporting.inbox.audit import Action, note
from reporting.inbox.keys import admitted, put_in_use, usable_keys
from reporting.inbox.models import Letter, Officer, SealingKey, Slot, Vouch
from reporting.inbox.models.key import MAIN_INBOX
from reporting.inbox.models.vouch import RECOVERY
from reporting.sealing import KeyRefused, MessageRefused, admit, check_locked_key, check_sealed, check_slot

Role = SealingKey.Role


class Overtaken(Exception):
    """What the officer's browser had before it is not so any more: somebody else was faster."""


def key_in_use(inbox: str) -> SealingKey | None:
    """The inbox key that is sealed to today."""
    return SealingKey.objects.filter(role=Role.INBOX, inbox=inbox, in_use=True).first()


def may_found(officer: Officer, inbox: str) -> bool:
    """Whether an officer may make the first key of an inbox: none was ever made, and the main one comes first."""
    made = SealingKey.objects.filter(role=Role.INBOX, inbox=inbox).exists()
    return not made and bool(officer.fingerprint) and (inbox == MAIN_INBOX or MAIN_INBOX in officer.inboxes)


@transaction.atomic
def make_own_key(officer: Officer, public_key: str, locked_key: str) -> None:
    """Give an officer the key pair that their browser made. Slots for an earlier one go: it opened them, this does not.

    Raises KeyRefused.
    """
    key = admit(public_key)
    if Officer.objects.exclude(pk=officer.pk).filter(fingerprint=key.fingerprint).exists():
        raise KeyRefused("This is the key of another officer.")
    officer.fingerprint, officer.public_key = key.fingerprint, key.armored
    officer.locked_key = check_locked_key(locked_key, key.fingerprint)
    officer.save(update_fields=["fingerprint", "public_key", "locked_key"])
    officer.slots.all().delete()
    note(Action.OFFICER_KEY_MADE, officer=officer, fingerprint=key.fingerprint)


@transaction.atomic
def change_passphrase(officer: Officer, locked_key: str) -> None:
    """Keep the same private key, locked anew. Raises KeyRefused."""
    officer.locked_key = check_locked_key(locked_key, officer.fingerprint or "")
    officer.save(update_fields=["locked_key"])
    note(Action.PASSPHRASE_CHANGED, officer=officer)


@transaction.atomic
def vouch(officer: Officer, inbox: str, fingerprint: str, signature: str) -> None:
    """Keep what an officer signed about a key (of a colleague, or the recovery key)."""
    Vouch.objects.update_or_create(
        inbox=inbox,
        fingerprint=fingerprint,
        by_fingerprint=officer.fingerprint,
        defaults={"officer": officer, "by_key": officer.public_key, "signature": signature},
    )
    note(Action.VOUCHED, officer=officer, fingerprint=fingerprint, of=inbox)


@transaction.atomic
def enrol(officer: Officer, colleague: Officer, inbox: str, slots: Mapping[str, str]) -> None:
    """Let a colleague open the reports of an inbox: `slots` are for its keys, by fingerprint; one for that in use.

    Raises Overtaken if the inbox has another key by now, MessageRefused for what is not sealed to the colleague alone.
    """
    keys = {key.fingerprint: key for key in SealingKey.objects.filter(role=Role.INBOX, inbox=inbox)}
    if not any(fingerprint in slots and key.in_use for fingerprint, key in keys.items()):
        raise Overtaken
    holder = admitted(colleague.public_key)
    for fingerprint, sealed in slots.items():
        if fingerprint not in keys:
            raise MessageRefused("The slot is for a key of another inbox.")
        Slot.objects.update_or_create(
            officer=colleague, key=keys[fingerprint], defaults={"sealed": check_slot(sealed, holder)}
        )
    note(Action.ENROLLED, officer=officer, colleague=colleague.pk, of=inbox, fingerprint=holder.fingerprint)


@transaction.atomic
def disable(officer: Officer, colleague: Officer) -> None:
    """End a colleague's access now: no slots, no sign-in. The keys that they held wait to be replaced."""
    now = timezone.now()
    held = colleague.slots.values_list("key_id", flat=True)
    SealingKey.objects.filter(pk__in=list(held), in_use=True, rotate_since=None).update(rotate_since=now)
    colleague.slots.all().delete()
    Officer.objects.filter(pk=colleague.pk).update(disabled_at=now)
    # Django asks for it with every request, so every session of theirs ends with the next one.
    colleague.user.is_active = False
    colleague.user.save(update_fields=["is_active"])
    note(Action.DISABLED, officer=officer, colleague=colleague.pk)


@transaction.atomic
def change_inbox_key(
    officer: Officer, inbox: str, public_key: str, slots: Mapping[int, str], recovery_slot: str, replaces: str
) -> None:
    """Put an inbox key in use that the officer's browser made, with a slot for each holder (by officer) and the spare.

    `replaces` is the fingerprint of the key whose place it takes; empty for a first one. The old one stays in its
    slots until no letter names it. Raises Overtaken, KeyRefused, MessageRefused, InboxClosed (no recovery key).
    """
    SealingKey.objects.select_for_update().filter(inbox=inbox, in_use=True).first()
    before = key_in_use(inbox)
    if replaces != (before.fingerprint if before else ""):
        raise Overtaken
    holders = Officer.objects.filter(disabled_at=None).exclude(fingerprint=None).in_bulk(slots)
    if officer.pk not in holders or len(holders) != len(slots):
        raise MessageRefused("There must be a slot for the officer who makes the key, and none for others.")
    if SealingKey.objects.filter(fingerprint=admit(public_key).fingerprint).exists():
        raise KeyRefused("This key is or was in use already.")
    key = put_in_use(Role.INBOX, public_key, inbox)
    key.recovery_slot = check_slot(recovery_slot, usable_keys(inbox)[1])
    key.save(update_fields=["recovery_slot"])
    for pk, sealed in slots.items():
        Slot.objects.create(officer_id=pk, key=key, sealed=check_slot(sealed, admitted(holders[pk].public_key)))
    note(Action.INBOX_KEY_CHANGED, officer=officer, fingerprint=key.fingerprint, of=inbox, slots=len(slots))


@transaction.atomic
def change_recovery_key(officer: Officer, public_key: str, inbox: str, signature: str) -> None:
    """Put another recovery key in use, vouched for by the officer who compared it. Raises KeyRefused."""
    key = put_in_use(Role.RECOVERY, public_key, inbox)
    vouch(officer, RECOVERY, key.fingerprint, signature)
    note(Action.RECOVERY_KEY_CHANGED, officer=officer, fingerprint=key.fingerprint)


@transaction.atomic
def extend(officer: Officer, public_key: str) -> None:
    """Take an inbox key with a later end. Raises KeyRefused if it is another key, or ends no later."""
    key = admit(public_key)
    stored = SealingKey.objects.filter(fingerprint=key.fingerprint, role=Role.INBOX, in_use=True).first()
    if stored is None or stored.inbox not in officer.inboxes or key.expires_at <= stored.expires_at:
        raise KeyRefused("This does not extend a key in use.")
    if key.encryption_key_ids != admitted(stored.armored).encryption_key_ids:
        raise KeyRefused("This is another key.")
    stored.armored, stored.expires_at = key.armored, key.expires_at
    stored.save(update_fields=["armored", "expires_at"])
    note(Action.KEY_EXTENDED, officer=officer, fingerprint=key.fingerprint, until=f"{key.expires_at:%Y-%m-%d}")


def behind(inbox: str) -> QuerySet[Letter]:
    """The letters of an inbox that are not sealed to exactly the keys in use. Raises InboxClosed if there are none."""
    pair = " ".join(key.fingerprint for key in usable_keys(inbox))
    return Letter.objects.filter(report__inbox=inbox).exclude(key_fingerprints=pair).order_by("pk")


def rewrap(officer: Officer, inbox: str, letters: Mapping[str, tuple[bytes, bytes]]) -> int:
    """Replace the wrapped session keys of letters, and how many that were: `letters` are (old, new) by id.

    A letter whose old ones are other than the browser had is left as it is: a draft that was saved meanwhile. The body
    is never touched. Raises MessageRefused unless the new ones are for exactly the keys in use.
    """
    recipients = usable_keys(inbox)
    changed = 0
    with transaction.atomic():
        for letter in behind(inbox).filter(pk__in=letters).select_for_update(of=("self",)):
            old, new = letters[str(letter.pk)]
            if bytes(letter.pkesk) != old:
                continue
            sealed = check_sealed(new + bytes(letter.body), recipients=recipients)
            if sealed.body != bytes(letter.body):
                raise MessageRefused("The wrapped session keys hold something else besides.")
            letter.pkesk, letter.key_fingerprints = sealed.pkesk, " ".join(sealed.key_fingerprints)
            letter.save(update_fields=["pkesk", "key_fingerprints"])
            changed += 1
        if changed:
            note(Action.REWRAPPED, officer=officer, of=inbox, letters=changed)
        drop_old_slots(officer, inbox)
    return changed


def drop_old_slots(officer: Officer, inbox: str) -> None:
    """Delete the slots of replaced keys that nothing is sealed to any more, once nothing can arrive for them either."""
    replaced = SealingKey.objects.filter(
        Q(replaced_at__lte=timezone.now() - STILL_TAKEN), role=Role.INBOX, inbox=inbox, in_use=False
    ).exclude(slots=None)
    for key in replaced.distinct():
        if not Letter.objects.filter(key_fingerprints__contains=key.fingerprint).exists():
            key.slots.all().delete()
            note(Action.OLD_SLOTS_DROPPED, officer=officer, fingerprint=key.fingerprint)
