"""Closed reports stay closed: the browser gets none with the list, and one at a time for a reason that is noted."""

from django.http import HttpRequest

from reporting.inbox.audit import Action, note
from reporting.inbox.models import Officer, Report

#: It was open on the officer's page, and is closed by now, perhaps by themselves.
WAS_OPEN = "was-open"
#: Why somebody may open a closed report. The code goes to the audit.
REASONS = [
    ("new-facts", "Something new has come to light"),
    ("linked", "It may belong to another report"),
    ("request", "Somebody asked for what we hold"),
    ("review", "A check of how it was handled"),
    ("mistake", "It may have been closed by mistake"),
]


def admits(request: HttpRequest, officer: Officer, report: Report) -> bool:
    """Whether a report may be given out: it is open, or the request gives a reason (`Phoenix-Reason`), noted here."""
    if report.state != Report.State.CLOSED:
        return True
    reason = request.headers.get("Phoenix-Reason", "")
    if reason not in (*dict(REASONS), WAS_OPEN):
        return False
    note(Action.CLOSED_READ, officer=officer, report=report, reason=reason)
    return True
