"""A page's tables as a file that spreadsheets read, at the page's address with `figures.csv` behind it."""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from home.blocks import TableValue
from home.routing import route

#: A spreadsheet would run a cell that begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """The text as it is, or behind an apostrophe if a spreadsheet could take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def as_csv(tables: list[TableValue]) -> str:
    """Each table with its caption above and its source below; an empty line between two."""
    out = io.StringIO()
    writer = csv.writer(out)
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        lines = [[table["caption"]], table.header, *table.lines, [f"Source: {table['source']}"]]
        writer.writerows([safe_cell(cell) for cell in line] for line in lines)
    return out.getvalue()


@require_safe
def figures_csv(request: HttpRequest, path: str) -> HttpResponse:
    """The tables of the published page at `path`; a page without a table has no such file."""
    found = route(request, path)
    if not found or not (tables := getattr(found.page, "tables", [])):
        raise Http404
    # The mark at the beginning tells older spreadsheets that this is UTF-8.
    response = HttpResponse(as_csv(tables).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.page.slug}.csv"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
