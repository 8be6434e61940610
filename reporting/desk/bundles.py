"""What leaves the desk by an officer's hand: a sheet, a bundle. The browser makes it, and the server notes it."""

import json
import re
import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from reporting.desk.access import data_for_officers, say
from reporting.desk.reports import iso, reports_of
from reporting.inbox.audit import Action, note
from reporting.inbox.history import last_bundle, lines_of, parts_of
from reporting.inbox.models import Officer, Report

SHEETS = ("contact", "intelligence")
#: No count of reports is larger.
MOST = 10**6
DIGEST = re.compile(r"[0-9a-f]{64}")


def state_of(report: Report, parts: int) -> dict[str, Any]:
    """For the desk's script: of how many parts a bundle is made now, when the last was made, and whether of all."""
    bundle = last_bundle(report)
    return {
        "parts": parts,
        "made": iso(bundle.at) if bundle else None,
        "is_current": bool(bundle and bundle.details["parts"] == parts),
    }


def given(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of a request; empty if it is none."""
    try:
        found = json.loads(request.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@require_safe
@data_for_officers
def lines(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> JsonResponse:
    """What the audit says about one report, for its bundle."""
    report = get_object_or_404(reports_of(officer), pk=report_id)
    return say(
        {
            "lines": [
                line.content() | {"officer": line.officer.name if line.officer else "", "digest": line.digest}
                for line in lines_of(report)
            ]
        }
    )


@require_POST
@data_for_officers
def copied(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> HttpResponse:
    """Note that a sheet is copied (`sheet`), and whether it says how to reach the sender (`contact`)."""
    asked = given(request)
    sheet, contact = asked.get("sheet"), asked.get("contact")
    if sheet not in SHEETS or not isinstance(contact, bool):
        return say({}, status=422)
    report = get_object_or_404(reports_of(officer), pk=report_id)
    note(Action.EXPORTED, officer=officer, report=report, sheet=sheet, contact=contact)
    return say({})


@require_POST
@data_for_officers
def bundled(request: HttpRequest, officer: Officer, report_id: uuid.UUID) -> HttpResponse:
    """Note a case bundle: SHA-256 of the file, how many parts it holds, and whether a case number stands in it.

    409: something was added while it was made.
    """
    asked = given(request)
    digest, parts, numbered = (asked.get(name) for name in ("digest", "parts", "numbered"))
    if not (isinstance(digest, str) and DIGEST.fullmatch(digest) and type(parts) is int and isinstance(numbered, bool)):
        return say({}, status=422)
    with transaction.atomic():
        report = get_object_or_404(reports_of(officer).select_for_update(), pk=report_id)
        if parts != parts_of(report):
            return say({}, status=409)
        note(Action.BUNDLED, officer=officer, report=report, digest=digest, parts=parts, numbered=numbered)
    return say({})


@require_POST
@data_for_officers
def disclosed(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Note that reports about a name were looked for and put into one file: how many of each, never the name."""
    asked = given(request)
    counts = {name: asked[name] for name in ("searched", "found", "chosen") if type(asked.get(name)) is int}
    if len(counts) < 3 or not all(0 <= count < MOST for count in counts.values()):
        return say({}, status=422)
    note(Action.EXPORTED, officer=officer, sheet="disclosure", **counts)
    return say({})
