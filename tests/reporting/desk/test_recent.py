"""Key work asks for the second factor again: what `recently_signed_in` lets through, and what it answers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from reporting.desk.access import data_for_officers, page_for_officers
from reporting.desk.recent import recently_signed_in
from reporting.inbox.models import Officer


def done(request: HttpRequest, officer: Officer) -> HttpResponse:
    return HttpResponse("done")


class Addresses:
    """The desk's, and two of key work."""

    def __init__(self) -> None:
        from config.sign_in.desk_urls import urlpatterns

        self.urlpatterns = [
            path("mash/keys/", page_for_officers(recently_signed_in(done))),
            path("mash/keys/data/", data_for_officers(recently_signed_in(done))),
            *urlpatterns,
        ]


@pytest.fixture
def minutes_ago(desk: Client, settings: Any) -> Callable[[int], Client]:
    """A function that gives the officer's browser, as it was so many minutes after their sign-in."""
    settings.STAFF_URLCONFS = settings.STAFF_URLCONFS | {"desk": tuple(Addresses().urlpatterns)}
    settings.AGAIN_MINUTES = 10

    def was(minutes: int) -> Client:
        session = desk.session
        session["account_authentication_methods"][0]["at"] -= minutes * 60
        session.save()
        return desk

    return was


def test_soon_after_the_sign_in_nothing_is_asked(minutes_ago: Callable[[int], Client]) -> None:
    client = minutes_ago(9)
    assert client.get("/mash/keys/").content == b"done"
    assert client.post("/mash/keys/data/").content == b"done"


def test_later_a_page_leads_to_the_code_and_back(minutes_ago: Callable[[int], Client]) -> None:
    assert minutes_ago(11).get("/mash/keys/").headers["Location"] == "/mash/security/again/?next=%2Fmash%2Fkeys%2F"


def test_later_the_script_is_told_where_to_go_and_nothing_is_done(minutes_ago: Callable[[int], Client]) -> None:
    client = minutes_ago(11)
    asked = client.get("/mash/keys/data/", headers={"Sec-Fetch-Mode": "cors"})
    for answer in (asked, client.post("/mash/keys/data/")):
        assert answer.status_code == 401
        assert answer.json()["again"] == "/mash/security/again/"
