"""How much room there is for what looks as if no person had sent it. A flood must not fill the disk; a person's report
that is not marked is never asked for room."""

from django.conf import settings
from django.db.models import Sum

from reporting.inbox.models import Letter, Report


class NoRoomForMarked(Exception):
    """Officers have not yet looked at what is marked, and it fills its quota. Nothing was kept."""


def demand_room(size: int) -> None:
    """Raise NoRoomForMarked if so many more bytes do not fit (`MARKED_QUOTA`)."""
    letters = Letter.objects.filter(report__marked=True).exclude(report__state=Report.State.CLOSED)
    held = letters.aggregate(held=Sum("size_bucket"))["held"] or 0
    if held + size > settings.MARKED_QUOTA:
        raise NoRoomForMarked
