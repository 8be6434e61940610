"""One mail a person with what they should look at again: titles and links to the CMS, and nothing else."""

from collections import defaultdict
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.template.loader import render_to_string

from home.models import LastReminder
from home.publishing.review import Row, due
from home.publishing.roles import EDITORS


def lists_for(today: date) -> dict[User, list[Row]]:
    """Whom to remind of what. What belongs to nobody, or to somebody without an address, goes to all editors."""
    can_be_reached = User.objects.filter(is_active=True).exclude(email="")
    people = can_be_reached.in_bulk()
    editors = list(can_be_reached.filter(groups__name=EDITORS).distinct())
    lists: defaultdict[User, list[Row]] = defaultdict(list)
    for row in due(today):
        owner = people.get(row.who) if row.who else None
        for person in [owner] if owner else editors:
            lists[person].append(row)
    return lists


def remind(person: User, rows: list[Row], today: date) -> bool:
    """Send one person their list, at most once a day. True if it was sent now.

    Raises what the mail server's refusal raises (OSError); the next run then tries again.
    """
    if LastReminder.objects.filter(user=person, day=today).exists():
        return False
    parts = {"overdue": [], "now": [], "soon": []}  # type: dict[str, list[Row]]
    for row in rows:
        parts["overdue" if row.when < today else "now" if row.when == today else "soon"].append(row)
    body = render_to_string("publishing/reminder.txt", parts | {"address": settings.ADDRESS})
    what = "1 page or contact" if len(rows) == 1 else f"{len(rows)} pages or contacts"
    send_mail(f"{settings.WAGTAIL_SITE_NAME}: {what} to look at again", body, None, [person.email])
    LastReminder.objects.update_or_create(user=person, defaults={"day": today})
    return True
