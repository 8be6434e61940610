"""What officers' browsers read: everything sealed, in the order of what must be decided first, with few queries."""

import base64
import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from reporting.desk.reports import waited
from reporting.inbox.models import Letter, Officer, Reply, Report, SealingKey
from reporting.inbox.receive import the_hour
from tests.reporting.desk.conftest import sealed, whole

pytestmark = pytest.mark.django_db
Tell = Callable[..., Report]


def data(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return json.loads(response.content)


def ago(hours: int) -> Any:
    return the_hour(timezone.now() - timedelta(hours=hours))


def test_the_keyring_holds_locked_keys_and_public_ones(desk: Client, officer: Officer) -> None:
    ring = data(desk, "/mash/keyring/")
    assert ring["locked_key"] == officer.locked_key
    assert ring["slots"] == [officer.slots.get().sealed]
    assert "PGP MESSAGE" in ring["slots"][0]
    assert list(ring["inboxes"]) == ["main"]
    assert all("PUBLIC KEY BLOCK" in key for key in ring["inboxes"]["main"]["keys"])
    assert json.dumps(ring).count("PRIVATE KEY BLOCK") == 2, "one locked key: its first and its last line"


def test_what_stands_for_private_keys_in_the_database_is_locked(officer: Officer) -> None:
    from pysequoia import Tsk

    locked = Tsk.from_bytes(officer.locked_key.encode())
    with pytest.raises(RuntimeError):
        locked.decryptor()
    assert "PRIVATE" not in officer.public_key + officer.slots.get().sealed


def test_without_usable_keys_reports_can_still_be_read(desk: Client, tell: Tell) -> None:
    report = tell()
    SealingKey.objects.filter(role="recovery").delete()
    assert data(desk, "/mash/keyring/")["inboxes"]["main"]["keys"] == []
    assert data(desk, f"/mash/reports/{report.pk}/")["concern"]


def test_what_must_be_decided_first_comes_first(desk: Client, tell: Tell) -> None:
    reports = {
        "blue": tell(urgency="blue", state="opened", received_hour=ago(90)),
        "green, checked": tell(urgency="green", state="checking", received_hour=ago(6)),
        "green": tell(urgency="green", state="opened", received_hour=ago(5)),
        "green, decided": tell(urgency="green", state="decided", outcome="advice", received_hour=ago(99)),
        "amber": tell(urgency="amber", state="checking", received_hour=ago(5)),
        "new": tell(received_hour=ago(1)),
        "older new": tell(received_hour=ago(2)),
        "new, danger": tell(danger=True, received_hour=ago(0)),
        "new, marked": tell(marked=True, received_hour=ago(9)),
        "new, danger, marked": tell(danger=True, marked=True, received_hour=ago(9)),
        "read, not decided": tell(state="opened", received_hour=ago(3)),
        "red": tell(urgency="red", state="opened", received_hour=ago(1)),
        "closed": tell(urgency="red", state="closed", received_hour=ago(99), closed_hour=ago(1)),
    }
    names = {str(report.pk): name for name, report in reports.items()}
    listed = data(desk, "/mash/reports/")
    assert [names[report["id"]] for report in listed["reports"]] == [
        "red",
        "new, danger",
        "new, danger, marked",
        "older new",
        "new",
        "read, not decided",
        "new, marked",
        "amber",
        "green",
        "green, checked",
        "blue",
        "green, decided",
    ]
    assert listed["total"] == 12
    assert [names[report["id"]] for report in data(desk, "/mash/reports/?closed")["reports"]] == ["closed"]


def test_the_list_comes_in_pages(desk: Client, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.desk.data.PAGE", 2)
    for _ in range(3):
        tell()
    first, second = data(desk, "/mash/reports/"), data(desk, "/mash/reports/?from=2")
    assert (len(first["reports"]), len(second["reports"]), first["total"]) == (2, 1, 3)
    for odd in ("-1", "x", "99999999999999", "²"):
        assert len(data(desk, f"/mash/reports/?from={odd}")["reports"]) == 2


def test_each_list_has_its_own_reports(desk: Client, tell: Tell) -> None:
    reports = {
        "new": tell(),
        "news": tell(state="checking", has_news=True),
        "opened": tell(state="opened"),
        "marked": tell(state="opened", marked=True),
        "closed": tell(state="closed", closed_hour=ago(1), marked=True),
    }
    names = {str(report.pk): name for name, report in reports.items()}

    def listed(wanted: str) -> set[str]:
        return {names[report["id"]] for report in data(desk, f"/mash/reports/?{wanted}")["reports"]}

    assert listed("") == {"new", "news", "opened", "marked"}
    assert listed("new") == {"new"}
    assert listed("news") == {"news"}
    assert listed("marked") == {"marked"}, "a closed one was looked at"
    assert listed("closed") == {"closed"}
    assert listed(f"reference={reports['closed'].reference}") == {"closed"}
    assert listed("reference=Z9-999") == set()
    assert data(desk, "/mash/reports/?new")["counts"] == {
        "all": 4,
        "new": 1,
        "mine": 0,
        "news": 1,
        "marked": 1,
        "second": 0,
        "closed": 1,
    }


def test_concerns_come_sealed_as_they_were_kept(desk: Client, tell: Tell, open_sealed: Any) -> None:
    one, other = tell(), tell()
    concerns = data(desk, f"/mash/concerns/?report={one.pk}&report={other.pk}&report={uuid.uuid4()}")["concerns"]
    assert set(concerns) == {str(one.pk), str(other.pk)}
    [first] = concerns[str(one.pk)]
    message = base64.b64decode(first)
    assert message == one.letters.get().message
    assert b"report.json" in open_sealed(message)


def test_an_id_that_is_none_is_refused(desk: Client) -> None:
    assert desk.get("/mash/concerns/?report=K7-402").status_code == 422


def test_one_report_comes_with_everything_that_belongs_to_it(
    desk: Client, officer: Officer, tell: Tell, add_to: Callable[[Report], None]
) -> None:
    report = tell()
    add_to(report)
    Reply.objects.create(report=report, hour=ago(0), officer=officer, locked=b"locked")
    colleague = Officer.objects.create(
        user=User.objects.create_user("second officer"), fingerprint="E" * 40, public_key="", locked_key=""
    )
    fields = Letter.sealed_fields(sealed(), 2048)
    Letter.objects.create(report=report, kind="draft", officer=colleague, hour=ago(0), **fields)
    told = data(desk, f"/mash/reports/{report.pk}/")
    assert base64.b64decode(told["concern"]) == report.letters.get(kind="concern").message
    assert [base64.b64decode(a["sealed"]) for a in told["additions"]] == [report.letters.get(kind="addition").message]
    [reply] = told["replies"]
    assert (base64.b64decode(reply["locked"]), reply["officer"]) == (b"locked", "Duty officer")
    assert told["report"]["has_news"]
    assert told["draft"] == "", "a colleague's draft is theirs"
    assert told["report"]["hour"].endswith(":00:00Z")


def test_an_unknown_report_is_not_found(desk: Client) -> None:
    assert desk.get(f"/mash/reports/{uuid.uuid4()}/").status_code == 404


@pytest.mark.parametrize("address", ["/mash/", "/mash/reports/", "/mash/concerns/?{ids}"])
def test_more_reports_take_no_more_queries(
    desk: Client, tell: Tell, address: str, django_assert_max_num_queries: Any
) -> None:
    reports = [tell() for _ in range(12)]
    with django_assert_max_num_queries(15):
        desk.get(address.format(ids="&".join(f"report={report.pk}" for report in reports)))


def test_one_report_takes_the_same_queries_however_much_was_written(
    desk: Client, officer: Officer, tell: Tell, add_to: Callable[[Report], None], django_assert_max_num_queries: Any
) -> None:
    report = tell()
    for _ in range(8):
        add_to(report)
        Reply.objects.create(report=report, hour=ago(0), officer=officer, locked=b"locked")
    with django_assert_max_num_queries(14):
        desk.get(f"/mash/reports/{report.pk}/")


def test_the_locked_page_says_how_long_and_nothing_else(desk: Client, tell: Tell) -> None:
    report = tell(received_hour=ago(5))
    page = desk.get("/mash/").content.decode()
    assert report.reference in page
    assert "about 5 hours" in page
    assert "PGP" not in page
    assert whole(sealed()).hex() not in page


def test_the_locked_page_says_how_many_are_marked_until_none_is(desk: Client, tell: Tell) -> None:
    reports = [tell(marked=True), tell(marked=True), tell()]
    assert desk.get("/mash/").content.count(b'<p class="marked-count"><b>2</b> marked.') == 2
    for report in reports[:2]:
        assert desk.post(f"/mash/reports/{report.pk}/unmarked/").status_code == 200
    assert desk.get("/mash/").content.count(b'<p class="marked-count" hidden>') == 2


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0, "under an hour"), (1, "about 1 hour"), (5, "about 5 hours"), (47, "about 47 hours"), (48, "2 days")],
)
def test_how_long_in_words(hours: int, words: str) -> None:
    now = timezone.now()
    assert waited(now - timedelta(hours=hours, minutes=10), now) == words
