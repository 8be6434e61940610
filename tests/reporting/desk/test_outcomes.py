"""Every ending: what stands in the clear about it, and that nobody closes a report alone when nobody acts on it."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from reporting.desk.outcomes import DETAILS, KINDS, NEEDS_SECOND
from reporting.inbox.audit import Action, faults
from reporting.inbox.history import copied_with
from reporting.inbox.keys import usable_keys
from reporting.inbox.models import AuditLine, Decision, Letter, Officer, Report
from reporting.inbox.models.key import RESTRICTED_INBOX
from resources.models import Authority
from tests.reporting.desk.conftest import sealed, sealed_to, signed_in, whole
from tests.reporting.desk.test_writing import decide

pytestmark = pytest.mark.django_db
Tell = Callable[..., Report]
WITHOUT_ACTION = {"intelligence", "advice", "unknown-child", "threshold", "not-real", "duplicate"}


@pytest.fixture
def dorset(db: None) -> Authority:
    return Authority.objects.get(key="dorset")


def open_it(client: Client, report: Report, additions: int = 0) -> None:
    address = f"/mash/reports/{report.pk}/opened/"
    assert client.post(address, {"additions": additions}, content_type="application/json").status_code == 200


def propose(client: Client, report: Report, outcome: str = "unknown-child") -> int:
    return decide(client, report, uuid.uuid4(), state="proposed", outcome=outcome)


def agree(client: Client, report: Report, outcome: str = "unknown-child", one: uuid.UUID | None = None) -> int:
    return decide(client, report, one or uuid.uuid4(), state="closed", outcome=outcome)


def state_of(report: Report) -> str:
    report.refresh_from_db()
    return report.state


@pytest.fixture
def second(senior: Officer) -> Client:
    """A colleague's own session."""
    return signed_in(senior.user)


# --- The kinds ----------------------------------------------------------------------------------------------


def test_every_outcome_is_of_one_kind_and_the_desk_asks_for_what_it_needs(desk: Client) -> None:
    assert sorted(outcome for kind in KINDS for outcome in kind.outcomes) == sorted(Report.Outcome)
    assert NEEDS_SECOND == WITHOUT_ACTION
    page = desk.get("/mash/").content.decode()
    for name in DETAILS:
        assert f'name="{name}"' in page
    assert {name for kind in KINDS for name in kind.details} == set(DETAILS)


# --- Another authority --------------------------------------------------------------------------------------


def test_an_authority_is_named_by_the_key_of_its_record(desk: Client, tell: Tell, dorset: Authority) -> None:
    report = tell()
    assert decide(desk, report, uuid.uuid4(), state="decided", outcome="other-area", authority="dorset") == 200
    report.refresh_from_db()
    assert (report.authority, Decision.objects.get().authority) == ("dorset", "dorset")
    assert '<option value="dorset">Dorset</option>' in desk.get("/mash/").content.decode()
    decide(desk, report, uuid.uuid4(), state="decided", outcome="strategy")
    report.refresh_from_db()
    assert report.authority == ""


@pytest.mark.parametrize(
    ("outcome", "authority"), [("other-area", ""), ("other-area", "Ellie"), ("strategy", "dorset"), ("", "dorset")]
)
def test_no_other_word_stands_there(desk: Client, tell: Tell, dorset: Authority, outcome: str, authority: str) -> None:
    assert decide(desk, tell(), uuid.uuid4(), outcome=outcome, authority=authority) == 422
    assert not Decision.objects.exists()


# --- The second officer -------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", sorted(WITHOUT_ACTION))
def test_nobody_closes_alone_what_nobody_acts_on(desk: Client, tell: Tell, outcome: str) -> None:
    report = tell(state="opened")
    assert agree(desk, report, outcome) == 409
    assert propose(desk, report, outcome) == 200
    open_it(desk, report)
    assert agree(desk, report, outcome) == 409
    assert state_of(report) == "proposed"
    assert Letter.objects.filter(kind="decision").count() == 1, "what was refused left nothing behind"
    assert json.loads(desk.get("/mash/reports/?second").content)["total"] == 1


@pytest.mark.parametrize("outcome", ["", "strategy", "police-now"])
def test_what_somebody_acts_on_is_not_proposed(desk: Client, tell: Tell, outcome: str) -> None:
    assert propose(desk, tell(), outcome) == 422


def test_a_second_officer_reads_it_and_agrees(desk: Client, second: Client, tell: Tell, officer: Officer) -> None:
    report, one = tell(state="opened"), uuid.uuid4()
    open_it(second, report)
    propose(desk, report)
    assert agree(second, report) == 409, "they read it before it was proposed, not after"
    proposal = json.loads(second.get(f"/mash/reports/{report.pk}/").content)["proposal"]
    letter = Letter.objects.get(kind="decision")
    assert proposal == {"by": officer.name, "is_mine": False, "letter": str(letter.pk)}
    open_it(second, report)
    assert agree(second, report, "threshold") == 409, "something else was proposed"
    assert [agree(second, report, one=one) for _ in range(2)] == [200, 200]
    assert state_of(report) == "closed"
    lines = AuditLine.objects.exclude(action=Action.DELIVERED_TO).order_by("number")
    actions = list(lines.values_list("action", flat=True))
    assert actions == [Action.SHOWN, Action.PROPOSED, Action.SHOWN, Action.AGREED]
    assert list(faults()) == []


def test_what_the_sender_adds_meanwhile_is_read_first(
    desk: Client, second: Client, tell: Tell, add_to: Callable[[Report], None]
) -> None:
    report = tell(state="opened")
    propose(desk, report)
    open_it(second, report)
    add_to(report)
    assert agree(second, report) == 409
    open_it(second, report, additions=1)
    assert agree(second, report) == 200


def test_it_can_be_sent_back(desk: Client, second: Client, tell: Tell) -> None:
    report = tell(state="opened")
    propose(desk, report)
    open_it(second, report)
    assert decide(second, report, uuid.uuid4(), state="checking") == 200
    assert AuditLine.objects.order_by("number").last().action == Action.SENT_BACK  # type: ignore[union-attr]
    assert state_of(report) == "checking"
    assert agree(second, report) == 409, "nothing is proposed any more"
    assert json.loads(second.get(f"/mash/reports/{report.pk}/").content)["proposal"] is None


def test_a_colleague_who_proposes_the_same_is_the_first_officer_then(desk: Client, second: Client, tell: Tell) -> None:
    report = tell(state="opened")
    propose(desk, report)
    propose(second, report)
    for client in (second, desk):
        open_it(client, report)
    assert agree(second, report) == 409
    assert agree(desk, report) == 200


def test_a_closed_report_is_not_turned_into_one_without_action_by_one_officer(desk: Client, tell: Tell) -> None:
    report = tell(state="opened")
    decide(desk, report, uuid.uuid4(), state="closed", outcome="strategy")
    assert agree(desk, report, "threshold") == 409
    assert (state_of(report), report.outcome) == ("closed", "strategy")


def test_what_is_restricted_is_closed_by_its_two_holders(senior: Officer, desk: Client, tell: Tell) -> None:
    report = tell(state="opened")
    Report.objects.filter(pk=report.pk).update(inbox=RESTRICTED_INBOX)
    deputy = Officer.objects.get(user__username="deputy")
    body = whole(sealed_to(usable_keys(RESTRICTED_INBOX)))
    first, other = signed_in(senior.user), signed_in(deputy.user)

    def set_to(client: Client, state: str) -> int:
        return decide(client, report, uuid.uuid4(), body, state=state, outcome="not-real")

    assert set_to(desk, "proposed") == 404
    assert [set_to(first, "proposed"), set_to(first, "closed")] == [200, 409]
    open_it(other, report)
    assert set_to(other, "closed") == 200


# --- Bundles and sheets -------------------------------------------------------------------------------------


def post(client: Client, address: str, values: Any) -> int:
    return int(client.post(address, values, content_type="application/json").status_code)


def bundle(client: Client, report: Report, **changed: Any) -> int:
    parts = json.loads(client.get(f"/mash/reports/{report.pk}/").content)["bundle"]["parts"]
    values = {"digest": "a" * 64, "parts": parts, "numbered": True} | changed
    return post(client, f"/mash/reports/{report.pk}/bundled/", values)


def test_a_bundle_counts_until_something_is_added(desk: Client, tell: Tell, add_to: Callable[[Report], None]) -> None:
    report = tell()
    assert not copied_with(report)
    assert bundle(desk, report, numbered=False) == 200
    assert not copied_with(report), "no case number stands in it"
    assert bundle(desk, report) == 200
    assert copied_with(report)
    desk.put(f"/mash/reports/{report.pk}/draft/", whole(sealed()), content_type="application/pgp-encrypted")
    assert copied_with(report), "what is only begun is no part"
    add_to(report)
    assert not copied_with(report)
    told = json.loads(desk.get(f"/mash/reports/{report.pk}/").content)["bundle"]
    assert (told["parts"], told["is_current"]) == (2, False)
    assert bundle(desk, report, parts=1) == 409
    line = AuditLine.objects.filter(action=Action.BUNDLED).first()
    assert line and line.details == {"digest": "a" * 64, "parts": 1, "numbered": False}


def test_the_lines_of_a_report_are_its_own(desk: Client, tell: Tell, officer: Officer) -> None:
    report, other = tell(), tell()
    for one in (report, other, report):
        open_it(desk, one)
    lines = json.loads(desk.get(f"/mash/reports/{report.pk}/audit/").content)["lines"]
    assert [(line["number"], line["action"], line["officer"]) for line in lines] == [
        (1, "shown", officer.name),
        (3, "shown", officer.name),
    ]


@pytest.mark.parametrize(
    ("end", "values"),
    [
        ("bundled", {"digest": "Ellie"}),
        ("bundled", {"parts": "1"}),
        ("bundled", {"parts": True}),
        ("bundled", {"numbered": "C-1"}),
        ("copied", {"sheet": "Ellie", "contact": True}),
        ("copied", {"sheet": "contact", "contact": "Ellie"}),
        ("copied", []),
    ],
)
def test_nothing_typed_comes_into_the_audit(desk: Client, tell: Tell, end: str, values: Any) -> None:
    report = tell()
    if end == "bundled":
        values = {"digest": "a" * 64, "parts": 1, "numbered": True} | values
    assert post(desk, f"/mash/reports/{report.pk}/{end}/", values) == 422
    assert not AuditLine.objects.exists()


def test_a_disclosure_notes_how_many_and_never_the_name(desk: Client) -> None:
    counts = {"searched": 40, "found": 3, "chosen": 2}
    assert post(desk, "/mash/disclosed/", counts | {"name": "Ellie"}) == 200
    assert AuditLine.objects.get().details == counts | {"sheet": "disclosure"}
    for wrong in ({}, counts | {"found": "Ellie"}, counts | {"found": -1}):
        assert post(desk, "/mash/disclosed/", wrong) == 422
