"""The desk's one page. It is locked when it comes; the officer's browser unlocks it and shows the rest in place."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting.desk import outcomes, replies
from reporting.desk.access import is_duty_manager, page_for_officers
from reporting.desk.closed import REASONS
from reporting.desk.data import PAGE
from reporting.desk.pause import holding
from reporting.desk.reports import counts, in_order, waited
from reporting.inbox.gate import pass_gate
from reporting.inbox.keys import InboxClosed
from reporting.inbox.models import Officer, Report
from resources.book import ContactBook

FILTERS = [
    ("all", "All open"),
    ("new", "New"),
    ("mine", "Mine"),
    ("news", "New replies"),
    ("marked", "Marked"),
    ("second", "For a second officer"),
    ("closed", "Closed"),
]


def gate_for(officer: Officer) -> dict[str, Any]:
    """Why readers see the phone numbers instead of the form; nothing while it is open."""
    try:
        pass_gate()
    except InboxClosed as closed:
        held = holding()
        return {"closed": str(closed), "holding": held, "may_pause": held and is_duty_manager(officer)}
    return {}


@require_safe
@page_for_officers
def desk(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What is waiting and for how long, and nothing else, until the officer unlocks it."""
    listed, now, numbers = in_order(officer), timezone.now(), counts(officer)
    book = ContactBook.current()
    context = {
        "officer": officer,
        **gate_for(officer),
        "waiting": [(report, waited(report.received_hour, now)) for report in listed[:PAGE]],
        "total": numbers["all"],
        "marked": numbers["marked"],
        "filters": FILTERS,
        "is_manager": is_duty_manager(officer),
        "retention_days": settings.RETENTION_DAYS,
        "retention_decided_by": settings.RETENTION_DECIDED_BY,
        "idle_minutes": settings.DESK_IDLE_MINUTES,
        "urgencies": Report.Urgency.choices,
        "states": [choice for choice in Report.State.choices if choice[0] != Report.State.NEW],
        "kinds": outcomes.KINDS,
        "details": outcomes.ASKED_FOR,
        "authorities": outcomes.authorities(),
        "contacts": book,
        "starts": replies.starts(book),
        "harmless": replies.harmless(),
        "closed_reasons": REASONS,
    }
    return render(request, "desk/desk.html", context)
