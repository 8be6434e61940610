"""What is sealed to yesterday's keys still arrives for a day, and opens with them; nothing else does."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from reporting.inbox.admission import admit_message
from reporting.inbox.keys import InboxClosed, put_in_use, usable_keys
from reporting.inbox.models import SealingKey
from reporting.sealing import MessageRefused, SealedMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(tmp_path: Path, keys_in_use: None) -> Callable[..., None]:
    """A function that puts new keys in the place of those of some roles, some hours ago."""
    subprocess.run([shutil.which("node") or "node", "reporting/inbox/demo_keys.mjs", str(tmp_path)], check=True)

    def changed(*roles: str, hours: int) -> None:
        for role in roles:
            put_in_use(role, (tmp_path / f"{role}-public.asc").read_text())
        assert SealingKey.objects.filter(in_use=False, replaced_at__isnull=False).count() == len(roles)
        SealingKey.objects.filter(in_use=False).update(replaced_at=timezone.now() - timedelta(hours=hours))

    return changed


def whole(sealed: SealedMessage) -> bytes:
    return sealed.pkesk + sealed.body


@pytest.mark.parametrize("roles", [["inbox"], ["recovery"], ["inbox", "recovery"]])
def test_keys_changed_two_hours_ago_are_still_taken(sealed: SealedMessage, change: Any, roles: list[str]) -> None:
    change(*roles, hours=2)
    taken = admit_message(whole(sealed))
    assert taken.key_fingerprints == sealed.key_fingerprints
    assert set(taken.key_fingerprints) != {key.fingerprint for key in usable_keys()}


def test_after_a_day_they_are_not(sealed: SealedMessage, change: Any) -> None:
    change("inbox", hours=25)
    with pytest.raises(MessageRefused):
        admit_message(whole(sealed))


def test_a_key_that_was_never_replaced_but_taken_out_is_not_taken(sealed: SealedMessage, change: Any) -> None:
    change("inbox", hours=2)
    SealingKey.objects.filter(in_use=False).update(replaced_at=None)
    with pytest.raises(MessageRefused):
        admit_message(whole(sealed))


def test_a_key_put_in_use_again_is_as_before(sealed: SealedMessage, change: Any, demo_keys: Path) -> None:
    change("inbox", hours=2)
    put_in_use("inbox", (demo_keys / "inbox-public.asc").read_text())
    assert admit_message(whole(sealed)).key_fingerprints == tuple(key.fingerprint for key in usable_keys())
    assert SealingKey.objects.get(role="inbox", in_use=True).replaced_at is None


def test_an_old_key_does_not_open_a_closed_inbox(sealed: SealedMessage, change: Any) -> None:
    change("inbox", hours=2)
    SealingKey.objects.filter(role="inbox", in_use=True).delete()
    with pytest.raises(InboxClosed):
        admit_message(whole(sealed))


def test_what_is_not_sealed_is_refused_as_ever(change: Any) -> None:
    change("inbox", hours=2)
    with pytest.raises(MessageRefused):
        admit_message(b"I am worried about")
