"""Counts by month, as a page and as CSV for a spreadsheet, for the inboxes whose reports the officer can open."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.desk.access import page_for_officers
from reporting.inbox.audit import Action, note
from reporting.inbox.counts import SMALLEST, tables
from reporting.inbox.models import Officer


@require_safe
@page_for_officers
def counts(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Every table, the latest month first."""
    return render(
        request, "desk/counts.html", {"officer": officer, "tables": tables(officer.inboxes), "smallest": SMALLEST}
    )


@require_safe
@page_for_officers
def table(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The same as CSV, one count a line. An empty count was not given."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="counts.csv"'
    writer = csv.writer(response)
    writer.writerow(["month", "counted", "value", "reports"])
    for found in tables(officer.inboxes):
        for month, cells in found.rows:
            names = [words for _, words in found.columns] + ["All"]
            for words, count in zip(names, cells, strict=True):
                writer.writerow([f"{month:%Y-%m}", found.name, words, "" if count is None else count])
    note(Action.COUNTED, officer=officer)
    return response
