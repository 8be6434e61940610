"""The audit is a chain: what was changed, taken out or put in later is found."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from reporting.inbox.audit import Action, faults, note
from reporting.inbox.models import AuditHead, AuditLine, Officer
from tests.audit import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(officer: Officer) -> list[AuditLine]:
    return [note(action, officer=officer, step=n) for n, action in enumerate([Action.SHOWN] * 3 + [Action.DECIDED])]


def test_every_line_follows_the_one_before(lines: list[AuditLine]) -> None:
    assert [line.number for line in lines] == [1, 2, 3, 4]
    assert [line.previous for line in lines[1:]] == [line.digest for line in lines[:-1]]
    assert list(faults()) == []


@pytest.mark.parametrize("change", [{"action": "decided"}, {"details": {"step": 9}}, {"report": "K7-402"}])
def test_a_line_that_was_changed_is_found(lines: list[AuditLine], change: dict[str, Any]) -> None:
    with unguarded():
        AuditLine.objects.filter(number=2).update(**change)
    assert list(faults()) == ["Line 2 was changed after it was written."]


def test_a_line_that_was_changed_with_its_digest_is_found(lines: list[AuditLine]) -> None:
    line = AuditLine.objects.get(number=2)
    line.action = "replied"
    line.digest = line.digest_now()
    with unguarded():
        line.save()
    assert list(faults()) == ["Line 3 does not follow from the line before."]


def test_a_line_that_was_taken_out_is_found(lines: list[AuditLine]) -> None:
    with unguarded():
        AuditLine.objects.filter(number=2).delete()
    assert list(faults()) == ["Between line 1 and line 3 something is missing."]


def test_an_end_that_was_taken_off_is_found(lines: list[AuditLine]) -> None:
    with unguarded():
        AuditLine.objects.filter(number=4).delete()
    assert list(faults()) == ["The last line should be 4, and it is 3."]


def test_an_end_that_was_put_on_is_found(lines: list[AuditLine]) -> None:
    false = AuditLine(number=5, at=lines[3].at, action="replied", officer=lines[3].officer, previous=lines[3].digest)
    false.digest = false.digest_now()
    false.save(force_insert=True)
    assert list(faults()) == ["The last line should be 4, and there are more."]


def test_lines_may_be_added_while_it_reads(
    lines: list[AuditLine], officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, added = AuditLine.digest_now, []

    def digest_now(line: AuditLine) -> str:
        if line.number == 4 and not added:
            added.append(True)
            note(Action.SHOWN, officer=officer)
        return real(line)

    monkeypatch.setattr(AuditLine, "digest_now", digest_now)
    assert list(faults()) == []
    assert added and AuditHead.objects.get().last == 5


def test_an_empty_audit_has_no_fault_and_an_emptied_one_has(officer: Officer) -> None:
    assert list(faults()) == []
    note(Action.SHOWN, officer=officer)
    with unguarded():
        AuditLine.objects.all().delete()
    assert list(faults()) == ["The last line should be 1, and it is 0."]
    assert AuditHead.objects.count() == 1


def test_the_database_refuses_to_change_or_delete_a_line(lines: list[AuditLine]) -> None:
    for forbidden in (
        lambda: AuditLine.objects.filter(number=2).update(action="replied"),
        lambda: AuditLine.objects.filter(number=2).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
            forbidden()
    assert list(faults()) == []


def test_a_command_verifies_it(lines: list[AuditLine], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit")
    printed = capsys.readouterr().out
    assert "4 lines" in printed
    assert lines[-1].digest in printed
    with unguarded():
        AuditLine.objects.filter(number=2).update(action="replied")
    with pytest.raises(CommandError, match="Line 2 was changed after it was written"):
        call_command("verify_audit")
