"""What the server takes about keys, and from whom. Whether recipients are who they seem is for browsers to tell."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pysequoia import ArmorKind, Cert, armor, encrypt

from reporting.inbox.audit import faults
from reporting.inbox.gate import is_open
from reporting.inbox.keys import put_in_use, usable_keys
from reporting.inbox.models import AuditLine, Letter, Officer, Report, SealingKey, Slot
from reporting.inbox.models.key import RESTRICTED_INBOX
from reporting.sealing import KeyRefused, check_locked_key
from reporting.sealing.framing import dearmor
from tests.reporting.desk.conftest import sealed, signed_in

pytestmark = pytest.mark.django_db
LOCK = bytes([254, 9, 3, 8])


def post(client: Client, address: str, **values: Any) -> Any:
    return client.post(f"/mash/keys/{address}", json.dumps(values), content_type="application/json")


def own_key(folder: Path, name: str) -> dict[str, str]:
    return {part: (folder / f"{name}-{end}.asc").read_text() for part, end in OWN}


OWN = (("public_key", "public"), ("locked_key", "key"))


def slot_for(officer: Officer) -> str:
    """Something sealed to an officer, as a slot is."""
    made = encrypt(recipients=[Cert.from_bytes(officer.public_key.encode())], bytes=b"a key", armor=True)
    return made.decode() if isinstance(made, bytes) else str(made)


# --- Who gets what -------------------------------------------------------------------------------------------


def test_without_a_slot_an_officer_gets_their_own_part_alone(new_officer: Officer) -> None:
    state = signed_in(new_officer.user).get("/mash/keys/state/").json()
    assert (state["officers"], state["keys"], state["vouches"], state["slots"], state["founds"]) == ([], [], [], [], [])


def test_accounts_of_the_cms_get_nothing(officer: Officer) -> None:
    for name in ("editor", "administrator"):
        client = signed_in(User.objects.get(username=name))
        for address in ("", "state/", "mine/", "mine/passphrase/", "inbox/", "recovery/"):
            assert client.get(f"/mash/keys/{address}").status_code in (403, 405)
            assert post(client, address).status_code in (403, 405)


def test_who_holds_the_restricted_inbox_is_not_told_to_others(desk: Client, senior: Officer) -> None:
    assert RESTRICTED_INBOX not in str([one["inboxes"] for one in desk.get("/mash/keys/state/").json()["officers"]])
    told = signed_in(senior.user).get("/mash/keys/state/").json()["officers"]
    assert RESTRICTED_INBOX in str([one["inboxes"] for one in told])


@pytest.mark.parametrize(
    "address", ["mine/", "mine/passphrase/", "vouches/", "disabled/", "inbox/", "recovery/", "inbox/exported/"]
)
def test_work_on_keys_asks_for_a_recent_second_factor(desk: Client, settings: Any, address: str) -> None:
    settings.AGAIN_MINUTES = 0
    answer = post(desk, address, inbox="main")
    assert answer.status_code == 401
    assert "Type one in another tab" in answer.json()["said"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"inbox": 1}', b'{"inbox": "other"}', b"\xff"])
@pytest.mark.parametrize(
    "address", ["mine/", "vouches/", "disabled/", "inbox/", "recovery/", "letters/", "test-report/"]
)
def test_nonsense_is_refused(desk: Client, address: str, body: bytes) -> None:
    answer = desk.generic("POST", f"/mash/keys/{address}", body, content_type="application/json")
    assert answer.status_code == 422


# --- Own keys ------------------------------------------------------------------------------------------------


def test_a_new_key_ends_what_the_old_one_opened(desk: Client, officer: Officer, officer_keys: Path) -> None:
    kept = own_key(officer_keys, "officer")
    assert (
        post(desk, "mine/", **kept | {"locked_key": own_key(officer_keys, "senior")["locked_key"]}).status_code == 422
    )
    assert officer.slots.count() == 1
    assert post(desk, "mine/", **own_key(officer_keys, "senior")).status_code == 422  # a colleague's
    assert post(desk, "mine/", **kept).status_code == 200
    assert officer.slots.count() == 0


def test_a_private_key_that_is_not_locked_as_it_should_be_is_refused(officer_keys: Path) -> None:
    locked = own_key(officer_keys, "officer")["locked_key"]
    binary = dearmor(locked.encode(), "PRIVATE KEY BLOCK")
    fingerprint = Cert.from_bytes(binary).fingerprint.upper()
    assert check_locked_key(locked, fingerprint) == locked
    place = binary.index(LOCK)
    weaker = binary[: place + 12] + b"\x60" + binary[place + 13 :]
    open_key = binary[:place] + b"\x00" + binary[place + 1 :]
    last = binary.rindex(LOCK)
    half_open = binary[:last] + b"\x00" + binary[last + 1 :]
    for made in (weaker, open_key, half_open):
        with pytest.raises(KeyRefused):
            check_locked_key(str(armor(made, ArmorKind.SecretKey)), fingerprint)


# --- Colleagues ----------------------------------------------------------------------------------------------


def enrol(desk: Client, colleague: Officer, slot: str) -> Any:
    key = SealingKey.objects.get(role="inbox", inbox="main", in_use=True)
    return post(
        desk,
        "vouches/",
        officer=str(colleague.pk),
        inbox="main",
        fingerprint=colleague.fingerprint,
        signature="signed",
        slots={key.fingerprint: slot},
    )


def test_a_slot_must_be_sealed_to_the_colleague_alone(desk: Client, officer: Officer, senior: Officer) -> None:
    senior.slots.all().delete()
    assert enrol(desk, senior, slot_for(officer)).status_code == 422
    assert not senior.slots.exists()
    assert enrol(desk, senior, slot_for(senior)).status_code == 200
    assert senior.slots.get().key.in_use
    assert list(AuditLine.objects.values_list("action", flat=True)) == ["vouched", "enrolled"]
    assert not list(faults())


def test_disabling_ends_the_session_and_asks_for_other_keys(desk: Client, officer: Officer, senior: Officer) -> None:
    theirs = signed_in(senior.user)
    assert theirs.get("/mash/keyring/").status_code == 200
    assert post(desk, "disabled/", officer=str(officer.pk)).status_code == 422
    assert post(desk, "disabled/", officer=str(senior.pk)).status_code == 200
    assert theirs.get("/mash/keyring/").status_code == 401
    assert not Slot.objects.filter(officer=senior).exists()
    waiting = SealingKey.objects.exclude(rotate_since=None).values_list("inbox", flat=True)
    assert set(waiting) == {"main", RESTRICTED_INBOX}
    assert enrol(desk, senior, slot_for(senior)).status_code == 404


# --- Inbox keys ----------------------------------------------------------------------------------------------


def new_key(officer: Officer, folder: Path, **values: Any) -> dict[str, Any]:
    """A change of the team's key; the officer's own public key stands in for a fresh one."""
    recovery = Officer(public_key=(folder / "recovery-public.asc").read_text())
    return {
        "inbox": "main",
        "public_key": (folder / "deputy-public.asc").read_text(),
        "slots": {str(officer.pk): slot_for(officer)},
        "recovery_slot": slot_for(recovery),
        "replaces": SealingKey.objects.get(role="inbox", inbox="main", in_use=True).fingerprint,
    } | values


def test_a_change_of_keys_is_all_or_nothing(desk: Client, officer: Officer, officer_keys: Path) -> None:
    before = usable_keys()[0].fingerprint
    senior = Officer.objects.get(user__username="senior")
    for wrong, status in (
        ({"replaces": "0" * 40}, 409),
        ({"slots": {}}, 422),
        ({"slots": {str(senior.pk): slot_for(senior)}}, 422),
        ({"slots": {str(officer.pk): slot_for(senior)}}, 422),
        ({"recovery_slot": slot_for(officer)}, 422),
        ({"inbox": RESTRICTED_INBOX}, 403),
        ({"public_key": (officer_keys / "inbox-public.asc").read_text()}, 422),
        ({"public_key": own_key(officer_keys, "deputy")["locked_key"]}, 422),
    ):
        assert post(desk, "inbox/", **new_key(officer, officer_keys, **wrong)).status_code == status, wrong
        assert usable_keys()[0].fingerprint == before
    assert post(desk, "inbox/", **new_key(officer, officer_keys)).status_code == 200
    assert usable_keys()[0].fingerprint != before
    assert Slot.objects.filter(officer=officer, key__fingerprint=before).exists()


def test_whoever_holds_no_slot_changes_no_keys(new_officer: Officer, officer: Officer, officer_keys: Path) -> None:
    client = signed_in(new_officer.user)
    assert post(client, "inbox/", **new_key(officer, officer_keys)).status_code == 403
    public = (officer_keys / "deputy-public.asc").read_text()
    assert post(client, "recovery/", public_key=public, signature="s").status_code == 403


# --- Re-wrapping ---------------------------------------------------------------------------------------------


@pytest.fixture
def left_behind(tell: Callable[..., Report], officer_keys: Path) -> Letter:
    """A letter that is sealed to the keys of yesterday."""
    letter = tell().letters.get()
    put_in_use("inbox", (officer_keys / "deputy-public.asc").read_text())
    key = SealingKey.objects.get(role="inbox", inbox="main", in_use=True)
    Slot.objects.create(officer=Officer.objects.get(user__username="officer"), key=key, sealed="-")
    return letter


def wrap(desk: Client, letter: Letter, new: bytes, old: bytes | None = None) -> Any:
    coded = [base64.b64encode(one).decode() for one in (old or bytes(letter.pkesk), new)]
    return post(desk, "letters/", inbox="main", letters=[{"id": str(letter.pk), "old": coded[0], "new": coded[1]}])


def test_new_wrapped_keys_are_taken_for_the_keys_in_use_and_the_same_body(desk: Client, left_behind: Letter) -> None:
    listed = desk.get("/mash/keys/letters/?inbox=main").json()
    assert (listed["total"], listed["letters"][0]["id"]) == (1, str(left_behind.pk))
    good, body = sealed().pkesk, bytes(left_behind.body)
    others = sealed()
    for wrong in (bytes(left_behind.pkesk), good[:96], good + good[:96], good + others.body, b""):
        assert wrap(desk, left_behind, wrong).status_code == 422
    # It was saved anew meanwhile: left as it is.
    assert wrap(desk, left_behind, good, old=b"other").json() == {"changed": 0}
    assert wrap(desk, left_behind, good).json() == {"changed": 1}
    left_behind.refresh_from_db()
    assert bytes(left_behind.body) == body
    assert left_behind.key_fingerprints == " ".join(key.fingerprint for key in usable_keys())
    assert wrap(desk, left_behind, good).json() == {"changed": 0}
    assert desk.get("/mash/keys/letters/?inbox=main").json()["total"] == 0


def test_old_slots_go_a_day_later_when_no_letter_names_the_key(desk: Client, left_behind: Letter) -> None:
    old = SealingKey.objects.get(role="inbox", inbox="main", in_use=False)
    SealingKey.objects.filter(pk=old.pk).update(replaced_at=timezone.now() - timedelta(hours=25))
    assert wrap(desk, left_behind, b"x", old=b"other").status_code == 200
    assert old.slots.exists()
    assert wrap(desk, left_behind, sealed().pkesk).status_code == 200
    assert not old.slots.exists()


# --- First opening -------------------------------------------------------------------------------------------


def test_the_form_waits_for_the_test_report(desk: Client, officer: Officer, settings: Any) -> None:
    assert is_open()
    settings.OFFICERS_TO_OPEN = 1
    assert not is_open()
    assert desk.get("/mash/keys/test-report/?inbox=main").json()["sealed"]
    assert post(desk, "test-report/", inbox="main", code="guessed").status_code == 422
    assert not is_open()
    assert desk.get(f"/mash/keys/test-report/?inbox={RESTRICTED_INBOX}").status_code == 422
    SealingKey.objects.filter(role="inbox", inbox="main").update(live_at=timezone.now())
    assert is_open()
    # A change of keys does not close the form.
    put_in_use("inbox", officer.public_key)
    assert is_open()
