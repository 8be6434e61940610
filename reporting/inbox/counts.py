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

from reporting.inbox.models import Letter, Report, Tally
from resources.models import Authority

#: Counts below this, and above nothing, are not given.
SMALLEST = 5
#: The ways to count.
COUNTED = ("urgency", "outcome", "authority", "time")
UNDECIDED = "undecided"
#: From receipt to the first decision, in hours, and the words for it.
BANDS = [(4, "within 4 hours"), (24, "within a day"), (72, "within 3 days")]
LATER = "later"
URGENCIES = [*Report.Urgency.choices, ("", "Not set")]
OUTCOMES = [*Report.Outcome.choices, ("", "None yet")]
TIMES = [*((words, words.capitalize()) for _, words in BANDS), (LATER, "Later"), (UNDECIDED, "Not decided yet")]


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
    """All tables of the months that are over, for the reports of these inboxes, deleted ones too."""
    inboxes = list(inboxes)
    over = timezone.localdate().replace(day=1)
    reports = Report.objects.filter(inbox__in=inboxes).annotate(month=TruncMonth("received_hour"))
    gone = tallied(inboxes)
    return [
        table("Urgency", URGENCIES, by_field(reports, "urgency") + gone["urgency"], over),
        table("Outcome", OUTCOMES, by_field(reports, "outcome") + gone["outcome"], over),
        table("Passed to", authorities(), by_field(reports, "authority") + gone["authority"], over),
        table("Time to the first decision", TIMES, by_time(reports) + gone["time"], over),
    ]


def authorities() -> list[tuple[str, str]]:
    """Every authority that a report can be passed to, and nobody."""
    return [*Authority.objects.order_by("name").values_list("key", "name"), ("", "Nobody")]


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


def tallied(inboxes: list[str]) -> dict[str, Counter[tuple[date, str]]]:
    """The same of reports that were deleted, for each way to count."""
    found: dict[str, Counter[tuple[date, str]]] = {name: Counter() for name in COUNTED}
    for tally in Tally.objects.filter(inbox__in=inboxes):
        found[tally.counted][tally.month, tally.code] += tally.many
    return found


def tally(report: Report) -> None:
    """Count a report that is about to be deleted, in each way and apart from the others."""
    first = report.letters.filter(kind=Letter.Kind.DECISION).order_by("hour").first()
    codes = {
        "urgency": report.urgency,
        "outcome": report.outcome,
        "authority": report.authority,
        "time": band(first.hour - report.received_hour if first else None),
    }
    month = timezone.localdate(report.received_hour).replace(day=1)
    for counted, code in codes.items():
        row, _ = Tally.objects.get_or_create(month=month, inbox=report.inbox, counted=counted, code=code)
        Tally.objects.filter(pk=row.pk).update(many=F("many") + 1)
