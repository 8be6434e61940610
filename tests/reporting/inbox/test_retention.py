"""What is closed and copied goes after the period, whole; everything else stays."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.utils import timezone

from reporting.inbox.audit import Action, note
from reporting.inbox.counts import tables
from reporting.inbox.models import AuditLine, Conversation, Letter, OutboxMail, Reply, Report, Tally
from reporting.inbox.models.key import MAIN_INBOX
from reporting.inbox.receive import add, receive, the_hour
from reporting.inbox.retention import delete_due
from reporting.sealing import SealedMessage
from tests.audit import unguarded

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=40)


@pytest.fixture(autouse=True)
def period(settings: Any) -> None:
    settings.RETENTION_DAYS, settings.RETENTION_DECIDED_BY = 30, "The council's records manager, 1 May 2026"


@pytest.fixture
def report(sealed: SealedMessage) -> Report:
    """A report that was closed and copied forty days ago."""
    report = receive(sealed, report_id=uuid.uuid4(), danger=False, size_bucket=2048, lookup_digest="d" * 64)
    report.received_hour -= LONG_AGO + timedelta(days=2)
    report.state, report.urgency, report.outcome = Report.State.CLOSED, "green", "open-case"
    report.closed_hour = the_hour(timezone.now() - LONG_AGO)
    report.save()
    copy(report, parts=1)
    return report


def copy(report: Report, parts: int, numbered: bool = True, ago: timedelta = LONG_AGO) -> None:
    line = note(Action.BUNDLED, report=report, digest="0" * 64, parts=parts, numbered=numbered)
    with unguarded():
        AuditLine.objects.filter(pk=line.pk).update(at=timezone.now() - ago)


def test_it_goes_whole_and_one_more_is_counted(report: Report) -> None:
    month = timezone.localdate(report.received_hour).replace(day=1)
    body = bytes(report.letters.get().body)
    assert delete_due(timezone.now()) == 1
    for model in (Report, Letter, Reply, Conversation, OutboxMail):
        assert not model.objects.exists()
    assert list(Tally.objects.values_list("counted", "code", "many").order_by("counted")) == [
        ("authority", "", 1),
        ("outcome", "open-case", 1),
        ("time", "undecided", 1),
        ("urgency", "green", 1),
    ]
    assert [table.rows[0][0] for table in tables([MAIN_INBOX])] == [month] * 4
    assert AuditLine.objects.last().action == "deleted"  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM inbox_letter WHERE body = %s", [body])
        assert cursor.fetchone() == (0,)


def change(**fields: Any) -> Callable[[Report], object]:
    return lambda report: Report.objects.filter(pk=report.pk).update(**fields)


@pytest.mark.parametrize(
    "done",
    [
        change(preserved=True),
        change(has_news=True),
        change(state="opened"),
        change(outcome=""),
        change(closed_hour=timezone.now() - timedelta(days=29)),
        lambda report: copy(report, parts=1, ago=timedelta(days=29)),
        lambda report: copy(report, parts=1, numbered=False),
        lambda report: copy(report, parts=7),
    ],
    ids=["preserved", "news", "open", "undecided", "closed lately", "copied lately", "no case number", "changed since"],
)
def test_what_is_not_due_stays(report: Report, done: Callable[[Report], object]) -> None:
    done(report)
    assert delete_due(timezone.now()) == 0
    assert Report.objects.get(pk=report.pk).letters.exists()


def test_what_the_sender_adds_undoes_it(report: Report, sealed: SealedMessage) -> None:
    add(sealed, report=report, letter_id=uuid.uuid4(), size_bucket=2048)
    assert delete_due(timezone.now()) == 0
    change(state="closed", has_news=False, closed_hour=timezone.now() - timedelta(days=35))(report)
    assert delete_due(timezone.now()) == 0, "what was added is not copied yet"
    copy(report, parts=2)
    assert delete_due(timezone.now()) == 1


def test_nothing_goes_while_no_period_is_set(report: Report, settings: Any) -> None:
    settings.RETENTION_DAYS = 0
    assert delete_due(timezone.now()) == 0


@pytest.mark.parametrize(
    ("days", "by", "is_wrong"), [(0, "", False), (30, "", True), (30, "A person", False), (-1, "A person", True)]
)
def test_a_period_needs_somebody_who_decided_it(settings: Any, days: int, by: str, is_wrong: bool) -> None:
    settings.RETENTION_DAYS, settings.RETENTION_DECIDED_BY = days, by
    assert any(found.id == "phoenix.E045" for found in run_checks()) is is_wrong
