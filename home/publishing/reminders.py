"""One mail a person with what they should look at again: titles and links to the CMS, and nothing else."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from home.models import LastReminder
from home.publishing.review import Row, due, joined, rows
from home.publishing.roles import EDITORS
from resources.checking import before_holiday, holiday_ahead
from resources.models import Contact


def lists_for(today: date) -> dict[User, list[Row]]:
    """Whom to remind of what. What belongs to nobody, or to somebody without an address, goes to all editors."""
    can_be_reached = User.objects.filter(is_active=True).exclude(email="")
    people = can_be_reached.in_bulk()
    editors = list(can_be_reached.filter(groups__name=EDITORS).distinct())
    lists: defaultdict[User, list[Row]] = defaultdict(list)
    for row in wanted(today):
        owner = people.get(row.who) if row.who else None
        for person in [owner] if owner else editors:
            lists[person].append(row)
    return lists


def wanted(today: date) -> list[Row]:
    """What is due, and the contacts to check before a bank holiday that are not due yet; each of them once."""
    holiday = holiday_ahead(today)
    if holiday is None:
        return due(today)
    contacts = Contact.objects.filter(before_holiday(holiday), live=True, next_check__gt=today)
    first = [replace(row, before=holiday) for row in joined([rows(contacts, "next_check", "review_owner")], "row_when")]
    twice = {(row.label, row.pk) for row in first}
    return [*(row for row in due(today) if (row.label, row.pk) not in twice), *first]


def remind(person: User, listed: list[Row], today: date) -> bool:
    """Send one person their list, at most once a day. True if it was sent now.

    Raises what the mail server's refusal raises (OSError); the next run then tries again.
    """
    if LastReminder.objects.filter(user=person, day=today).exists():
        return False
    parts: dict[str, list[Row]] = {"overdue": [], "now": [], "first": [], "soon": []}
    for row in listed:
        later = "first" if row.before else "soon"
        parts["overdue" if row.when < today else "now" if row.when == today else later].append(row)
    context = parts | {"address": settings.ADDRESS, "check_these": reverse("check_these")}
    body = render_to_string("publishing/reminder.txt", context)
    what = "1 page or contact" if len(listed) == 1 else f"{len(listed)} pages or contacts"
    send_mail(f"{settings.WAGTAIL_SITE_NAME}: {what} to look at again", body, None, [person.email])
    LastReminder.objects.update_or_create(user=person, defaults={"day": today})
    return True
