"""Where everything that a reporter sends is taken in. When it returns, it is durably kept; before, nothing is said."""

import secrets
import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from reporting.inbox.keys import InboxClosed
from reporting.inbox.marked import demand_room
from reporting.inbox.models import Conversation, Letter, OutboxMail, Report
from reporting.inbox.models.key import MAIN_INBOX
from reporting.sealing import SealedMessage

#: Letters that are not mistaken for digits or for each other when said on the phone.
LETTERS = "ABCDEFHKMNPRTWXY"
TRIES = 20


class CodeWordsTaken(Exception):
    """These code words already lead to another report; this one needs words of its own. Nothing was kept."""


def the_hour(moment: datetime) -> datetime:
    """The hour a moment lies in: the finest time that is kept about a reporter."""
    return moment.replace(minute=0, second=0, microsecond=0)


def new_reference() -> str:
    """A short name for a report, to be said on the phone. It opens nothing. Like `K7-402`."""
    return f"{secrets.choice(LETTERS)}{secrets.randbelow(8) + 2}-{secrets.randbelow(1000):03}"


def receive(
    sealed: SealedMessage,
    *,
    report_id: uuid.UUID,
    danger: bool,
    size_bucket: int,
    lookup_digest: str = "",
    inbox: str = MAIN_INBOX,
    marked: bool = False,
) -> Report:
    """Keep a sealed concern as a new report, queue its mail and open its way back, in one durable transaction.

    `report_id` was made before Send, so the same submission twice is one report: the second time the first is returned.
    `size_bucket` is in bytes; `lookup_digest` is empty if there are no code words. Raises DatabaseError if it could not
    be kept, CodeWordsTaken if it needs other words, NoRoomForMarked if it is `marked` and there is no room for such,
    InboxClosed if no reference is free; then nothing of it was.
    """
    existing = Report.objects.filter(pk=report_id).first()
    for _ in range(TRIES):
        if existing:
            return existing
        try:
            with transaction.atomic(durable=True):
                if marked:
                    demand_room(size_bucket)
                hour = the_hour(timezone.now())
                report = Report.objects.create(
                    id=report_id,
                    reference=new_reference(),
                    received_hour=hour,
                    danger=danger,
                    marked=marked,
                    inbox=inbox,
                )
                keep_and_queue(sealed, size_bucket, id=report_id, report=report, kind=Letter.Kind.CONCERN, hour=hour)
                if lookup_digest:
                    Conversation.objects.create(report=report, lookup_digest=lookup_digest)
            return report
        except IntegrityError:
            # The same submission arrived twice at once, or the short reference was taken, or the code words are.
            existing = Report.objects.filter(pk=report_id).first()
            if not existing and Conversation.objects.filter(lookup_digest=lookup_digest).exists():
                raise CodeWordsTaken from None
    raise InboxClosed("No free reference was found: closed reports have to be removed.")


def add(sealed: SealedMessage, *, report: Report, letter_id: uuid.UUID, size_bucket: int, marked: bool = False) -> None:
    """Keep what a reporter adds to an earlier concern and queue its mail, in one durable transaction.

    A closed report is open again. The same addition (`letter_id`, made before Send) twice is kept once. `marked` marks
    the whole report. Raises DatabaseError if it could not be kept, NoRoomForMarked as `receive` does; then nothing was.
    """
    try:
        with transaction.atomic(durable=True):
            if marked:
                demand_room(size_bucket)
            locked = Report.objects.select_for_update().get(pk=report.pk)
            hour = the_hour(timezone.now())
            keep_and_queue(sealed, size_bucket, id=letter_id, report=locked, kind=Letter.Kind.ADDITION, hour=hour)
            if not locked.has_news:
                locked.has_news, locked.news_hour = True, hour
            locked.marked |= marked
            if locked.state == Report.State.CLOSED:
                locked.state, locked.closed_hour = Report.State.REOPENED, None
            locked.save(update_fields=["has_news", "news_hour", "marked", "state", "closed_hour"])
    except IntegrityError:
        if not Letter.objects.filter(pk=letter_id, report=report, kind=Letter.Kind.ADDITION).exists():
            raise


def keep_and_queue(sealed: SealedMessage, size_bucket: int, **fields: object) -> None:
    """A letter and its mail, inside of the caller's transaction."""
    letter = Letter.objects.create(**Letter.sealed_fields(sealed, size_bucket), **fields)
    OutboxMail.objects.create(letter=letter)
