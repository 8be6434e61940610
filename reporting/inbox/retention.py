"""Deleting reports that are in the case system: the desk is not the record. Nothing goes before somebody decided so.

A report goes `RETENTION_DAYS` after it was both closed and copied to its case (`history.copied_with`). What a sender
adds opens it again, and copying it again begins the days anew. Nothing goes that is unread, undecided or preserved.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from reporting.inbox.audit import Action, note
from reporting.inbox.counts import tally
from reporting.inbox.history import copied_with
from reporting.inbox.models import Report


def delete_due(now: datetime) -> int:
    """Delete every report whose days are over. Returns how many; none while no period is set."""
    if not settings.RETENTION_DAYS:
        return 0
    return sum(delete(report_id, now) for report_id in list(candidates(now)))


def empty_log() -> None:
    """What was deleted leaves SQLite's write-ahead log as well; `secure_delete` has emptied its pages."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def candidates(now: datetime) -> Iterator[uuid.UUID]:
    """The ids of reports that may be due by what stands in the clear; `is_due` looks at the copy too."""
    closed = Report.objects.filter(state=Report.State.CLOSED, has_news=False, preserved=False).exclude(outcome="")
    before = now - timedelta(days=settings.RETENTION_DAYS)
    return closed.filter(closed_hour__lt=before).values_list("pk", flat=True).iterator()


def is_due(report: Report, now: datetime) -> bool:
    """Whether its days are over, counted from the later of closing and copying."""
    bundle = copied_with(report)
    before = now - timedelta(days=settings.RETENTION_DAYS)
    return bundle is not None and max(bundle.at, report.closed_hour or now) < before


@transaction.atomic
def delete(report_id: uuid.UUID, now: datetime) -> bool:
    """Delete one report with all that belongs to it, if it is due; a number of its month stays. Whether it was."""
    found = Report.objects.select_for_update().filter(pk=report_id, state=Report.State.CLOSED)
    report = found.filter(has_news=False, preserved=False).first()
    if report is None or not is_due(report, now):
        return False
    tally(report)
    note(Action.DELETED, report=report, days=settings.RETENTION_DAYS)
    report.delete()
    return True
