"""Briefings and training that are still to come."""

from typing import Any

from django.http import HttpRequest

from home.models.base import Audience
from resources.book import ContactBook
from resources.models import TrainingDate


def context(request: HttpRequest) -> dict[str, Any]:
    """What is to come, the next first, each with whom to ask for a place."""
    contacts = ContactBook.current()
    return {
        "contacts": contacts,
        "dates": [
            {
                "date": date,
                "for_whom": [audience.label for audience in Audience if getattr(date, f"for_{audience}")],
                "ask": contacts.get(contacts.key_of(date.booking_id) or "") if date.booking_id else None,
            }
            for date in TrainingDate.objects.to_come(contacts.now)
        ],
    }
