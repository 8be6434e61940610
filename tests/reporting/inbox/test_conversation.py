"""The way back: adding to a concern is kept once and mailed, a closed report opens again, and the words have an end."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from reporting.inbox.conversation import find
from reporting.inbox.models import Letter, OutboxMail, Report
from reporting.inbox.receive import add, receive, the_hour
from reporting.sealing import SealedMessage

pytestmark = pytest.mark.django_db
DIGEST = "ab" * 32


@pytest.fixture
def report(sealed: SealedMessage) -> Report:
    return receive(sealed, report_id=uuid.uuid4(), danger=False, size_bucket=2048, lookup_digest=DIGEST)


def test_an_addition_is_kept_with_its_mail(report: Report, sealed: SealedMessage) -> None:
    one = uuid.uuid4()
    add(sealed, report=report, letter_id=one, size_bucket=2048)
    letter = Letter.objects.get(kind="addition")
    assert (letter.pk, letter.report) == (one, report)
    assert letter.message == sealed.pkesk + sealed.body
    assert letter.hour.minute == letter.hour.second == letter.hour.microsecond == 0
    assert OutboxMail.objects.filter(letter=letter, delivered=False).exists()
    report.refresh_from_db()
    assert report.has_news


def test_the_same_addition_twice_is_kept_once(report: Report, sealed: SealedMessage) -> None:
    one = uuid.uuid4()
    for _ in range(2):
        add(sealed, report=report, letter_id=one, size_bucket=2048)
    assert Letter.objects.filter(kind="addition").count() == 1
    assert OutboxMail.objects.count() == 2, "the concern and the addition"


def test_an_addition_cannot_take_the_id_of_something_else(report: Report, sealed: SealedMessage) -> None:
    with pytest.raises(DatabaseError):
        add(sealed, report=report, letter_id=report.pk, size_bucket=2048)
    assert Letter.objects.count() == 1


def test_if_the_mail_cannot_be_queued_the_addition_is_not_kept(
    report: Report, sealed: SealedMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(**fields: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(OutboxMail.objects, "create", full_disk)
    with pytest.raises(DatabaseError):
        add(sealed, report=report, letter_id=uuid.uuid4(), size_bucket=2048)
    assert Letter.objects.count() == 1
    report.refresh_from_db()
    assert not report.has_news


def test_a_closed_report_is_open_again(report: Report, sealed: SealedMessage) -> None:
    Report.objects.update(state="closed", closed_hour=the_hour(timezone.now()))
    add(sealed, report=report, letter_id=uuid.uuid4(), size_bucket=2048)
    report.refresh_from_db()
    assert (report.state, report.closed_hour) == ("reopened", None)


def test_words_lead_to_their_report_and_no_others_do(report: Report) -> None:
    found = find(DIGEST)
    assert found and found.report == report
    assert find("cd" * 32) is None


def test_words_work_for_some_days_after_closing(report: Report, settings: Any) -> None:
    settings.WORDS_DAYS_AFTER_CLOSING = 30
    assert report.words_work_until is None
    # By the clock on the wall: counted in hours, a day may be another one after the clocks have changed.
    noon = the_hour(timezone.localtime().replace(hour=12))
    for days, works in ((29, True), (30, True), (31, False)):
        Report.objects.update(state="closed", closed_hour=noon - timedelta(days=days))
        assert bool(find(DIGEST)) is works, days
