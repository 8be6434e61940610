"""How many reports there were, by month: no count from which somebody could work out one child's report.

A count of 1 to 4 is not given, and neither is another one from which it could be worked out (secondary suppression, as
in the guidance of the Office for National Statistics on disclosure control of tables). The month under way is left out:
two tables of following days would show what came in between.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from reporting.inbox.models import Letter, Report

#: Counts below this, and above nothing, are not given.
SMALLEST = 5
UNDECIDED = "undecided"
#: From receipt to the first decision, in hours, and the words for it.
BANDS = [(4, "within 4 hours"), (24, "within a day"), (72, "within 3 days")]
LATER = "later"


@dataclass(frozen=True)
class Table:
    """One way to count: what is counted, the columns with their words, and a row for each month.

    A cell is a number, or None where it is not given. The last cell of a row is the total.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[date, tuple[int | None, ...]], ...]


def suppress(cells: Iterable[int]) -> list[int | None]:
    """One row of counts with its total behind it, without those that could tell of one report.

    Hidden are all counts under SMALLEST, then the smallest of the others until what is hidden adds up to so much that
    none of it can be worked out from the total; if there are not enough, everything is hidden, the total too.
    """
    known = list(cells)
    total = sum(known)
    hidden = {place for place, count in enumerate(known) if 0 < count < SMALLEST}
    others = sorted((place for place, count in enumerate(known) if count >= SMALLEST), key=lambda place: known[place])
    while hidden and not is_safe([known[place] for place in hidden]):
        if not others:
            return [None] * (len(known) + 1)
        hidden.add(others.pop(0))
    return [None if place in hidden else count for place, count in enumerate(known)] + [total]


def is_safe(hidden: list[int]) -> bool:
    """Whether nobody who knows the sum of these counts, and that none is nothing, knows that one is under SMALLEST."""
    return len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= SMALLEST


def tables(inboxes: Iterable[str]) -> list[Table]:
    """All tables of the months that are over, for the reports of these inboxes."""
    over = timezone.localdate().replace(day=1)
    reports = Report.objects.filter(inbox__in=list(inboxes)).annotate(month=TruncMonth("received_hour"))
    return [
        table("Urgency", [*Report.Urgency.choices, ("", "Not set")], by_field(reports, "urgency"), over),
        table("Outcome", [*Report.Outcome.choices, ("", "None yet")], by_field(reports, "outcome"), over),
        table(
            "Time to the first decision",
            [(words, words.capitalize()) for _, words in BANDS] + [(LATER, "Later"), (UNDECIDED, "Not decided yet")],
            by_time(reports),
            over,
        ),
    ]


def table(name: str, columns: list[tuple[str, str]], counts: Mapping[tuple[date, str], int], over: date) -> Table:
    """The rows of one table, the latest month first."""
    months = sorted({month for month, _ in counts if month < over}, reverse=True)
    rows = ((month, tuple(suppress(counts.get((month, code), 0) for code, _ in columns))) for month in months)
    return Table(name, tuple(columns), tuple(rows))


def by_field(reports: QuerySet[Report], field: str) -> Counter[tuple[date, str]]:
    """How many reports of each month have each code."""
    found = reports.values("month", field).annotate(many=Count("pk")).order_by()
    return Counter({(timezone.localdate(row["month"]), row[field]): row["many"] for row in found})


def by_time(reports: QuerySet[Report]) -> Counter[tuple[date, str]]:
    """How many reports of each month had their first decision in which time."""
    is_decision = Q(letters__kind=Letter.Kind.DECISION)
    decided = reports.annotate(decided=Min("letters__hour", filter=is_decision))
    times = decided.annotate(took=F("decided") - F("received_hour")).order_by().values_list("month", "took")
    return Counter((timezone.localdate(month), band(took)) for month, took in times.iterator())


def band(took: timedelta | None) -> str:
    """The band of a time to the first decision; None: there is none."""
    if took is None:
        return UNDECIDED
    return next((words for hours, words in BANDS if took <= timedelta(hours=hours)), LATER)
