"""Briefings and training that are still to come."""

from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format

from home.models.base import Audience
from resources.book import ContactBook
from resources.hours import LONDON, clock
from resources.models import TrainingDate


def context(request: HttpRequest) -> dict[str, Any]:
    """What is to come, the next first, each with whom to ask for a place."""
    contacts = ContactBook.current()
    return {
        "contacts": contacts,
        "dates": [
            {
                "training": training,
                "when": when(training),
                "for_whom": [audience.label for audience in Audience if getattr(training, f"for_{audience}")],
                "ask": contacts.get(contacts.key_of(training.booking_id) or "") if training.booking_id else None,
            }
            for training in TrainingDate.objects.to_come(contacts.now)
        ],
    }


def when(training: TrainingDate) -> str:
    """ "Thursday 1 July 2027, 10.30am to midday", or both days where it goes on overnight."""
    start, end = training.start.astimezone(LONDON), training.end.astimezone(LONDON)
    last_day = "" if start.date() == end.date() else f"{date_format(end, 'l j F Y')}, "
    return f"{date_format(start, 'l j F Y')}, {clock(start)} to {last_day}{clock(end)}"
