"""Taking a report in: one transaction, one report for one submission, nothing half kept."""

import uuid
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.utils import timezone

from reporting.inbox.keys import usable_keys
from reporting.inbox.models import Letter, OutboxMail, Report
from reporting.inbox.receive import new_reference, receive
from reporting.sealing import SealedMessage

pytestmark = pytest.mark.django_db


def test_report_and_mail_are_kept_together(sealed: SealedMessage) -> None:
    report = receive(sealed, report_id=uuid.uuid4(), danger=True, size_bucket=2048)
    assert OutboxMail.objects.get().letter.report == report
    assert report.received_hour.minute == report.received_hour.second == report.received_hour.microsecond == 0


def test_if_the_mail_cannot_be_queued_the_report_is_not_kept_either(
    sealed: SealedMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(**fields: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(OutboxMail.objects, "create", full_disk)
    with pytest.raises(DatabaseError):
        receive(sealed, report_id=uuid.uuid4(), danger=False, size_bucket=2048)
    assert not Report.objects.exists()


def test_the_same_submission_is_one_report(sealed: SealedMessage) -> None:
    one = uuid.uuid4()
    first = receive(sealed, report_id=one, danger=False, size_bucket=2048)
    assert receive(sealed, report_id=one, danger=True, size_bucket=2048) == first
    assert (Report.objects.count(), OutboxMail.objects.count()) == (1, 1)


def test_a_taken_reference_is_replaced_by_another(sealed: SealedMessage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["K7-402", "K7-402", "M3-118"])
    monkeypatch.setattr("reporting.inbox.receive.new_reference", lambda: next(drawn))
    first = receive(sealed, report_id=uuid.uuid4(), danger=False, size_bucket=2048)
    second = receive(sealed, report_id=uuid.uuid4(), danger=False, size_bucket=2048)
    assert (first.reference, second.reference) == ("K7-402", "M3-118")


def test_references_can_be_said_on_the_phone() -> None:
    import re

    for _ in range(500):
        assert re.fullmatch(r"[A-Z][2-9]-\d{3}", new_reference())


def test_the_session_key_and_the_body_are_kept_apart(sealed: SealedMessage) -> None:
    from reporting.sealing import join, split

    report = receive(sealed, report_id=uuid.uuid4(), danger=False, size_bucket=2048)
    stored = Letter.objects.get(report=report)
    assert split(join(bytes(stored.pkesk), bytes(stored.body))) == (bytes(stored.pkesk), bytes(stored.body))


def test_the_server_holds_no_private_key(keys_in_use: None) -> None:
    from reporting.inbox.models import SealingKey

    for key in SealingKey.objects.all():
        assert "PUBLIC KEY BLOCK" in key.armored
        assert "PRIVATE" not in key.armored


def test_a_private_key_is_refused_with_a_warning(demo_keys: Path) -> None:
    from reporting.inbox.keys import put_in_use
    from reporting.sealing import KeyRefused

    with pytest.raises(KeyRefused, match="exposed"):
        put_in_use("inbox", (demo_keys / "inbox-key.asc").read_text())


def test_production_refuses_demonstration_keys(demo_keys: Path, settings: object) -> None:
    from reporting.inbox.keys import put_in_use
    from reporting.sealing import KeyRefused

    settings.DEMO = False  # type: ignore[attr-defined]
    with pytest.raises(KeyRefused, match="demonstration"):
        put_in_use("inbox", (demo_keys / "inbox-public.asc").read_text())


def test_a_new_key_takes_the_place_of_the_old_one(keys_in_use: None, tmp_path: Path) -> None:
    import subprocess

    from reporting.inbox.keys import put_in_use
    from reporting.inbox.models import SealingKey

    subprocess.run(["node", "reporting/inbox/demo_keys.mjs", str(tmp_path)], check=True)
    new = put_in_use("inbox", (tmp_path / "inbox-public.asc").read_text())
    assert SealingKey.objects.filter(role="inbox").count() == 2
    assert usable_keys()[0].fingerprint == new.fingerprint


def test_an_expired_key_closes_the_inbox(keys_in_use: None) -> None:
    from datetime import timedelta

    from reporting.inbox.keys import InboxClosed

    with pytest.raises(InboxClosed, match="expired"):
        usable_keys(now=timezone.now() + timedelta(days=800))
