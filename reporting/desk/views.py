"""The desk's one page. It is locked when it comes; the officer's browser unlocks it and shows the rest in place."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting.desk.access import page_for_officers
from reporting.desk.data import PAGE
from reporting.desk.reports import in_order
from reporting.inbox.models import Officer, Report

HOURS_IN_DAY = 24


@require_safe
@page_for_officers
def desk(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What is waiting and for how long, and nothing else, until the officer unlocks it."""
    listed, now = in_order(), timezone.now()
    context = {
        "officer": officer,
        "waiting": [(report, waited(report.received_hour, now)) for report in listed[:PAGE]],
        "total": listed.count(),
        "idle_minutes": settings.DESK_IDLE_MINUTES,
        "urgencies": Report.Urgency.choices,
        "states": [choice for choice in Report.State.choices if choice[0] != Report.State.NEW],
        "outcomes": Report.Outcome.choices,
    }
    return render(request, "desk/desk.html", context)


def waited(since: datetime, now: datetime) -> str:
    """How long something has waited, in words; the hour is all that is known."""
    hours = int((now - since).total_seconds()) // 3600
    if hours < 1:
        return "under an hour"
    if hours < 2 * HOURS_IN_DAY:
        return f"about {hours} hour{'s' if hours > 1 else ''}"
    return f"{hours // HOURS_IN_DAY} days"
