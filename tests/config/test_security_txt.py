"""`/.well-known/security.txt`: right by RFC 9116, there or not as the settings say, and never stale unnoticed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.checks import security_contact

ADDRESS = "/.well-known/security.txt"


@pytest.fixture(autouse=True)
def set_rightly(settings: Any) -> None:
    settings.SECURITY_CONTACT = "mailto:security@phoenix.example"
    settings.SECURITY_EXPIRES = (timezone.localdate() + timedelta(days=180)).isoformat()
    settings.ADDRESS = "https://phoenix.example"


def test_it_names_whom_to_tell_and_until_when(client: Client) -> None:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert not response.cookies
    lines = [line for line in response.content.decode().splitlines() if not line.startswith("#")]
    fields = dict(line.split(": ", 1) for line in lines)
    assert len(fields) == len(lines), "Expires and Preferred-Languages may stand there once"
    assert fields["Contact"] == "mailto:security@phoenix.example"
    assert datetime.fromisoformat(fields["Expires"]) > datetime.now(UTC)
    assert fields["Preferred-Languages"] == "en"
    assert fields["Canonical"] == f"https://phoenix.example{ADDRESS}"


def test_it_sends_worries_elsewhere(client: Client) -> None:
    assert "/tell-us/" in client.get(ADDRESS).content.decode().splitlines()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("setting", ["SECURITY_CONTACT", "SECURITY_EXPIRES"])
def test_without_a_contact_or_a_day_there_is_none(client: Client, settings: Any, setting: str) -> None:
    setattr(settings, setting, "")
    assert client.get(ADDRESS).status_code == 404
    assert [message.id for message in security_contact()] == ["phoenix.W007"]


def test_it_can_be_asked_for_and_not_written_to(client: Client) -> None:
    assert client.post(ADDRESS).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("face", ["cms", "desk"])
def test_the_public_face_has_it(client: Client, settings: Any, face: str) -> None:
    settings.PHOENIX_FACE = "public"
    assert client.get(ADDRESS).status_code == 200
    settings.PHOENIX_FACE = face
    assert client.get(ADDRESS).status_code == 404


def test_a_contact_that_is_right_needs_no_word() -> None:
    assert security_contact() == []


@pytest.mark.parametrize("days", [-1, 0, 29, 367, 3650])
def test_a_day_that_is_past_near_or_too_far_is_named(settings: Any, days: int) -> None:
    settings.SECURITY_EXPIRES = (timezone.localdate() + timedelta(days=days)).isoformat()
    assert [message.id for message in security_contact()] == ["phoenix.W009"]


@pytest.mark.parametrize("days", [30, 366])
def test_a_month_to_a_year_ahead_is_right(settings: Any, days: int) -> None:
    settings.SECURITY_EXPIRES = (timezone.localdate() + timedelta(days=days)).isoformat()
    assert security_contact() == []


@pytest.mark.parametrize("day", ["soon", "2027-02-30", "21 May 2027"])
def test_a_day_that_is_none_is_named(settings: Any, day: str) -> None:
    settings.SECURITY_EXPIRES = day
    assert [message.id for message in security_contact()] == ["phoenix.W007"]


def test_a_contact_that_no_program_can_open_is_named(settings: Any) -> None:
    settings.SECURITY_CONTACT = "security@phoenix.example"
    assert [message.id for message in security_contact()] == ["phoenix.W008"]
