"""Sealing on the server, and who can open what comes out."""

import base64
import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from reporting.sealing import (
    KeyNotUsable,
    MessageRefused,
    SealingError,
    admit,
    check_alive,
    join,
    seal,
    split,
)
from reporting.sealing.errors import refusing


def test_gpg_opens_it_with_the_recovery_key_alone(gpg, team, recovery, entity):
    alone = gpg.beside("recovery-alone")
    alone.run("--import", data=gpg.run("--export-secret-keys", recovery.fingerprint))
    assert alone.run("--decrypt", data=seal(entity, team).armored().encode()) == entity


def test_gpg_opens_it_with_the_inbox_key_alone(gpg, demo_folder, team, entity, inbox_passphrase):
    alone = gpg.beside("inbox-alone")
    alone.run("--import", str(demo_folder / "inbox-key.asc"), passphrase=inbox_passphrase)
    message = seal(entity, team).armored().encode()
    assert alone.run("--decrypt", data=message, passphrase=inbox_passphrase) == entity


def test_openpgp_js_opens_it_with_the_locked_demo_key(openpgp_js, demo_folder, team, entity, inbox_passphrase):
    private_key = (demo_folder / "inbox-key.asc").read_text()
    message = seal(entity, team).armored()
    opened = openpgp_js.ask("open", message=message, privateKey=private_key, passphrase=inbox_passphrase)
    assert base64.b64decode(opened) == entity


def test_nothing_inside_tells_a_time_or_a_file_name(gpg, team, entity, inbox_passphrase):
    message = seal(entity, team).armored().encode()
    packets = gpg.run("--list-packets", data=message, passphrase=inbox_passphrase).decode()
    assert 'mode b (62), created 0, name=""' in packets
    assert "encrypted data packet" in packets and "mdc_method: 2" in packets
    assert "compressed" not in packets and "signature" not in packets


def test_a_sealed_report_names_its_keys_and_its_size(team, entity):
    sealed = seal(entity, team)
    assert sealed.key_fingerprints == tuple(key.fingerprint for key in team)
    assert sealed.size == len(sealed.pkesk) + len(sealed.body) == 2293
    assert sealed.armored().startswith("-----BEGIN PGP MESSAGE-----\n\n")
    assert entity not in sealed.body


def test_three_recipients_can_be_sealed_to(team, stranger, entity):
    assert seal(entity, [*team, stranger]).size == 2293 + 96


def test_fewer_than_two_different_recipients_are_refused(team, entity):
    for recipients in ([], team[:1], [team[0], team[0]], [*team, team[0]]):
        with pytest.raises(SealingError, match="two different keys"):
            seal(entity, recipients)


def test_nothing_is_sealed_to_a_key_that_has_expired_by_then(team, entity):
    last_moment = min(key.expires_at for key in team)
    seal(entity, team, now=last_moment - timedelta(seconds=1))
    with pytest.raises(KeyNotUsable, match="expired"):
        seal(entity, team, now=last_moment)


def test_a_wrong_date_beside_the_key_does_not_keep_it_alive(openpgp_js, team, entity):
    """The date that was stored may be wrong; the packets of the key are asked again."""
    key = admit(openpgp_js.key(subkeys=[{"keyExpirationTime": 3600}])["publicKey"])
    stored = dataclasses.replace(key, expires_at=datetime(2090, 1, 1, tzinfo=UTC))
    check_alive(stored, datetime.now(UTC))
    with pytest.raises(KeyNotUsable, match="subkey"):
        check_alive(stored, datetime.now(UTC) + timedelta(hours=2))
    with pytest.raises(KeyNotUsable, match="subkey"):
        seal(entity, [stored, team[1]], now=datetime.now(UTC) + timedelta(hours=2))


def test_a_key_that_was_damaged_in_storage_is_not_usable(team, entity):
    broken = dataclasses.replace(team[0], armored=team[0].armored[:200])
    with pytest.raises(KeyNotUsable, match="cannot be read"):
        seal(entity, [broken, team[1]])


def test_a_key_stored_under_other_key_ids_is_noticed(team, stranger, entity):
    swapped = dataclasses.replace(team[0], armored=stranger.armored)
    with pytest.raises(MessageRefused, match="exactly the keys"):
        seal(entity, [swapped, team[1]])


def test_a_message_taken_apart_and_put_together_opens(gpg, team, recovery, entity, inbox_passphrase):
    sealed = seal(entity, team)
    pkesk, body = split(sealed.armored().encode())
    assert (pkesk, body) == (sealed.pkesk, sealed.body)
    assert gpg.run("--decrypt", data=join(pkesk, body), passphrase=inbox_passphrase) == entity


def test_halves_that_do_not_belong_together_are_refused(team, entity):
    sealed = seal(entity, team)
    for pkesk, body in ((b"", sealed.body), (sealed.pkesk, b""), (sealed.body, sealed.pkesk), (b"x", b"y")):
        with pytest.raises(MessageRefused):
            join(pkesk, body)


def test_a_panic_in_the_library_becomes_a_refusal_and_an_interrupt_does_not():
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(MessageRefused, match="stopped in the middle"), refusing(MessageRefused, "No."):
        raise panic("secret words")
    with pytest.raises(KeyboardInterrupt), refusing(MessageRefused, "No."):
        raise KeyboardInterrupt
