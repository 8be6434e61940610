"""What officers do is noted, and duty managers read it; counts are there for officers."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from reporting.inbox.audit import Action, faults, note
from reporting.inbox.models import AuditLine, Officer, Report
from reporting.inbox.models.key import RESTRICTED_INBOX
from tests.reporting.desk.conftest import signed_in

Tell = Callable[..., Report]
pytestmark = pytest.mark.django_db
AUDIT = "/mash/audit/"


def noted() -> list[tuple[str, str]]:
    return [(line.action, line.report) for line in AuditLine.objects.all()]


def test_reading_is_noted(desk: Client, officer: Officer, tell: Tell) -> None:
    first, second = tell(), tell()
    desk.get(f"/mash/concerns/?report={first.pk}&report={second.pk}")
    desk.get(f"/mash/reports/{first.pk}/")
    desk.post(f"/mash/reports/{first.pk}/opened/", {"additions": 0}, content_type="application/json")
    assert noted() == [("delivered-to", ""), ("delivered-to", first.reference), ("shown", first.reference)]
    assert AuditLine.objects.get(number=1).details == {"letters": 2}
    assert set(AuditLine.objects.values_list("officer", flat=True)) == {officer.pk}
    assert list(faults()) == []


def test_a_pause_is_noted_with_its_reason(desk: Client) -> None:
    desk.post("/mash/pause/", {"reason": "keys", "until": ""})
    desk.post("/mash/pause/lift/")
    desk.post("/mash/pause/lift/")
    lines = [(line.action, line.details) for line in AuditLine.objects.all()]
    assert lines == [("paused", {"reason": "keys"}), ("lifted", {})]


def test_managers_read_it_and_find_what_they_look_for(desk: Client, officer: Officer, tell: Tell) -> None:
    report = tell()
    note(Action.SHOWN, officer=officer, report=report)
    note(Action.PAUSED, officer=officer, reason="fault")
    everything = desk.get(AUDIT).content.decode()
    assert "Shown on their screen" in everything
    assert "reason: Something does not work as it should" in everything
    one = desk.get(AUDIT, {"report": report.reference.lower()}).content.decode()
    assert f"<td>{report.reference}</td>" in one
    assert "reason: fault" not in one
    assert "There is nothing here" in desk.get(AUDIT, {"report": "Z9-999"}).content.decode()


def test_others_do_not(desk: Client) -> None:
    call_command("may_pause", "officer", "--not", stdout=StringIO())
    assert desk.get(AUDIT).status_code == 403
    assert AUDIT not in desk.get("/mash/").content.decode()


def test_nothing_shows_that_somebody_read_what_is_restricted(desk: Client, officer: Officer, senior: Officer) -> None:
    hidden = Report.objects.create(
        reference="Z9-999", received_hour=timezone.now(), danger=False, inbox=RESTRICTED_INBOX
    )
    note(Action.SHOWN, officer=senior, report=hidden)
    note(Action.DELIVERED_TO, officer=senior, inbox=RESTRICTED_INBOX, concerns=1)
    assert "There is nothing here" in desk.get(AUDIT).content.decode()
    call_command("may_pause", "senior", stdout=StringIO())
    assert "Z9-999" in signed_in(Officer.objects.get(pk=senior.pk).user).get(AUDIT).content.decode()


def test_who_opens_very_many_is_named(desk: Client, officer: Officer, tell: Tell, settings: object) -> None:
    settings.BULK_READING = 2  # type: ignore[attr-defined]
    reports = [tell() for _ in range(3)]
    for report in [*reports[:2], reports[0]]:
        note(Action.SHOWN, officer=officer, report=report)
    assert "Many reports in one hour" not in desk.get(AUDIT).content.decode()
    note(Action.SHOWN, officer=officer, report=reports[2])
    assert "<b>officer</b> opened 3" in desk.get(AUDIT).content.decode()


def test_counts_are_a_page_and_a_file(desk: Client, tell: Tell) -> None:
    report = tell()
    Report.objects.filter(pk=report.pk).update(received_hour=timezone.now().replace(year=2025))
    page = desk.get("/mash/counts/").content.decode()
    assert "not given" in page
    lines = desk.get("/mash/counts.csv").content.decode().splitlines()
    assert lines[0] == "month,counted,value,reports"
    assert any(line.endswith("Urgency,All,") for line in lines)
    assert noted() == [("counted", "")]
