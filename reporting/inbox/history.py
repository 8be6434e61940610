"""What the audit says about one report. Short references are used again once a report is deleted; its lines stay.

A case bundle is what "copied" means: it was made after the last change of the report, and says so by the number of its
parts. Parts are only ever added, so the same number is the same report.
"""

from django.db.models import QuerySet

from reporting.inbox.audit import Action
from reporting.inbox.models import AuditLine, Letter, Report


def lines_of(report: Report) -> QuerySet[AuditLine]:
    """The lines of this report, oldest first, with who did it."""
    lines = AuditLine.objects.select_related("officer__user").order_by("number")
    return lines.filter(report=report.reference, at__gte=report.received_hour)


def parts_of(report: Report) -> int:
    """How many sealed parts a report has, without what officers are still writing."""
    return report.letters.exclude(kind=Letter.Kind.DRAFT).count() + report.replies.count()


def last_bundle(report: Report) -> AuditLine | None:
    """The line of the case bundle that was made last."""
    return lines_of(report).filter(action=Action.BUNDLED).last()


def copied_with(report: Report) -> AuditLine | None:
    """The bundle with which all of it was copied to its case: made after the last change, with a case number."""
    bundle = last_bundle(report)
    is_whole = bundle and bundle.details["parts"] == parts_of(report) and bundle.details["numbered"]
    return bundle if is_whole else None
