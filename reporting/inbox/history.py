"""What the audit says about one report. Short references are used again once a report is deleted; its lines stay."""

from django.db.models import QuerySet

from reporting.inbox.models import AuditLine, Report


def lines_of(report: Report) -> QuerySet[AuditLine]:
    """The lines of this report, oldest first, with who did it."""
    lines = AuditLine.objects.select_related("officer__user").order_by("number")
    return lines.filter(report=report.reference, at__gte=report.received_hour)
