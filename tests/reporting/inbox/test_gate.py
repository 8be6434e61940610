"""The gate: a pause, nobody opening anything, slow reading; one query, and `check --deploy` says why."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from reporting.inbox.checks import people_open_what_comes, unread_reports_close_the_form
from reporting.inbox.gate import is_open, pass_gate
from reporting.inbox.keys import InboxClosed
from reporting.inbox.models import Letter, Officer, Pause, Report, SealingKey
from reporting.inbox.receive import add, receive, the_hour
from reporting.sealing import SealedMessage

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=20)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def days(settings: Any) -> None:
    settings.CLOSE_AFTER_WORKING_DAYS, settings.SLOW_AFTER_WORKING_DAYS = 2, 1


def ago(time: timedelta) -> datetime:
    return the_hour(timezone.now() - time)


def told(sealed: SealedMessage, waits: timedelta, **fields: Any) -> Report:
    report = receive(sealed, report_id=uuid.uuid4(), danger=False, size_bucket=2048)
    Report.objects.filter(pk=report.pk).update(received_hour=ago(waits), **fields)
    Letter.objects.filter(report=report).update(hour=ago(waits))
    return report


def added(sealed: SealedMessage, report: Report, waits: timedelta) -> None:
    letter = uuid.uuid4()
    add(sealed, report=report, letter_id=letter, size_bucket=2048)
    Letter.objects.filter(pk=letter).update(hour=ago(waits))


def opened(officer: Officer, time: timedelta) -> None:
    Officer.objects.filter(pk=officer.pk).update(last_opened=ago(time))


def paused(officer: Officer, **fields: Any) -> Pause:
    return Pause.objects.create(
        **{"officer": officer, "reason": "nobody", "since": timezone.now() - HOUR} | fields  # type: ignore[arg-type]
    )


# --- A pause ----------------------------------------------------------------------------------------------------


def test_a_pause_closes_until_it_is_lifted(sealed: SealedMessage, officer: Officer) -> None:
    pause = paused(officer)
    assert not is_open()
    pause.lifted = timezone.now()
    pause.save()
    assert is_open()


def test_a_pause_ends_by_itself_at_its_time(sealed: SealedMessage, officer: Officer) -> None:
    pause = paused(officer, until=timezone.now() + HOUR)
    with pytest.raises(InboxClosed, match="paused"):
        pass_gate()
    assert pass_gate(now=pause.until + timedelta(seconds=1))


def test_what_officers_write_is_sealed_during_a_pause(sealed: SealedMessage, officer: Officer) -> None:
    from reporting.inbox.keys import usable_keys

    paused(officer)
    assert len(usable_keys()) == 2


# --- Nobody opens anything ------------------------------------------------------------------------------------------


def test_nothing_that_waits_keeps_it_open_however_long_ago_somebody_opened(
    sealed: SealedMessage, officer: Officer
) -> None:
    opened(officer, LONG_AGO)
    told(sealed, LONG_AGO, state=Report.State.CLOSED)
    assert pass_gate().is_slow is False


def test_it_closes_when_something_waits_and_nobody_opens_anything(sealed: SealedMessage) -> None:
    told(sealed, LONG_AGO)
    with pytest.raises(InboxClosed, match="2 working days"):
        pass_gate()


def test_something_new_after_a_quiet_month_does_not_close_it(sealed: SealedMessage, officer: Officer) -> None:
    opened(officer, timedelta(days=40))
    told(sealed, HOUR)
    assert pass_gate().is_slow is False


def test_it_comes_back_when_somebody_opens_any_report(sealed: SealedMessage, officer: Officer) -> None:
    told(sealed, LONG_AGO)
    opened(officer, LONG_AGO + HOUR)
    assert not is_open()
    opened(officer, timedelta(0))
    assert is_open()


def test_what_was_added_and_not_opened_counts_from_the_last_of_it(sealed: SealedMessage, officer: Officer) -> None:
    report = told(sealed, timedelta(days=60), state=Report.State.OPENED)
    opened(officer, timedelta(days=60))
    added(sealed, report, LONG_AGO)
    assert not is_open()
    added(sealed, report, HOUR)
    assert pass_gate().is_slow is False


def test_a_council_may_keep_it_open(sealed: SealedMessage, settings: Any) -> None:
    told(sealed, LONG_AGO)
    settings.CLOSE_AFTER_WORKING_DAYS = 0
    assert pass_gate().is_slow
    settings.SLOW_AFTER_WORKING_DAYS = 0
    assert not pass_gate().is_slow


def test_what_another_inbox_holds_does_not_count(sealed: SealedMessage) -> None:
    told(sealed, LONG_AGO, inbox="another")
    assert pass_gate().is_slow is False


# --- Slow reading ---------------------------------------------------------------------------------------------------


def test_reading_is_slow_while_the_oldest_waits_for_long(sealed: SealedMessage, officer: Officer) -> None:
    told(sealed, LONG_AGO)
    told(sealed, timedelta(0))
    opened(officer, timedelta(0))
    assert pass_gate().is_slow
    Report.objects.update(state=Report.State.OPENED)
    assert not pass_gate().is_slow


# --- What it costs, and who is told -----------------------------------------------------------------------------------


def test_it_is_one_query_whatever_there_is(
    sealed: SealedMessage, officer: Officer, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        pass_gate()
    told(sealed, timedelta(days=3), inbox="main")
    added(sealed, told(sealed, HOUR), HOUR)
    opened(officer, HOUR)
    paused(officer, until=timezone.now())
    with django_assert_num_queries(1):
        assert is_open()


def said() -> list[tuple[str | None, str]]:
    return [(message.id, message.msg) for message in people_open_what_comes(databases=["default"])]


def test_the_check_says_why(sealed: SealedMessage, officer: Officer) -> None:
    assert said() == []
    pause = paused(officer)
    assert said() == [("phoenix.W012", "An officer paused the form.")]
    pause.delete()
    told(sealed, LONG_AGO)
    assert [found for found, _ in said()] == ["phoenix.W012"]
    opened(officer, timedelta(0))
    assert [found for found, _ in said()] == ["phoenix.W013"]
    SealingKey.objects.all().delete()
    assert said() == [], "keys have a finding of their own"
    assert people_open_what_comes() == []


def test_the_check_names_a_form_that_never_closes(settings: Any) -> None:
    assert unread_reports_close_the_form() == []
    settings.CLOSE_AFTER_WORKING_DAYS = 0
    assert [message.id for message in unread_reports_close_the_form()] == ["phoenix.W014"]


def test_a_reason_is_a_code_and_no_words() -> None:
    """Nothing about a report can stand in the clear where there is nowhere to write it."""
    texts = [field for field in Pause._meta.concrete_fields if field.get_internal_type() in ("CharField", "TextField")]
    assert [(field.name, bool(field.choices)) for field in texts] == [("reason", True)]
