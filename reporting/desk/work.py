"""Who has a report, who must not have it, and what they write down for each other."""

import json
import uuid

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from reporting.desk.access import data_for_officers, say
from reporting.desk.reports import holders_of, reports_of
from reporting.desk.writing import body_of, takes_sealed
from reporting.inbox.admission import admit_message
from reporting.inbox.audit import Action
from reporting.inbox.audit import note as note_in_audit
from reporting.inbox.models import Exclusion, Letter, Officer, Report
from reporting.inbox.receive import the_hour
from reporting.sealing import bucket_of


def held(officer: Officer, report_id: uuid.UUID) -> Report:
    """A report of theirs, which nobody else changes before this transaction is over; else 404."""
    return get_object_or_404(reports_of(officer).select_for_update(of=("self",)), pk=report_id)


@require_POST
@data_for_officers
@transaction.atomic
def assign(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> HttpResponse:
    """Take a report, hand it to a colleague who can open it, or give it back (`officer`: their number, or "").

    422: this is nobody who can open it.
    """
    report = held(officer, report_id)
    try:
        number = json.loads(request.body)["officer"]
        to = holders_of(report).get(pk=number) if number else None
    except (ValueError, KeyError, TypeError, Officer.DoesNotExist):
        return say({}, status=422)
    if report.assignee != to:
        report.assignee = to
        report.save(update_fields=["assignee"])
        note_in_audit(Action.ASSIGNED, officer=officer, report=report, to=to.pk if to else 0)
    return say({})


@require_POST
@data_for_officers
@transaction.atomic
def exclude(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> HttpResponse:
    """They know somebody in it: from now on it is not there for them. What they were still writing about it goes.

    409: nobody else could open it.
    """
    report = held(officer, report_id)
    if not holders_of(report).exclude(pk=officer.pk).exists():
        return say({}, status=409)
    Exclusion.objects.create(report=report, officer=officer)
    report.letters.filter(kind=Letter.Kind.DRAFT, officer=officer).delete()
    if report.assignee_id == officer.pk:
        report.assignee = None
        report.save(update_fields=["assignee"])
    note_in_audit(Action.EXCLUDED, officer=officer, report=report)
    return say({})


@require_POST
@data_for_officers
@takes_sealed
def note(request: HttpRequest, officer: Officer, report_id: uuid.UUID, letter_id: uuid.UUID) -> HttpResponse:
    """Keep a note for the team, sealed. Twice is once."""
    inbox = get_object_or_404(reports_of(officer), pk=report_id).inbox
    sealed = admit_message(body_of(request), inbox)
    try:
        with transaction.atomic():
            report = held(officer, report_id)
            Letter.objects.create(
                id=letter_id,
                report=report,
                kind=Letter.Kind.NOTE,
                hour=the_hour(timezone.now()),
                officer=officer,
                **Letter.sealed_fields(sealed, bucket_of(sealed)),
            )
            note_in_audit(Action.NOTED, officer=officer, report=report)
    except IntegrityError:
        if not Letter.objects.filter(pk=letter_id, report=report_id, kind=Letter.Kind.NOTE, officer=officer).exists():
            return say({}, status=422)
    return say({})
