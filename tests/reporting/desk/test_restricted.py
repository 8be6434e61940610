"""The restricted inbox at the desk: who holds its key sees it, and for the others it is not there at all."""

import json
import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from reporting.inbox.keys import usable_keys
from reporting.inbox.models import Letter, Officer, Report
from reporting.inbox.models.key import RESTRICTED_INBOX
from reporting.inbox.receive import receive
from tests.reporting.desk.conftest import sealed_to, signed_in, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def restricted(senior: Officer) -> Report:
    """A report that somebody sent to the two senior people."""
    message = sealed_to(usable_keys(RESTRICTED_INBOX))
    return receive(message, report_id=uuid.uuid4(), danger=True, size_bucket=2048, inbox=RESTRICTED_INBOX)


def test_the_team_does_not_see_that_it_is_there(desk: Client, restricted: Report, tell: Callable[..., Report]) -> None:
    report = tell()
    listed = json.loads(desk.get("/mash/reports/").content)
    assert [entry["reference"] for entry in listed["reports"]] == [report.reference]
    assert listed["counts"] == {"all": 1, "new": 1, "mine": 0, "news": 0, "marked": 0, "second": 0, "closed": 0}
    assert listed["total"] == 1
    assert json.loads(desk.get("/mash/reports/", {"reference": restricted.reference}).content)["total"] == 0
    assert json.loads(desk.get("/mash/concerns/", {"report": restricted.pk}).content)["concerns"] == {}
    assert restricted.reference not in desk.get("/mash/").content.decode()
    assert list(json.loads(desk.get("/mash/keyring/").content)["inboxes"]) == ["main"]


GIVEN = {
    "opened/": b'{"additions": 0}',
    "copied/": b'{"sheet": "contact", "contact": false}',
    "bundled/": b'{"digest": "%s", "parts": 1, "numbered": true}' % (b"0" * 64),
}


@pytest.mark.parametrize(
    ("method", "end"),
    [
        ("get", ""),
        ("post", "opened/"),
        ("post", "unmarked/"),
        ("put", "draft/"),
        ("delete", "draft/"),
        ("post", "assignee/"),
        ("post", "known/"),
        ("get", "restricted/"),
        ("post", f"notes/{uuid.UUID(int=7)}/"),
        ("post", f"replies/{uuid.UUID(int=7)}/"),
        ("post", f"decisions/{uuid.UUID(int=7)}/"),
        ("get", "audit/"),
        ("post", "copied/"),
        ("post", "bundled/"),
    ],
)
def test_no_address_of_it_answers_an_officer_of_the_team(
    desk: Client, restricted: Report, method: str, end: str
) -> None:
    body = {} if method in ("get", "delete") else {"data": b"x", "content_type": "application/pgp-encrypted"}
    if given := GIVEN.get(end):
        body = {"data": given, "content_type": "application/json"}
    headers = {"Phoenix-Urgency": "red", "Phoenix-State": "opened", "Phoenix-Outcome": ""}
    response = getattr(desk, method)(f"/mash/reports/{restricted.pk}/{end}", headers=headers, **body)
    assert response.status_code == 404
    restricted.refresh_from_db()
    assert restricted.state == Report.State.NEW
    assert restricted.letters.count() == 1


def test_who_holds_its_key_sees_both_inboxes(senior: Officer, restricted: Report, tell: Callable[..., Report]) -> None:
    report = tell()
    browser = signed_in(senior.user)
    listed = json.loads(browser.get("/mash/reports/").content)["reports"]
    assert {(entry["reference"], entry["inbox"]) for entry in listed} == {
        (report.reference, "main"),
        (restricted.reference, "restricted"),
    }
    ring = json.loads(browser.get("/mash/keyring/").content)
    assert ring["inboxes"]["restricted"]["recipient"] == "senior@demo.example"
    keys = {inbox: set(ring["inboxes"][inbox]["keys"]) for inbox in ("main", "restricted")}
    assert len(keys["main"] & keys["restricted"]) == 1, "the spare key is one"


def test_what_is_written_about_it_is_sealed_to_its_own_keys(senior: Officer, restricted: Report) -> None:
    browser = signed_in(senior.user)
    address = f"/mash/reports/{restricted.pk}/draft/"

    def put(message: bytes) -> int:
        return browser.put(address, data=message, content_type="application/pgp-encrypted").status_code

    assert put(whole(sealed_to(usable_keys()))) == 422, "what the team can open is no draft of this"
    assert put(whole(sealed_to(usable_keys(RESTRICTED_INBOX)))) == 200
    assert Letter.objects.filter(report=restricted, kind="draft").count() == 1
