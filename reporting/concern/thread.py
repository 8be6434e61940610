"""The conversation as somebody with code words may see it: what the team wrote, and the days on which they wrote.

A reporter's own words are never shown again: whoever holds the six words may have found them, or made somebody
say them.
"""

import base64
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.views.decorators.debug import sensitive_variables

from reporting.concern.form import tidy
from reporting.inbox.models import Letter, Report
from reporting.sealing import MessageRefused, open_locked, read
from reporting.sealing.errors import refusing
from reporting.sealing.text import whole_characters


@dataclass(frozen=True)
class Message:
    """One line of the conversation. `kind`: "you" wrote (no words), the "team" wrote, or it stays "closed" to us."""

    kind: str
    day: str
    text: str = ""


def day_in_words(moment: datetime | date) -> str:
    """The day alone, as people say it here: "Tuesday 3 March", with the year if it is another one."""
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return date_format(day, "l j F" if day.year == timezone.localdate().year else "l j F Y")


def facts(report: Report) -> dict[str, str]:
    """What stands above the messages: the reference, how far it is, and how long the words work."""
    unread = report.state == Report.State.NEW or report.has_news
    last_day = report.words_work_until
    until = (
        f"until {day_in_words(last_day)}"
        if last_day
        else f"as long as the team is looking into this, and for {settings.WORDS_DAYS_AFTER_CLOSING} days after that"
    )
    return {
        "reference": report.reference,
        "state": "We have it" if unread else "A person has read it",
        "until": f"Your code words work {until}.",
    }


def hours_written(report: Report) -> list[datetime]:
    """When the reporter wrote: the concern, and each thing added."""
    theirs = (Letter.Kind.CONCERN, Letter.Kind.ADDITION)
    return list(report.letters.filter(kind__in=theirs).order_by("hour").values_list("hour", flat=True))


def locked_thread(report: Report) -> dict[str, Any]:
    """For a browser that opens the messages by itself. It puts them in the order that `open_thread` makes."""
    return facts(report) | {
        "wrote": [{"hour": hour.isoformat(), "day": day_in_words(hour)} for hour in hours_written(report)],
        "replies": [
            {
                "hour": reply.hour.isoformat(),
                "day": day_in_words(reply.hour),
                "locked": base64.b64encode(reply.locked).decode("ascii"),
            }
            for reply in report.replies.all()
        ],
    }


@sensitive_variables()
def open_thread(report: Report, reply_key: str) -> dict[str, Any]:
    """For a browser without script: the messages opened in memory, oldest first.

    The database knows the hour. Within it the concern comes first, then what the team wrote by the minute that stands
    inside, then what was added: people come back to read, and what they send should stand last.
    """
    found = [
        (hour, 2 if place else 0, "", Message("you", day_in_words(hour)))
        for place, hour in enumerate(hours_written(report))
    ]
    for reply in report.replies.all():
        sent, text = what_it_says(bytes(reply.locked), reply_key)
        kind = "team" if text else "closed"
        found.append((reply.hour, 1, sent, Message(kind, day_in_words(reply.hour), text)))
    messages = [message for *_, message in sorted(found, key=lambda entry: entry[:3])]
    return facts(report) | {"messages": messages, "is_quiet": all(message.kind == "you" for message in messages)}


@sensitive_variables()
def what_it_says(locked: bytes, reply_key: str) -> tuple[str, str]:
    """Minute and text of a reply, both empty if it cannot be opened or is none of ours. Never an error."""
    try:
        # Whatever the parsers of mail and of JSON make of something odd, the rest of the page must still come.
        with refusing(MessageRefused, "This reply says nothing."):
            reply = read(open_locked(locked, reply_key))
    except MessageRefused:
        return "", ""
    sent, text = reply.get("sent"), reply.get("text")
    return (
        sent if isinstance(sent, str) else "",
        tidy(whole_characters(text)) if isinstance(text, str) else "",
    )
