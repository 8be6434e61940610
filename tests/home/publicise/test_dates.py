"""Briefings and training: the next one first, and what is past leaves by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from resources.models import Contact, TrainingDate
from tests.home.editing import text_of

pytestmark = pytest.mark.django_db
DATES = "/leaflets/dates/"
EMPTY = "No dates yet"


def training(name: str, days: float, hours: float = 2, **values: Any) -> TrainingDate:
    """An invented date, so many days from now."""
    start = timezone.now() + timedelta(days=days)
    given = {"about": "The signs, and what to do.", "place": "A made-up hall", "source": "A test"}
    given |= {} if "booking" in values else {"booking_words": "Just come."}
    made = TrainingDate(name=name, start=start, end=start + timedelta(hours=hours), **given | values)
    made.save()
    return made


def test_none_is_invented_and_the_page_says_whom_to_ask(client: Client) -> None:
    assert not TrainingDate.objects.exists()
    said = text_of(client.get(DATES))
    assert EMPTY in said
    assert "ask the people below" in said
    assert "Wiltshire procedures and training" in said


def test_the_next_one_stands_first_and_past_ones_are_gone(client: Client) -> None:
    training("Later", 20)
    training("Sooner", 2)
    training("Over", -2)
    training("Going on", -0.01)
    training("Draft", 5, live=False)
    said = text_of(client.get(DATES))
    assert EMPTY not in said
    assert said.index("Going on") < said.index("Sooner") < said.index("Later")
    assert "Over" not in said
    assert "Draft" not in said


def test_whom_to_ask_is_a_contact_record(client: Client) -> None:
    training("With a number", 3, booking=Contact.objects.get(key="mash"), for_councillors=True)
    said = client.get(DATES).content.decode()
    assert '<a href="tel:03004560108">MASH, Wiltshire’s safeguarding team, 0300 456 0108</a>' in said
    assert "For councillors." in said
    Contact.objects.get(key="mash").unpublish()
    assert "0300 456 0108</a>." not in client.get(DATES).content.decode()


def test_times_are_those_of_the_clock_on_the_wall(client: Client) -> None:
    made = training("In summer", 1)
    made.start = made.start.replace(year=2027, month=7, day=1, hour=9, minute=30)
    made.end = made.start + timedelta(hours=1)
    made.save()
    # 9:30 UTC is 10:30 in London in July.
    assert "Thursday 1 July 2027, 10.30am to 11.30am" in text_of(client.get(DATES))


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValidationError, match="after it begins"):
        training("Backwards", 1, hours=-1)
    with pytest.raises(ValidationError, match="how to book"):
        training("Nobody to ask", 1, booking=None)
    with pytest.raises(ValidationError, match="phone number"):
        training("Typed", 1, booking_words="Call 01632 960123")
