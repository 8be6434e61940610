"""Pausing the form at the desk: who may, what is asked, what it says, and lifting it with one press."""

import html
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from reporting.inbox.gate import is_open
from reporting.inbox.models import Officer, Pause

pytestmark = pytest.mark.django_db
PAUSE, LIFT = "/mash/pause/", "/mash/pause/lift/"


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(response.content.decode()))


def clock(moment: Any) -> str:
    """A moment as the browser's own box for day and time sends it."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_a_manager_pauses_it_and_it_says_who_when_why(desk: Client) -> None:
    assert desk.post(PAUSE, {"reason": "nobody", "until": ""}).headers["Location"] == PAUSE
    assert not is_open()
    for address in ("/mash/", PAUSE):
        page = text_of(desk.get(address))
        assert "Duty officer paused it on" in page
        assert "until somebody lifts it: Nobody can read what comes in." in page
        assert f'action="{LIFT}"' in page


def test_one_press_lifts_it_and_the_pages_keep_who(desk: Client) -> None:
    desk.post(PAUSE, {"reason": "fault"})
    desk.post(LIFT)
    assert is_open()
    assert "Lifted by Duty officer" in text_of(desk.get(PAUSE))
    assert "The form shows the phone numbers" not in text_of(desk.get("/mash/"))


def test_a_pause_until_a_time(desk: Client) -> None:
    until = timezone.now() + timedelta(hours=3)
    desk.post(PAUSE, {"reason": "work", "until": clock(until)})
    assert clock(Pause.objects.get().until) == clock(until)
    assert f"at {clock(until)[-5:]}: Work on the website" in text_of(desk.get("/mash/"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": ""}, "Choose a reason."),
        ({"reason": "because of K7-402"}, "Select a valid choice"),
        ({"reason": "work", "until": "tomorrow"}, "Write the day and the time"),
        ({"reason": "work", "until": "2020-01-01T10:00"}, "Choose a time to come"),
    ],
)
def test_a_mistake_pauses_nothing_and_is_said(desk: Client, given: dict[str, str], said: str) -> None:
    answer = desk.post(PAUSE, given)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Pause.objects.exists()


def test_pausing_twice_is_one_pause(desk: Client) -> None:
    for _ in range(2):
        desk.post(PAUSE, {"reason": "fault"})
    assert Pause.objects.count() == 1


def test_an_officer_without_the_right_sees_it_and_changes_nothing(desk: Client, officer: Officer) -> None:
    desk.post(PAUSE, {"reason": "fault"})
    officer.user.user_permissions.remove(Permission.objects.get(codename="close_form"))
    assert desk.post(LIFT).status_code == 403
    assert not is_open()
    page = text_of(desk.get("/mash/"))
    assert "Duty officer paused it" in page
    assert LIFT not in page
    Pause.objects.all().delete()
    assert desk.post(PAUSE, {"reason": "fault"}).status_code == 403
    assert "<select" not in text_of(desk.get(PAUSE))
    assert is_open()


def test_the_right_is_given_and_taken_by_name(desk: Client, officer: Officer) -> None:
    call_command("may_pause", "officer", "--not", stdout=StringIO())
    assert desk.post(PAUSE, {"reason": "fault"}).status_code == 403
    call_command("may_pause", "officer", stdout=StringIO())
    assert desk.post(PAUSE, {"reason": "fault"}).status_code == 302
    with pytest.raises(CommandError, match="no officer who signs in as “editor”"):
        call_command("may_pause", "editor")


def test_the_desk_says_why_else_it_is_closed(desk: Client, officer: Officer, tell: Any, settings: Any) -> None:
    settings.CLOSE_AFTER_WORKING_DAYS = 2
    report = tell(received_hour=timezone.now() - timedelta(days=20))
    assert "no officer opened anything for 2 working days" in text_of(desk.get("/mash/"))
    desk.post(f"/mash/reports/{report.pk}/opened/", {"additions": 0}, content_type="application/json")
    assert "The form shows the phone numbers" not in text_of(desk.get("/mash/"))
    officer.refresh_from_db()
    assert officer.last_opened and officer.last_opened.minute == 0, "no finer than the hour"
