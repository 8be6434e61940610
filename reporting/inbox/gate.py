"""Whether a concern may be asked for now: the form depends on keys and on people.

All of it is told by one query. The hours of the team come from the snapshot on disk.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from reporting.inbox.keys import InboxClosed, alive
from reporting.inbox.mailbox import mailbox_of
from reporting.inbox.models import Letter, Officer, Pause, Report, SealingKey, Slot
from reporting.inbox.models.key import MAIN_INBOX
from reporting.sealing import PublicKey
from resources.working_days import have_passed

log = logging.getLogger("phoenix.inbox")


@dataclass(frozen=True)
class Gate:
    """The form is open: what is sealed to the keys of an inbox is read, sooner or (`is_slow`) later.

    `offered` names the inboxes that a person can choose.
    """

    inboxes: dict[str, list[PublicKey]]
    offered: tuple[str, ...]
    is_slow: bool

    def keys_of(self, inbox: str) -> list[PublicKey]:
        """What to seal to for an inbox. Raises InboxClosed while nothing can be."""
        if inbox not in self.inboxes:
            raise InboxClosed(f"Nothing can be sealed to the {inbox} inbox.")
        return self.inboxes[inbox]


def pass_gate(now: datetime | None = None) -> Gate:
    """The gate, if it is open at `now`.

    Raises InboxClosed, with the reason in words for operators: no usable keys, a pause, or nobody opening anything.
    """
    now = now or timezone.now()
    reports = Report.objects.filter(inbox=MAIN_INBOX)
    stored = SealingKey.objects.filter(in_use=True).annotate(
        holders=_first("holders", holders_of(OuterRef("pk"))),
        is_paused=Exists(Pause.objects.holding(now)),
        last_opened=_first("last_opened", Officer.objects.exclude(last_opened=None).order_by("-last_opened")),
        new_since=_first("received_hour", reports.filter(state=Report.State.NEW).order_by("received_hour")),
        news_since=_first("news_since", with_news(reports)),
    )
    keys = list(stored)
    inboxes = alive(keys, now)
    if not is_live(MAIN_INBOX, keys):
        raise InboxClosed(f"Fewer than {settings.OFFICERS_TO_OPEN} officers have opened the test report.")
    offered = tuple(inbox for inbox in inboxes if inbox == MAIN_INBOX or is_offered(inbox, keys))
    facts = keys[0]
    if facts.is_paused:
        raise InboxClosed("An officer paused the form.")
    waiting = [moment for moment in (facts.new_since, facts.news_since) if moment]
    if not waiting:
        return Gate(inboxes, offered, is_slow=False)
    oldest = min(waiting)
    days = settings.CLOSE_AFTER_WORKING_DAYS
    if days and have_passed(days, max(filter(None, [oldest, facts.last_opened])), now):
        raise InboxClosed(f"Something waits, and no officer opened anything for {days} working days.")
    days = settings.SLOW_AFTER_WORKING_DAYS
    return Gate(inboxes, offered, is_slow=bool(days) and have_passed(days, oldest, now))


def gate_if_open() -> Gate | None:
    """The gate, or nothing while it is closed. The reason why goes to the log, not to the visitor."""
    try:
        return pass_gate()
    except InboxClosed as closed:
        log.error("The concern form shows the phone numbers: %s", closed)
        return None


def is_open(inbox: str = MAIN_INBOX) -> bool:
    """Whether a concern can be taken now."""
    gate = gate_if_open()
    return gate is not None and inbox in gate.inboxes


def is_offered(inbox: str, keys: Iterable[Any]) -> bool:
    """Whether the form offers an inbox besides the main one.

    It needs a mailbox of its own, as many people who hold its key as the form says, and a test that they opened.
    """
    key = _inbox_key(inbox, keys)
    return bool(mailbox_of(inbox)) and (key.holders or 0) >= settings.RESTRICTED_HOLDERS and is_live(inbox, keys)


def is_live(inbox: str, keys: Iterable[Any]) -> bool:
    """Whether as many officers as the setting says have opened a test report (`first_opening.py`)."""
    return not settings.OFFICERS_TO_OPEN or _inbox_key(inbox, keys).live_at is not None


def _inbox_key(inbox: str, keys: Iterable[Any]) -> Any:
    """The inbox key of those in use."""
    return next(key for key in keys if key.inbox == inbox and key.role == SealingKey.Role.INBOX)


def holders_of(key: Any) -> QuerySet[Any]:
    """How many officers hold a slot for a key (`holders`); no row if nobody does."""
    return Slot.objects.filter(key=key).order_by().values("key").annotate(holders=Count("pk"))


def _first(field: str, rows: QuerySet[Any]) -> Subquery:
    """One field of the first of some rows, as a part of a larger query."""
    return Subquery(rows.values(field)[:1])


def with_news(reports: QuerySet[Report]) -> QuerySet[Any]:
    """Reports to which the sender added something unopened, by the hour of the last addition (`news_since`).

    Which of several additions are unopened is kept nowhere; the last one is for sure.
    """
    return (
        reports.filter(has_news=True, letters__kind=Letter.Kind.ADDITION)
        .annotate(news_since=Max("letters__hour"))
        .order_by("news_since")
    )
