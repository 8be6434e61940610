"""The audit: lines are added and never changed, and each is chained to the one before by its digest.

It shows later changes to lines, and lines taken out, to whoever knows a later digest. Whoever holds the database and
this program can write another chain as a whole, so the last digest belongs on paper or in the council's own log.
"""

from collections.abc import Iterator
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from reporting.inbox.models import AuditHead, AuditLine, Officer, Report

START = "0" * 64


class Action(StrEnum):
    """What can be noted. A name that stands in a database is never given another meaning."""

    DELIVERED_TO = "delivered-to"  # the server gave the sealed letters to an officer's browser
    SHOWN = "shown"  # the browser says that it opened them on screen: its word, no proof
    DECIDED = "decided"
    REPLIED = "replied"
    UNMARKED = "unmarked"
    PAUSED = "paused"
    LIFTED = "lifted"
    SIGNED_IN = "signed-in"
    SIGN_IN_REFUSED = "sign-in-refused"
    SECOND_FACTOR_ADDED = "second-factor-added"
    SECOND_FACTOR_REMOVED = "second-factor-removed"


def note(
    action: Action, *, officer: Officer | None = None, report: Report | None = None, **details: str | int | bool
) -> AuditLine:
    """Add a line about something that was done, inside of the transaction that does it.

    `details` are codes of closed lists, counts, fingerprints and dates. Nothing of them may be typed by anybody.
    """
    with transaction.atomic():
        AuditHead.objects.get_or_create(pk=1)
        head = AuditHead.objects.select_for_update().get(pk=1)
        line = AuditLine(
            number=head.last + 1,
            at=timezone.now(),
            action=action.value,
            officer=officer,
            report=report.reference if report else "",
            inbox=report.inbox if report else "",
            details=details,
            previous=head.digest,
        )
        line.digest = line.digest_now()
        line.save(force_insert=True)
        AuditHead.objects.filter(pk=1).update(last=line.number, digest=line.digest)
    return line


def faults() -> Iterator[str]:
    """What is wrong with the chain, a sentence each; nothing if every line stands as it was written."""
    number, digest = 0, START
    for line in AuditLine.objects.order_by("number").iterator():
        if line.number != number + 1:
            yield f"Between line {number} and line {line.number} something is missing."
        elif line.previous != digest:
            yield f"Line {line.number} does not follow from the line before."
        if line.digest_now() != line.digest:
            yield f"Line {line.number} was changed after it was written."
        number, digest = line.number, line.digest
    head = AuditHead.objects.filter(pk=1).first()
    if (head.last, head.digest) != (number, digest) if head else number:
        yield f"The last line should be {head.last if head else 0}, and it is {number}."
