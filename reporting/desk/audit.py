"""The audit as duty managers read it: who did what to which report, when, and who opened unusually many."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncHour
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting.desk.access import page_for_managers
from reporting.inbox.audit import Action, words_of
from reporting.inbox.models import AuditLine, Officer, Pause, Report

PAGE = 100
#: Flags of longer ago have been looked at, or never will be.
FLAGGED_FOR = timedelta(days=31)
#: What details are called where it is not their own name, and codes as the desk says them.
NAMES = {"of": "inbox", "numbered": "with a case number", "contact": "with how to reach the sender"}
LABELS = {True: "yes", False: "no"} | {
    str(code): str(label)
    for choices in (Report.Urgency, Report.State, Report.Outcome, Pause.Reason)
    for code, label in choices.choices
}


@require_safe
@page_for_managers
def audit(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The lines, latest first, narrowed by officer, report and action; above them, who opened unusually many."""
    lines = readable_for(officer)
    wanted = {name: request.GET.get(name, "") for name in ("officer", "report", "action")}
    if wanted["officer"].isdecimal():
        lines = lines.filter(officer_id=int(wanted["officer"][:9]))
    if wanted["report"]:
        lines = lines.filter(report=wanted["report"].strip().upper())
    if wanted["action"] in Action.values:
        lines = lines.filter(action=wanted["action"])
    page = Paginator(lines.select_related("officer__user"), PAGE).get_page(request.GET.get("page"))
    context = {
        "officer": officer,
        "rows": [(line, words_of(line.action), in_words(line.details)) for line in page],
        "wanted": wanted,
        "page": page,
        "officers": Officer.objects.select_related("user").order_by("user__username"),
        "actions": Action.choices,
        "flags": bulk_readings(officer),
        "limit": settings.BULK_READING,
    }
    return render(request, "desk/audit.html", context)


def in_words(details: dict[str, Any]) -> list[str]:
    """The codes and numbers of a line as people read them; what is empty is left out."""
    return [
        f"{NAMES.get(name, name)}: {LABELS.get(value, value)}"
        for name, value in details.items()
        if value not in ("", None)
    ]


def readable_for(officer: Officer) -> QuerySet[AuditLine]:
    """The lines that an officer may read: nothing shows that an inbox is used which they do not hold."""
    return AuditLine.objects.filter(Q(inbox="") | Q(inbox__in=officer.inboxes)).order_by("-number")


def bulk_readings(officer: Officer) -> QuerySet[Any, Any]:
    """Hours of the last month in which one person opened more reports than usual (`BULK_READING`), latest first."""
    shown = readable_for(officer).filter(action=Action.SHOWN, at__gt=timezone.now() - FLAGGED_FOR)
    return (
        shown.annotate(hour=TruncHour("at"))
        .values("hour", "officer__user__username")
        .annotate(many=Count("report", distinct=True))
        .filter(many__gt=settings.BULK_READING)
        .order_by("-hour")
    )
