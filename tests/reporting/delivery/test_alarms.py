"""Alarms call the right people, once, and say nothing of any report."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from reporting.delivery.alarms import sound_due
from reporting.inbox.models import Alarm, Report, SealingKey
from reporting.inbox.models.key import RESTRICTED_INBOX
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db
#: A Wednesday; the team's record says Monday to Friday.
AT_WORK = datetime(2026, 9, 16, 10, 30, tzinfo=UTC)
AT_NIGHT = datetime(2026, 9, 16, 23, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def people(settings: Any) -> None:
    settings.DUTY_ALARM_TO, settings.NIGHT_ALARM_TO = ["duty@demo.example"], []
    settings.RESTRICTED_MAIL_TO = "two@demo.example"


def make(at: datetime = AT_WORK, **fields: Any) -> Report:
    reference = f"A2-{Report.objects.count():03}"
    values: dict[str, Any] = {"reference": reference, "received_hour": at.replace(minute=0), "danger": False} | fields
    return Report.objects.create(id=uuid.uuid4(), **values)


def test_danger_in_working_hours_calls_the_duty_manager_once(mailbox: Mailbox) -> None:
    report = make(danger=True)
    assert sound_due(AT_WORK) == 1
    assert sound_due(AT_WORK) == 0
    [mail] = mailbox.mails()
    assert mail["To"] == "duty@demo.example"
    assert "danger" in mail["Subject"]
    assert mail.get_payload().strip().startswith("1 report at ")
    assert report.reference not in mailbox.arrived[0].decode()


def test_at_night_only_those_are_called_whom_the_setting_names(mailbox: Mailbox, settings: Any) -> None:
    make(AT_NIGHT, danger=True)
    assert sound_due(AT_NIGHT) == 0
    settings.NIGHT_ALARM_TO = ["night@demo.example"]
    assert sound_due(AT_NIGHT) == 1
    [mail] = mailbox.mails()
    assert mail["To"] == "night@demo.example"


def test_a_clock_that_ran_out_calls_once_and_the_next_clock_again(mailbox: Mailbox) -> None:
    report = make(AT_WORK - timedelta(days=2))
    make(AT_WORK - timedelta(days=2))
    assert sound_due(AT_WORK) == 1
    assert sound_due(AT_WORK) == 0
    [mail] = mailbox.mails()
    assert mail.get_payload().strip().startswith("2 reports at ")
    report.state, report.urgency = Report.State.CHECKING, "blue"
    report.save()
    assert sound_due(AT_WORK) == 0
    assert sound_due(AT_WORK + timedelta(days=7)) == 1
    assert Alarm.objects.filter(report=report).count() == 2


def test_what_is_restricted_calls_nobody_else(mailbox: Mailbox) -> None:
    make(danger=True, inbox=RESTRICTED_INBOX)
    assert sound_due(AT_WORK) == 1
    [mail] = mailbox.mails()
    assert mail["To"] == "two@demo.example"


def test_a_mail_that_was_refused_is_sent_later(mailbox: Mailbox) -> None:
    make(danger=True)
    mailbox.refusing = True
    assert sound_due(AT_WORK) == 0
    mailbox.refusing = False
    assert sound_due(AT_WORK) == 1


def test_a_key_that_is_about_to_end_calls_at_60_30_7_and_1_days(
    mailbox: Mailbox, keys_in_use: None, settings: Any
) -> None:
    key = SealingKey.objects.get(role="inbox", inbox="main")
    SealingKey.objects.exclude(pk=key.pk).update(expires_at=AT_WORK + timedelta(days=400))

    def left(**time: int) -> int:
        SealingKey.objects.filter(pk=key.pk).update(expires_at=AT_WORK + timedelta(**time))
        return sound_due(AT_WORK)

    assert [left(days=days) for days in (90, 60, 59, 45, 30, 29, 7, 6, 3, 1)] == [0, 0, 1, 0, 0, 1, 0, 1, 0, 0]
    assert left(hours=20) == 1
    said = [mail.get_payload() for mail in mailbox.mails()]
    assert ["59 days" in said[0], "29 days" in said[1], "6 days" in said[2], "within two days" in said[3]] == [True] * 4
    assert all(mail["To"] == "duty@demo.example" for mail in mailbox.mails())
    # Extended, it is quiet, and calls again in its time; a server that refuses is asked again.
    assert left(days=700) == 0
    mailbox.refusing = True
    assert left(days=20) == 0
    mailbox.refusing = False
    assert left(days=20) == 1
    assert left(days=20) == 0


def test_a_key_calls_nobody_at_night(mailbox: Mailbox, keys_in_use: None) -> None:
    SealingKey.objects.update(expires_at=AT_NIGHT + timedelta(days=5))
    assert sound_due(AT_NIGHT) == 0


def test_the_form_says_that_nobody_is_called_at_night(client: Client, keys_in_use: None, settings: Any) -> None:
    words = "nobody is told until it opens"
    assert words in client.get("/tell-us/questions/").content.decode()
    settings.NIGHT_ALARM_TO = ["night@demo.example"]
    assert words not in client.get("/tell-us/questions/").content.decode()
