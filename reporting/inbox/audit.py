"""The audit: lines are added and never changed, and each is chained to the one before by its digest.

It shows later changes to lines, and lines taken out, to whoever knows a later digest. Whoever holds the database and
this program can write another chain as a whole, so the last digest belongs on paper or in the council's own log.
"""

from collections.abc import Iterator

from django.db import models, transaction
from django.utils import timezone

from reporting.inbox.models import AuditHead, AuditLine, Officer, Report

START = "0" * 64


class Action(models.TextChoices):
    """What can be noted, with the words for officers. A code that stands in a database never gets another meaning."""

    DELIVERED_TO = "delivered-to", "Sealed letters went to their browser"
    SHOWN = "shown", "Shown on their screen, says their browser"
    DECIDED = "decided", "Decision recorded"
    PROPOSED = "proposed", "Closing without action proposed"
    AGREED = "agreed", "Closed as the second officer"
    SENT_BACK = "sent-back", "Sent back as the second officer"
    EXPORTED = "exported", "Words copied out of the desk"
    BUNDLED = "bundled", "Case bundle made"
    REPLIED = "replied", "Reply sent"
    UNMARKED = "unmarked", "Mark taken off"
    ASSIGNED = "assigned", "Given to somebody, or back"
    EXCLUDED = "excluded", "Knows somebody in it"
    NOTED = "noted", "Note written"
    MOVED = "moved", "Moved to another inbox"
    CLOSED_READ = "closed-read", "A closed report was opened, with a reason"
    PAUSED = "paused", "Form paused"
    LIFTED = "lifted", "Pause lifted"
    COUNTED = "counted", "Counts downloaded"
    PRESERVED = "preserved", "Kept from being deleted"
    RELEASED = "released", "May be deleted again"
    DELETED = "deleted", "Deleted after the period"
    SIGNED_IN = "signed-in", "Signed in"
    SIGN_IN_REFUSED = "sign-in-refused", "Sign-in refused"
    SECOND_FACTOR_ADDED = "second-factor-added", "Second factor added"
    SECOND_FACTOR_REMOVED = "second-factor-removed", "Second factor removed"
    # Keys: `details` are fingerprints, counts, and the officer concerned by number.
    OFFICER_KEY_MADE = "officer-key-made", "Key of their own made"
    PASSPHRASE_CHANGED = "passphrase-changed", "New passphrase"
    VOUCHED = "vouched", "Vouched for a colleague’s key"
    ENROLLED = "enrolled", "Colleague enrolled"
    DISABLED = "disabled", "Colleague’s access ended"
    TEST_OPENED = "test-opened", "Test report opened"
    INBOX_KEY_CHANGED = "inbox-key-changed", "New inbox key"
    RECOVERY_KEY_CHANGED = "recovery-key-changed", "New recovery key"
    REWRAPPED = "rewrapped", "Letters sealed to the new keys"
    KEY_EXTENDED = "key-extended", "Inbox key extended"
    KEY_EXPORTED = "key-exported", "Key taken to a mail program"
    OLD_SLOTS_DROPPED = "old-slots-dropped", "Slots of an old key dropped"


def words_of(action: str) -> str:
    """What a line says; its code, if a later version wrote it."""
    return str(Action(action).label) if action in Action.values else action


def note(
    action: Action,
    *,
    officer: Officer | None = None,
    report: Report | None = None,
    inbox: str = "",
    **details: str | int | bool,
) -> AuditLine:
    """Add a line about something that was done, inside of the transaction that does it.

    `inbox` says whose holders may read a line that names no report. `details` are codes of closed lists, counts,
    fingerprints and dates. Nothing of them may be typed by anybody.
    """
    with transaction.atomic():
        head = AuditHead.objects.select_for_update().get(pk=1)
        line = AuditLine(
            number=head.last + 1,
            at=timezone.now(),
            action=action.value,
            officer=officer,
            report=report.reference if report else "",
            inbox=report.inbox if report else inbox,
            details=details,
            previous=head.digest,
        )
        line.digest = line.digest_now()
        line.save(force_insert=True)
        AuditHead.objects.filter(pk=1).update(last=line.number, digest=line.digest)
    return line


def faults() -> Iterator[str]:
    """What is wrong with the chain, a sentence each; nothing if every line stands as it was written.

    Officers may go on working: what they add while this reads is read too.
    """
    number, digest = 0, START
    known = -1
    while True:
        head = AuditHead.objects.filter(pk=1).first() or AuditHead()
        if head.last == known:
            yield f"The last line should be {known}, and there are more."
            return
        known = head.last
        for line in AuditLine.objects.filter(number__gt=number, number__lte=known).order_by("number").iterator():
            if line.number != number + 1:
                yield f"Between line {number} and line {line.number} something is missing."
            elif line.previous != digest:
                yield f"Line {line.number} does not follow from the line before."
            if line.digest_now() != line.digest:
                yield f"Line {line.number} was changed after it was written."
            number, digest = line.number, line.digest
        if number != known:
            yield f"The last line should be {known}, and it is {number}."
        elif number and head.digest != digest:
            yield f"Line {number} is not the one that was last written."
        if not AuditLine.objects.filter(number__gt=known).exists():
            return
