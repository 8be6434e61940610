"""Who gets what: an officer with a slot the sealed reports, everybody else nothing at all."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reporting.desk.urls import urlpatterns
from reporting.inbox.models import Letter, Officer, Reply, Report
from tests.reporting.desk.conftest import sealed, signed_in, whole

pytestmark = pytest.mark.django_db
ONE = uuid.uuid4()
ADDRESSES = {
    "desk": [],
    "pause": [],
    "lift": [],
    "audit": [],
    "counts": [],
    "counts_csv": [],
    "keyring": [],
    "concerns": [],
    "reports": [],
    "report": [ONE],
    "opened": [ONE],
    "unmarked": [ONE],
    "draft": [ONE],
    "reply": [ONE, ONE],
    "decision": [ONE, ONE],
    "lines": [ONE],
    "copied": [ONE],
    "bundled": [ONE],
    "disclosed": [],
    "signs": [],
    "preserve": [ONE],
    "assign": [ONE],
    "exclude": [ONE],
    "note": [ONE, ONE],
    "restricted": [ONE],
    "cards": [],
    "recovery_sheet": [],
    "vouches": [],
    "disabled": [],
    "extended": [],
    "exported": [],
    "letters": [],
    "opening_test": [],
}
#: Every officer comes to these, also without a key or a slot: nothing of a report (test_keys.py).
OF_MEMBERS = {"keys", "keys_state", "my_key", "my_passphrase", "inbox_key", "recovery_key"}
OPEN_TO_ALL = {"sign_out"}
METHODS = ("GET", "POST", "PUT", "DELETE")


def test_every_address_of_the_desk_is_looked_at_here() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(ADDRESSES) | OF_MEMBERS | OPEN_TO_ALL


def addresses_for(report: Report) -> dict[str, str]:
    """Every address by its name, with the id of a report that exists."""
    return {
        name: reverse(f"desk:{name}", args=[report.pk, ONE][: len(given)]) + f"?report={report.pk}"
        for name, given in ADDRESSES.items()
    }


def nothing_told(response: Any) -> bool:
    """Neither sealed data, nor keys, nor how many reports there are."""
    told = response.content.decode()
    return not any(sign in told for sign in ("PGP", "LOCKED", "sealed", "locked_key", "reference", "waiting"))


def kept() -> tuple[int, int, list[str]]:
    return Letter.objects.count(), Reply.objects.count(), list(Report.objects.values_list("state", flat=True))


def given_away(client: Client, report: Report, refusals: tuple[int, ...]) -> list[str]:
    """Which addresses tell or change anything, by which method, when all of them should refuse."""
    before, found = kept(), []
    for name, address in addresses_for(report).items():
        for method in METHODS:
            response = client.generic(method, address, whole(sealed()), content_type="application/pgp-encrypted")
            if response.status_code not in refusals or not nothing_told(response) or kept() != before:
                found.append(f"{method} {name}: {response.status_code}")
    return found


def test_a_visitor_gets_nothing(client: Client, tell: Callable[..., Report]) -> None:
    assert given_away(client, tell(), (302, 401, 405)) == []


@pytest.mark.parametrize("who", ["writer", "editor", "publisher", "reviewer", "administrator", "new-officer"])
def test_an_account_without_a_slot_gets_nothing(who: str, new_officer: Officer, tell: Callable[..., Report]) -> None:
    assert given_away(signed_in(User.objects.get(username=who)), tell(), (403, 405)) == []


@pytest.mark.parametrize("name", ["desk", "keyring", "reports", "report", "concerns"])
def test_an_officer_with_a_slot_gets_sealed_data(desk: Client, tell: Callable[..., Report], name: str) -> None:
    assert desk.get(addresses_for(tell())[name]).status_code == 200


@pytest.mark.parametrize(("name", "method"), [("audit", "GET"), ("lift", "POST"), ("pause", "POST")])
def test_what_duty_managers_do_is_for_them(senior: Officer, name: str, method: str) -> None:
    assert signed_in(senior.user).generic(method, reverse(f"desk:{name}")).status_code == 403


def test_access_ends_when_the_slot_goes(desk: Client, officer: Officer) -> None:
    officer.slots.all().delete()
    assert desk.get("/mash/keyring/").status_code == 403


def test_access_ends_at_once_when_the_account_is_switched_off(desk: Client, officer: Officer) -> None:
    officer.user.is_active = False
    officer.user.save()
    assert desk.get("/mash/keyring/").status_code == 401


def test_a_slot_for_a_key_that_is_not_in_use_is_not_enough(desk: Client, officer: Officer) -> None:
    officer.slots.get().key.__class__.objects.update(in_use=False)
    assert desk.get("/mash/keyring/").status_code == 403


def test_a_page_that_was_unlocked_for_somebody_else_is_signed_out(desk: Client, officer: Officer) -> None:
    assert desk.get("/mash/keyring/", headers={"Phoenix-Officer": str(officer.pk)}).status_code == 200
    assert desk.get("/mash/keyring/", headers={"Phoenix-Officer": str(officer.pk + 1)}).status_code == 401


def test_the_page_says_why_there_is_nothing(new_officer: Officer) -> None:
    page = signed_in(new_officer.user).get("/mash/")
    assert page.status_code == 403
    assert "slot" in page.content.decode()
    assert "not for the desk" in signed_in(User.objects.get(username="editor")).get("/mash/").content.decode()


def test_nobody_is_signed_out_by_a_link(desk: Client) -> None:
    assert desk.get("/mash/sign-out/").status_code == 405
    assert desk.get("/mash/").status_code == 200


def test_another_site_can_write_nothing(officer: Officer, tell: Callable[..., Report]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer.user)
    report = tell()
    answer = client.post(f"/mash/reports/{report.pk}/opened/", {"additions": 0}, content_type="application/json")
    assert answer.status_code == 403
    report.refresh_from_db()
    assert report.state == "new"


@pytest.mark.parametrize("address", ["/mash/", "/mash/keyring/", "/mash/reports/", "/mash/sign-in/"])
def test_answers_are_stored_nowhere_and_have_the_strict_policy(desk: Client, address: str) -> None:
    headers = desk.get(address).headers
    assert "no-store" in headers["Cache-Control"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "trusted-types 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Frame-Options"] == "DENY"
