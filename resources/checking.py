"""Which contacts somebody has to check now, the most important first. Nothing here hides anything.

Each is due by its own cycle (`Contact.review_months`); what people need first is due before each bank holiday as well,
because then other hours may hold and fewer people can put a mistake right.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from resources.hours import bank_holidays
from resources.models import Contact

#: A check in so many days before a bank holiday counts for it.
DAYS_BEFORE_HOLIDAY = 10


def holiday_ahead(today: date) -> date | None:
    """The bank holiday that is near enough to check for, or today's."""
    until = today + timedelta(days=DAYS_BEFORE_HOLIDAY)
    near = (day for year in {today.year, until.year} for day in bank_holidays(year) if today <= day <= until)
    return min(near, default=None)


def before_holiday(holiday: date) -> Q:
    """What people need first, and nobody checked in the days before a bank holiday."""
    since = holiday - timedelta(days=DAYS_BEFORE_HOLIDAY)
    return Q(kind__in=Contact.MONTHLY) & (Q(checked__isnull=True) | Q(checked__lt=since))


def to_check(today: date) -> QuerySet[Contact]:
    """The live contacts that somebody has to check today, in no order."""
    wanted = Q(next_check__lte=today) | Q(next_check__isnull=True)
    if holiday := holiday_ahead(today):
        wanted |= before_holiday(holiday)
    return Contact.objects.filter(wanted, live=True)


def importance(contact: Contact) -> tuple[bool, int, date, int]:
    """What to sort by: those that must never be hidden, then by kind, then the longest overdue."""
    kind = list(Contact.Kind.values).index(contact.kind)
    return contact.key not in settings.NEVER_HIDDEN, kind, contact.next_check or date.min, contact.sort_order
