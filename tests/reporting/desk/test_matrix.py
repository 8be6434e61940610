"""What officers may do among themselves: every address of the desk and every method, by each of their roles.

Who is no officer, or has no slot, gets nothing of all this (test_access.py, tests/config/test_role_matrix.py).
"""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from reporting.desk.urls import urlpatterns
from reporting.inbox.models import Officer, Report
from tests.reporting.desk.conftest import signed_in
from tests.reporting.desk.test_access import kept, nothing_told

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
READ, WRITE = {"GET"}, {"POST"}
#: What each address is for. Every other method is refused, whoever asks.
PAGES = {"desk", "audit", "counts", "counts_csv", "keys", "cards", "recovery_sheet", "keys_state"}
SEALED_DATA = {"keyring", "concerns", "reports", "report", "lines", "signs"}
BOTH = {"pause", "letters", "opening_test", "restricted"}
OFFERED = dict.fromkeys(PAGES | SEALED_DATA, READ) | dict.fromkeys(BOTH, READ | WRITE) | {"draft": {"PUT", "DELETE"}}
FOR_MANAGERS = {("audit", "GET"), ("pause", "POST"), ("lift", "POST")}


def addresses(report: Report) -> dict[str, str]:
    """Every address of the desk by its name, with the ids that it takes."""
    found = {}
    for pattern in urlpatterns:
        taken = pattern.pattern.converters
        ids = {name: report.pk if name == "report_id" else uuid.uuid4() for name in taken}
        found[str(pattern.name)] = reverse(f"desk:{pattern.name}", kwargs=ids)
    del found["sign_out"]  # it would end the test's own session
    return found


def statuses(client: Client, report: Report) -> dict[tuple[str, str], int]:
    """What each address answers to each method. What is sent is none of what the desk's script sends.

    Reading comes first: writing can end somebody's part in a report.
    """
    found = {}
    for method in METHODS:
        for name, address in addresses(report).items():
            answer = client.generic(method, address, b"[]", content_type="application/json")
            found[name, method] = answer.status_code
    return found


@pytest.mark.parametrize("who", ["manager", "officer", "holder"])
def test_each_address_has_its_methods_and_a_few_are_for_duty_managers(
    officer: Officer, senior: Officer, tell: Callable[..., Report], who: str
) -> None:
    people = {"manager": officer, "officer": Officer.objects.get(user__username="deputy"), "holder": senior}
    people["officer"].slots.exclude(key__inbox="main").delete()
    found = statuses(signed_in(people[who].user), tell())
    for (name, method), status in found.items():
        if method not in OFFERED.get(name, WRITE):
            assert status == 405, (name, method)
        elif who != "manager" and (name, method) in FOR_MANAGERS:
            assert status == 403, (name, method)
        else:
            assert status in (200, 302, 404, 422), (name, method)
    # The table is no wish: those who may get what they came for.
    assert {found[name, "GET"] for name in PAGES | SEALED_DATA if (name, "GET") not in FOR_MANAGERS} == {200}


def test_what_is_restricted_is_not_there_for_who_does_not_hold_its_key(
    officer: Officer, senior: Officer, tell: Callable[..., Report]
) -> None:
    report = tell(inbox="restricted")
    stranger, holder = signed_in(officer.user), signed_in(senior.user)
    assert not officer.slots.filter(key__inbox="restricted").exists()
    before = kept()
    for pattern in urlpatterns:
        if "report_id" not in pattern.pattern.converters:
            continue
        address = addresses(report)[str(pattern.name)]
        for method in METHODS:
            answer = stranger.generic(method, address, b"[]", content_type="application/json")
            # 422: what was sent is looked at before the report is looked for.
            assert answer.status_code in (404, 405, 422), (pattern.name, method)
            assert nothing_told(answer), (pattern.name, method)
    assert kept() == before
    listed = stranger.get(reverse("desk:reports")).content.decode()
    assert report.reference not in listed
    assert report.reference in holder.get(reverse("desk:reports")).content.decode()
