"""How much time a clock leaves, in words: "2 h left", "by 10am on Tuesday", "late since 3pm on Tuesday"."""

from datetime import datetime, timedelta
from typing import Any

from reporting.inbox.clocks import Clock, Kind
from resources.hours import LONDON, WEEKDAYS, clock, on_day

#: What must be done before it runs out.
WHAT = {Kind.READ: "Read it", Kind.STEP: "Next step", Kind.OUTCOME: "Outcome"}
#: So far ahead hours are counted; later the day is named, because nights and weekends lie in between.
COUNTED = timedelta(hours=8)
HOUR = timedelta(hours=1)


def in_words(running: Clock, now: datetime) -> dict[str, Any]:
    """A clock as the desk's script gets it."""
    return {"what": WHAT[running.kind], "left": left(running.due, now), "is_late": running.due <= now}


def left(due: datetime, now: datetime) -> str:
    """The time that is left, or since when there is none."""
    local = due.astimezone(LONDON)
    if due <= now:
        return f"late since {clock(local)} {past_day(local, now)}".strip()
    if due - now < HOUR:
        return "under 1 h left"
    if due - now <= COUNTED:
        return f"{(due - now) // HOUR} h left"
    return f"by {clock(local)} {on_day(local, now)}"


def past_day(moment: datetime, now: datetime) -> str:
    """A day that is over, as people say it; of today nothing needs to be said."""
    days = (now.astimezone(LONDON).date() - moment.date()).days
    if days < 2:
        return ("", "yesterday")[days]
    name = WEEKDAYS[moment.weekday()]
    return f"on {name}" if days < 7 else f"on {name} {moment.day} {moment:%B}"
