"""Alarms: mails that call somebody to the desk. They hold a number of reports and nothing of any of them.

In the team's hours they go to the duty manager, also when a key is about to end. Outside of them only those about
danger go, to the people whom `NIGHT_ALARM_TO` names; if it names nobody, the form says so before anyone types. What is
restricted calls the people of that inbox, and nobody else learns of it.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef, QuerySet

from reporting.inbox.mailbox import mailbox_of
from reporting.inbox.models import Alarm, Report, SealingKey
from reporting.inbox.models.key import MAIN_INBOX, RESTRICTED_INBOX
from resources.working_days import team_week

log = logging.getLogger("phoenix.delivery")
SUBJECT = {
    Alarm.Why.DANGER: "Please open the desk now: somebody may be in danger",
    Alarm.Why.LATE: "Please open the desk: a time limit has run out",
}
KEY_SUBJECT = "Please look at the keys of the desk: one is about to end"


def sound_due(now: datetime) -> int:
    """Send every alarm that is due and was not sent. Returns how many mails; one that fails is tried again."""
    is_at_work = team_week().state(now).is_open
    sent = 0
    for inbox in (MAIN_INBOX, RESTRICTED_INBOX):
        reports = Report.objects.filter(inbox=inbox)
        sent += sound(Alarm.Why.DANGER, in_danger(reports), recipients(inbox, is_at_work))
        if is_at_work:
            sent += sound(Alarm.Why.LATE, late(reports, now), recipients(inbox, is_at_work))
            sent += sound_ending_keys(inbox, now, recipients(inbox, is_at_work))
    return sent


def recipients(inbox: str, is_at_work: bool) -> list[str]:
    """Who is called for an inbox at this hour; it may be nobody."""
    if inbox == RESTRICTED_INBOX:
        return [mailbox_of(inbox)] if mailbox_of(inbox) else []
    return list(settings.DUTY_ALARM_TO if is_at_work else settings.NIGHT_ALARM_TO)


def in_danger(reports: QuerySet[Report]) -> QuerySet[Report]:
    """New reports whose sender said that somebody may be in danger, and for which nobody was called."""
    called = Alarm.objects.filter(report=OuterRef("pk"), why=Alarm.Why.DANGER)
    return reports.filter(~Exists(called), danger=True, state=Report.State.NEW)


def late(reports: QuerySet[Report], now: datetime) -> QuerySet[Report]:
    """Reports of which a clock has run out, and nobody was called for that clock."""
    called = Alarm.objects.filter(report=OuterRef("pk"), why=Alarm.Why.LATE, due=OuterRef("due"))
    return reports.filter(~Exists(called), due__lte=now)


def sound(why: Alarm.Why, reports: Iterable[Report], to: list[str]) -> int:
    """One mail for all of them. It counts as sent when the mail server has taken it."""
    found = list(reports)
    if not found or not to:
        return 0
    body = f"{len(found)} report{'s' if len(found) > 1 else ''} at {settings.ADDRESS}/mash/"
    if not was_sent(SUBJECT[why], body, to):
        return 0
    sent = [Alarm(report=report, why=why, due=report.due or report.received_hour) for report in found]
    Alarm.objects.bulk_create(sent, ignore_conflicts=True)
    return 1


def sound_ending_keys(inbox: str, now: datetime, to: list[str]) -> int:
    """A mail for each key of an inbox that has come to another of the days before its end."""
    sent = 0
    for key in SealingKey.objects.filter(inbox=inbox, in_use=True):
        due = key.alarm(now)
        if due == key.alarmed_days or not to:
            continue
        if due is not None and (key.alarmed_days is None or due < key.alarmed_days):
            days = key.days_left(now)
            ends = f"ends in {days} days" if days > 1 else "ends within two days" if days >= 0 else "has ended"
            body = f"{key.get_role_display()}: it {ends}. At its end the form shows the phone numbers.\n"
            if not was_sent(KEY_SUBJECT, f"{body}{settings.ADDRESS}/mash/keys/", to):
                continue
            sent += 1
        # A key that was extended begins anew.
        SealingKey.objects.filter(pk=key.pk).update(alarmed_days=due)
    return sent


def was_sent(subject: str, body: str, to: list[str]) -> bool:
    """Whether the mail server took an alarm; if not, it is tried again later."""
    mail = EmailMessage(subject, body, settings.MAIL_FROM, to, headers={"Auto-Submitted": "auto-generated"})
    try:
        mail.send()
    except OSError as error:  # what SMTP raises is one, too
        log.error("An alarm was not sent: %s", type(error).__name__)
        return False
    return True
