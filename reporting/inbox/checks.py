"""`manage.py check --deploy --database default` says whether a concern could be taken."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Notice
from django.db import DatabaseError

from reporting.inbox.clocks import limits_of_the_settings
from reporting.inbox.gate import pass_gate
from reporting.inbox.keys import InboxClosed, usable_keys


@register()
def limits_are_limits(**kwargs: Any) -> list[CheckMessage]:
    """A limit that cannot be read would stop the desk."""
    try:
        list(limits_of_the_settings())
    except ValueError as error:
        return [Error(str(error), hint="See READ_WITHIN, STEP_WITHIN and OUTCOME_WITHIN.", id="phoenix.E028")]
    return []


@register()
def a_period_was_decided(**kwargs: Any) -> list[CheckMessage]:
    """Nothing is deleted on nobody's word."""
    if settings.RETENTION_DAYS == 0 or (settings.RETENTION_DAYS > 0 and settings.RETENTION_DECIDED_BY):
        return []
    return [
        Error(
            "Reports would be deleted after a period that nobody decided on.",
            hint="Set PHOENIX_RETENTION_DAYS to days, and PHOENIX_RETENTION_DECIDED_BY to who decided it, and when.",
            id="phoenix.E045",
        )
    ]


@register(Tags.database, deploy=True)
def keys_are_usable(**kwargs: Any) -> list[CheckMessage]:
    """Without a usable inbox key and recovery key the form shows the phone numbers."""
    if not kwargs.get("databases"):
        return []
    try:
        usable_keys()
    except InboxClosed as closed:
        return [
            Error(
                str(closed),
                hint="Make keys at the desk, /mash/keys/ (docs/keys.md). Until then /tell-us/ shows the phone numbers.",
                id="phoenix.E010",
            )
        ]
    except DatabaseError as error:
        return [Error(f"The database did not answer: {type(error).__name__}.", id="phoenix.E011")]
    return []


@register(Tags.database, deploy=True)
def people_open_what_comes(**kwargs: Any) -> list[CheckMessage]:
    """The form also shows the phone numbers while an officer paused it, or while nobody opens anything."""
    if not kwargs.get("databases") or keys_are_usable(**kwargs):
        return []
    try:
        gate = pass_gate()
    except InboxClosed as closed:
        return [
            Notice(
                str(closed),
                hint="Lift the pause at the desk, or open a report there. Till then /tell-us/ shows the phone numbers.",
                id="phoenix.W012",
            )
        ]
    if gate.is_slow:
        return [
            Notice("The oldest report waits for too long.", hint="The form asks people to ring.", id="phoenix.W013")
        ]
    return []


@register(deploy=True)
def somebody_is_called(**kwargs: Any) -> list[CheckMessage]:
    """A clock that runs out unseen helps nobody."""
    if settings.DUTY_ALARM_TO:
        return []
    return [
        Notice(
            "Nobody is called when a report waits for too long, or when somebody may be in danger.",
            hint="Set PHOENIX_DUTY_ALARM_TO to addresses that are read in the team's hours.",
            id="phoenix.W046",
        )
    ]


@register(deploy=True)
def unread_reports_close_the_form(**kwargs: Any) -> list[CheckMessage]:
    """A form that stays open whether anybody reads or not would let people wait for nothing."""
    if settings.CLOSE_AFTER_WORKING_DAYS > 0:
        return []
    return [
        Notice(
            "The form stays open even if nobody opens anything.",
            hint="Set PHOENIX_CLOSE_AFTER_WORKING_DAYS to the working days after which it shows the phone numbers.",
            id="phoenix.W014",
        )
    ]
