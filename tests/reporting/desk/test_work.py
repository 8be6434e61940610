"""Who has a report, who must not have it, what is noted, and what is closed: the server's side."""

import base64
import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reporting.inbox.keys import usable_keys
from reporting.inbox.models import AuditLine, Letter, Officer, Report
from reporting.inbox.models.key import RESTRICTED_INBOX
from reporting.inbox.receive import the_hour
from tests.reporting.desk.conftest import sealed, sealed_to, signed_in, whole

pytestmark = pytest.mark.django_db
Tell = Callable[..., Report]
SEALED = "application/pgp-encrypted"


@pytest.fixture
def deputy(officer: Officer) -> Officer:
    return Officer.objects.get(user__username="deputy")


def post(client: Client, report: Report, end: str, values: dict[str, Any] | None = None) -> int:
    address = f"/mash/reports/{report.pk}/{end}"
    return int(client.post(address, json.dumps(values or {}), content_type="application/json").status_code)


def told(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    return json.loads(response.content) if response.status_code == 200 else response.status_code


def noted(action: str) -> list[dict[str, Any]]:
    return list(AuditLine.objects.filter(action=action).values_list("details", flat=True))


# --- Who has it ----------------------------------------------------------------------------------------------


def test_an_officer_takes_a_report_hands_it_on_and_gives_it_back(
    desk: Client, officer: Officer, senior: Officer, tell: Tell
) -> None:
    report, _ = tell(), tell()
    for to, name in ((officer, "Duty officer"), (senior, "Senior officer")):
        assert post(desk, report, "assignee/", {"officer": str(to.pk)}) == 200
        [listed] = [row for row in told(desk, "/mash/reports/")["reports"] if row["id"] == str(report.pk)]
        assert listed["assignee"] == {"id": str(to.pk), "name": name}
    assert told(desk, "/mash/reports/?mine")["total"] == 0
    assert told(signed_in(senior.user), "/mash/reports/?mine")["reports"][0]["id"] == str(report.pk)
    assert post(desk, report, "assignee/", {"officer": ""}) == 200
    assert told(desk, f"/mash/reports/{report.pk}/")["report"]["assignee"] is None
    assert noted("assigned") == [{"to": officer.pk}, {"to": senior.pk}, {"to": 0}]


def test_saying_it_twice_is_noted_once(desk: Client, officer: Officer, tell: Tell) -> None:
    report = tell()
    for _ in range(2):
        assert post(desk, report, "assignee/", {"officer": str(officer.pk)}) == 200
    assert len(noted("assigned")) == 1


@pytest.mark.parametrize("to", ["0", "x", None, [1]])
def test_nobody_gets_it_who_could_not_open_it(desk: Client, new_officer: Officer, tell: Tell, to: Any) -> None:
    report = tell()
    assert post(desk, report, "assignee/", {"officer": str(new_officer.pk)}) == 422
    if to:
        assert post(desk, report, "assignee/", {"officer": to}) == 422
    assert post(desk, report, "assignee/", {}) == 422
    report.refresh_from_db()
    assert report.assignee is None


# --- "I know someone in this" ----------------------------------------------------------------------------------


def test_who_knows_somebody_loses_it_at_once_and_everywhere(
    desk: Client, officer: Officer, senior: Officer, tell: Tell
) -> None:
    report, other = tell(assignee=officer), tell()
    desk.put(f"/mash/reports/{report.pk}/draft/", whole(sealed()), content_type=SEALED)
    assert post(desk, report, "known/") == 200
    assert [row["id"] for row in told(desk, "/mash/reports/")["reports"]] == [str(other.pk)]
    assert told(desk, "/mash/reports/")["counts"] == {
        "all": 1,
        "new": 1,
        "mine": 0,
        "news": 0,
        "marked": 0,
        "closed": 0,
        "second": 0,
    }
    assert told(desk, f"/mash/reports/?reference={report.reference}")["total"] == 0
    assert told(desk, f"/mash/concerns/?report={report.pk}")["concerns"] == {}
    assert report.reference not in desk.get("/mash/").content.decode()
    for end in ("", "restricted/"):
        assert told(desk, f"/mash/reports/{report.pk}/{end}") == 404
    for end in ("opened/", "unmarked/", "assignee/", "known/"):
        assert post(desk, report, end, {"additions": 0, "officer": str(officer.pk)}) == 404
    assert not report.letters.filter(kind="draft").exists()
    # A colleague is told, and it is nobody's.
    [row] = [row for row in told(signed_in(senior.user), "/mash/reports/")["reports"] if row["id"] == str(report.pk)]
    assert row["needs_somebody"]
    assert row["assignee"] is None
    assert len(noted("excluded")) == 1


def test_nobody_hands_it_back_to_them(desk: Client, officer: Officer, senior: Officer, tell: Tell) -> None:
    report = tell()
    post(desk, report, "known/")
    browser = signed_in(senior.user)
    assert post(browser, report, "assignee/", {"officer": str(officer.pk)}) == 422
    names = [each["name"] for each in told(browser, f"/mash/reports/{report.pk}/")["colleagues"]]
    assert sorted(names) == ["Deputy officer", "Senior officer"]
    assert post(browser, report, "assignee/", {"officer": str(senior.pk)}) == 200
    assert not told(browser, f"/mash/reports/{report.pk}/")["report"]["needs_somebody"]


def test_the_last_who_can_open_it_keeps_it(desk: Client, senior: Officer, deputy: Officer, tell: Tell) -> None:
    report = tell()
    assert post(desk, report, "known/") == 200
    assert post(signed_in(senior.user), report, "known/") == 200
    last = signed_in(deputy.user)
    assert post(last, report, "known/") == 409
    assert told(last, f"/mash/reports/{report.pk}/")["concern"]


def test_an_account_that_is_switched_off_does_not_count(
    desk: Client, senior: Officer, deputy: Officer, tell: Tell
) -> None:
    report = tell()
    for colleague in (senior, deputy):
        colleague.user.is_active = False
        colleague.user.save()
    assert post(desk, report, "known/") == 409


# --- Notes ---------------------------------------------------------------------------------------------------


def test_a_note_is_sealed_and_kept_once(desk: Client, tell: Tell) -> None:
    report, note = tell(), uuid.uuid4()
    address, message = f"/mash/reports/{report.pk}/notes/{note}/", whole(sealed("Rang the school."))
    for _ in range(2):
        assert desk.post(address, message, content_type=SEALED).status_code == 200
    [entry] = told(desk, f"/mash/reports/{report.pk}/")["notes"]
    assert base64.b64decode(entry["sealed"]) == message
    assert entry["officer"] == "Duty officer"
    assert noted("noted") == [{}]
    assert desk.post(address, b"in the clear", content_type=SEALED).status_code == 422
    assert desk.post(address, message, content_type="text/plain").status_code == 422
    other = f"/mash/reports/{tell().pk}/notes/{note}/"
    assert desk.post(other, message, content_type=SEALED).status_code == 422, "it belongs to another report"


# --- Closed --------------------------------------------------------------------------------------------------


def test_a_closed_report_is_given_out_singly_and_for_a_reason(desk: Client, tell: Tell) -> None:
    report = tell(state="closed", outcome="advice", closed_hour=the_hour(timezone.now()))
    address = f"/mash/reports/{report.pk}/"
    assert told(desk, "/mash/reports/?closed")["total"] == 1
    assert told(desk, f"/mash/concerns/?report={report.pk}")["concerns"] == {}
    assert told(desk, address) == 409
    assert told(desk, address, **{"Phoenix-Reason": "I am curious"}) == 409
    assert noted("closed-read") == []
    assert told(desk, address, **{"Phoenix-Reason": "review"})["concern"]
    assert noted("closed-read") == [{"reason": "review"}]


# --- Moving it to the restricted inbox --------------------------------------------------------------------------


def half(message: bytes, body: bytes) -> str:
    """What stands before a body, coded."""
    assert message.endswith(body)
    return base64.b64encode(message.removesuffix(body)).decode()


@pytest.fixture
def pair(officer: Officer) -> Callable[[Report], dict[str, str]]:
    """A function that gives every letter of a report the first half of a message to the restricted inbox.

    It does not open the body; that the browser's does, the browser tests show.
    """

    def halves(report: Report) -> dict[str, str]:
        made = sealed_to(usable_keys(RESTRICTED_INBOX))
        return {str(letter.pk): base64.b64encode(made.pkesk).decode() for letter in report.letters.all()}

    return halves


def test_a_report_moves_with_all_of_its_letters(
    desk: Client, officer: Officer, senior: Officer, tell: Tell, add_to: Any, pair: Any
) -> None:
    report = tell(assignee=officer)
    add_to(report)
    desk.put(f"/mash/reports/{report.pk}/draft/", whole(sealed()), content_type=SEALED)
    given = told(desk, f"/mash/reports/{report.pk}/restricted/")
    assert set(given["letters"]) == {str(letter.pk) for letter in report.letters.all()}
    assert len(given["letters"]) == 3
    assert all("PUBLIC KEY BLOCK" in key for key in given["keys"])
    bodies = {letter.pk: bytes(letter.body) for letter in report.letters.all()}
    assert post(desk, report, "restricted/", {"letters": pair(report)}) == 200
    report.refresh_from_db()
    assert (report.inbox, report.assignee) == ("restricted", None)
    for letter in report.letters.all():
        assert bytes(letter.body) == bodies[letter.pk]
        assert letter.key_fingerprints == " ".join(key.fingerprint for key in usable_keys(RESTRICTED_INBOX))
    assert told(desk, f"/mash/reports/{report.pk}/") == 404
    assert told(signed_in(senior.user), f"/mash/reports/{report.pk}/")["report"]["inbox"] == "restricted"
    assert noted("moved") == [{"letters": 3}]


@pytest.mark.parametrize("wrong", ["one is missing", "the old keys", "a body of its own", "no code", "nothing"])
def test_it_moves_as_a_whole_or_not_at_all(
    desk: Client, senior: Officer, tell: Tell, add_to: Any, pair: Any, wrong: str
) -> None:
    report = tell()
    add_to(report)
    halves: Any = pair(report)
    first = report.letters.first()
    assert first
    name = str(first.pk)
    if wrong == "one is missing":
        del halves[name]
    elif wrong == "the old keys":
        halves[name] = base64.b64encode(bytes(first.pkesk)).decode()
    elif wrong == "a body of its own":
        halves[name] = base64.b64encode(whole(sealed_to(usable_keys(RESTRICTED_INBOX)))).decode()
    elif wrong == "no code":
        halves[name] = "§"
    before = list(Letter.objects.order_by("pk").values_list("pkesk", flat=True))
    expected = 409 if wrong == "one is missing" else 422
    assert post(desk, report, "restricted/", {} if wrong == "nothing" else {"letters": halves}) == expected
    report.refresh_from_db()
    assert report.inbox == "main"
    assert list(Letter.objects.order_by("pk").values_list("pkesk", flat=True)) == before


def test_it_does_not_move_where_nobody_could_open_it(
    desk: Client, senior: Officer, deputy: Officer, tell: Tell, pair: Any
) -> None:
    report = tell()
    for colleague in (senior, deputy):
        assert post(signed_in(colleague.user), report, "known/") == 200
    assert post(desk, report, "restricted/", {"letters": pair(report)}) == 409
    report.refresh_from_db()
    assert report.inbox == "main"


# --- Time ----------------------------------------------------------------------------------------------------


def test_the_list_says_how_much_time_is_left(desk: Client, tell: Tell) -> None:
    tell(received_hour=the_hour(timezone.now()) - timedelta(hours=3))
    [row] = told(desk, "/mash/reports/")["reports"]
    read, step = row["clocks"]
    assert read["what"] == "Read it"
    assert read["left"].startswith("late since ")
    assert read["is_late"]
    assert step["what"] == "Next step"
