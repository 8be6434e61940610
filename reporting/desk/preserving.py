"""Keeping a report from being deleted after the council's period, for a court or a complaint, and letting it go."""

import json
import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from reporting.desk.access import data_for_officers, say
from reporting.desk.work import held
from reporting.inbox.audit import Action, note
from reporting.inbox.models import Officer


@require_POST
@data_for_officers
@transaction.atomic
def preserve(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> HttpResponse:
    """Say whether a report must stay (`preserved`: true or false). 422: neither."""
    report = held(officer, report_id)
    try:
        preserved = json.loads(request.body)["preserved"]
    except (ValueError, KeyError, TypeError):
        return say({}, status=422)
    if not isinstance(preserved, bool):
        return say({}, status=422)
    if report.preserved != preserved:
        report.preserved = preserved
        report.save(update_fields=["preserved"])
        note(Action.PRESERVED if preserved else Action.RELEASED, officer=officer, report=report)
    return say({})
