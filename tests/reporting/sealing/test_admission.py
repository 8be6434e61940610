"""Which public keys may become an inbox or recovery key."""

import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pysequoia
import pytest
from pysequoia.packet import PacketPile

from reporting.sealing import KeyRefused, PublicKey, admit
from reporting.sealing.certificate import read_facts
from reporting.sealing.errors import first_line

TWENTY_YEARS = 20 * 365 * 24 * 60 * 60


def refusal(offered: bytes | str, **details: Any) -> str:
    with pytest.raises(KeyRefused) as caught:
        admit(offered, **details)
    sentence = str(caught.value)
    assert "\n" not in sentence and sentence[-1] in ".)"
    return sentence


def test_a_key_made_by_gpg_is_admitted_with_its_facts(gpg):
    fingerprint = gpg.make_key("facts")
    key = admit(gpg.public(fingerprint))
    listed = gpg.run("--with-colons", "--list-keys", fingerprint).decode().splitlines()
    (subkey,) = [line.split(":") for line in listed if line.startswith("sub")]
    assert key.fingerprint == fingerprint
    assert key.user_ids == ("facts <facts@x.example>",)
    assert key.encryption_key_ids == {subkey[4]}
    assert abs(key.expires_at - datetime.now(UTC) - timedelta(days=730)) < timedelta(minutes=5)
    assert not key.is_demo


def test_the_demo_inbox_key_is_admitted_and_says_that_it_is_a_demo_key(inbox):
    assert inbox.is_demo
    assert inbox.user_ids == ("DEMO MASH inbox <mash@demo.example>",)


def test_an_admitted_key_is_admitted_again_unchanged(recovery):
    assert admit(recovery.armored) == recovery


def test_a_key_is_admitted_in_binary_form_and_out_of_the_middle_of_a_letter(gpg, recovery):
    binary = gpg.run("--export", recovery.fingerprint)
    letter = f"Dear team, here it is:\r\n\r\n{recovery.armored}\r\nYours, Ünal".replace("\n", "\r\n")
    assert admit(binary) == admit(letter) == admit(letter.encode()) == recovery


def test_a_subkey_that_expires_first_dates_the_key(openpgp_js):
    options = {"keyExpirationTime": TWENTY_YEARS, "subkeys": [{"keyExpirationTime": 30 * 86400}]}
    key = admit(openpgp_js.key(**options)["publicKey"])
    assert key.expires_at < datetime.now(UTC) + timedelta(days=31)


def test_a_private_key_is_refused_as_exposed(openpgp_js, gpg, demo_folder, recovery):
    pair = openpgp_js.key()
    secret = gpg.run("--armor", "--export-secret-keys", recovery.fingerprint)
    binary = gpg.run("--export-secret-keys", recovery.fingerprint)
    locked = (demo_folder / "inbox-key.asc").read_text()
    for offered in (pair["privateKey"], secret, binary, locked, pair["publicKey"] + pair["privateKey"]):
        assert "exposed" in refusal(offered)


def test_two_keys_are_refused_in_one_block_and_in_two(gpg, inbox, recovery):
    other = gpg.make_key("other")
    one_block = gpg.run("--armor", "--export", recovery.fingerprint, other)
    assert "more than one key" in refusal(one_block)
    assert "exactly one" in refusal(inbox.armored + recovery.armored)


@pytest.mark.parametrize(
    "garbage",
    ["", "hello", "\ud800", b"\xff" * 400, b"\x00", "-----BEGIN PGP PUBLIC KEY BLOCK-----", b"\xc6\xff"],
)
def test_garbage_is_refused(garbage):
    refusal(garbage)


def test_a_damaged_or_truncated_key_is_refused(recovery):
    lines = recovery.armored.splitlines()
    refusal("\n".join([*lines[:-4], lines[-1]]))
    refusal(recovery.armored.replace("\n\n", "\n"))
    refusal(recovery.armored[:-30])
    refusal(recovery.armored.replace("m", "n", 5))


def test_a_message_is_not_a_key(recovery):
    certificate = pysequoia.Cert.from_bytes(recovery.armored.encode())
    message = pysequoia.encrypt(recipients=[certificate], bytes=b"x", armor=False)
    assert "not a public key" in refusal(message)
    refusal(pysequoia.armor(message, pysequoia.ArmorKind.Message))


def test_a_file_that_unpacks_to_hundreds_of_megabytes_is_refused_unopened(recovery):
    packed = zlib.compress(b"\xcb\xff" + (1 << 26).to_bytes(4, "big") + b"b\0\0\0\0\0" + b"\0" * (1 << 26))
    bomb = b"\xc8\xff" + (len(packed) + 1).to_bytes(4, "big") + b"\x02" + packed
    key = bytes(pysequoia.Cert.from_bytes(recovery.armored.encode()))
    for offered in (bomb, key + bomb):
        assert "not a public key" in refusal(offered)


def test_a_very_large_file_is_refused(recovery):
    assert "too large" in refusal(recovery.armored + " " * 200_000)


def test_a_key_without_an_expiry_date_is_refused(gpg):
    assert "no expiry" in refusal(gpg.public(gpg.make_key("forever", lasts="never")))


def test_an_expired_key_is_refused(gpg, recovery):
    old = gpg.make_key("old", lasts="1y", at="20200101T000000")
    assert "expired on 31 December 2020" in refusal(gpg.public(old))
    assert "expired" in refusal(recovery.armored, now=recovery.expires_at)
    assert admit(recovery.armored, now=recovery.expires_at - timedelta(seconds=1))


def test_a_key_whose_encryption_subkey_alone_has_expired_is_refused(openpgp_js):
    options = {"date": "2020-01-01", "keyExpirationTime": TWENTY_YEARS}
    key = openpgp_js.key(**options, subkeys=[{"keyExpirationTime": 86400}])
    assert "subkey of this key expired on 02 January 2020" in refusal(key["publicKey"])


def test_an_extended_subkey_counts_with_its_newest_date(gpg):
    fingerprint = gpg.make_key("extended", lasts="1y", at="20200101T000000")
    gpg.run("--quick-set-expire", fingerprint, "20y", at="20200601T000000")
    assert "subkey of this key expired" in refusal(gpg.public(fingerprint))
    gpg.run("--quick-set-expire", fingerprint, "20y", "*", at="20200701T000000")
    assert admit(gpg.public(fingerprint)).expires_at.year == 2040


def test_the_newest_binding_counts_wherever_it_stands(gpg):
    fingerprint = gpg.make_key("unordered", lasts="1y", at="20200101T000000")
    before = pysequoia.Cert.from_bytes(gpg.public(fingerprint).encode())
    gpg.run("--quick-set-expire", fingerprint, "20y", "*", at="20200701T000000")
    merged = before.merge(pysequoia.Cert.from_bytes(gpg.public(fingerprint).encode()))
    *rest, one, two = [bytes(packet) for packet in PacketPile.from_bytes(bytes(merged))]
    assert one[0] == two[0] == 0xC2  # both are signatures
    dates = set()
    for order in ([*rest, one, two], [*rest, two, one]):
        (subkey,) = read_facts(b"".join(order)).encryption_subkeys
        dates.add(subkey.expires_at.year)
    assert dates == {2040}


def test_a_revoked_key_is_refused(gpg):
    fingerprint = gpg.make_key("revoked")
    certificate = (gpg.home / "openpgp-revocs.d" / f"{fingerprint}.rev").read_text()
    gpg.run("--import", data=certificate.replace(":-----BEGIN", "-----BEGIN").encode())
    assert "revoked" in refusal(gpg.public(fingerprint))


def test_a_revoked_encryption_subkey_is_refused(openpgp_js):
    assert "subkey of this key has been revoked" in refusal(openpgp_js.key("withRevokedSubkey")["publicKey"])


def test_a_key_needs_one_encryption_subkey_and_no_more(openpgp_js, gpg):
    assert "no encryption subkey" in refusal(openpgp_js.key(subkeys=[{"sign": True}])["publicKey"])
    assert "more than one" in refusal(openpgp_js.key(subkeys=[{}, {}])["publicKey"])


def test_a_replaced_encryption_subkey_does_not_stand_in_the_way(gpg):
    fingerprint = gpg.make_key("replaced")
    gpg.run("--command-fd", "0", "--edit-key", fingerprint, data=b"key 1\nrevkey\ny\n0\n\ny\nsave\n")
    gpg.run("--quick-add-key", fingerprint, "cv25519", "encr", "1y")
    key = admit(gpg.public(fingerprint))
    assert len(key.encryption_key_ids) == 1


def test_a_key_that_does_not_state_its_features_is_refused_with_advice(openpgp_js):
    sentence = refusal(openpgp_js.key("withoutFeatures")["publicKey"])
    assert "does not state its Features" in sentence and "gpg as 'ed25519'" in sentence


def test_a_key_that_asks_for_the_newer_format_is_refused_with_advice(openpgp_js):
    by_sequoia = str(pysequoia.Tsk.generate("x", validity_seconds=10**7).extract_certificate())
    for offered in (by_sequoia, openpgp_js.key(config={"aeadProtect": True})["publicKey"]):
        sentence = refusal(offered)
        assert "not exactly 0x01" in sentence and "gpg as 'ed25519'" in sentence


def test_version_6_keys_are_refused(openpgp_js):
    profile = pysequoia.Profile.RFC9580
    by_sequoia = pysequoia.Tsk.generate("x", validity_seconds=10**7, profile=profile)
    assert "version 6" in refusal(str(by_sequoia.extract_certificate()))
    assert "version 6" in refusal(openpgp_js.key(type="curve25519", config={"v6Keys": True})["publicKey"])


def test_newer_curve_identifiers_and_rsa_are_refused(openpgp_js):
    assert "one kind" in refusal(openpgp_js.key(type="curve25519")["publicKey"])
    assert "one kind" in refusal(openpgp_js.key(type="rsa", rsaBits=2048)["publicKey"])
    assert "one kind" in refusal(openpgp_js.key(curve="nistP256")["publicKey"])


def test_what_others_certified_about_a_key_changes_nothing(gpg, recovery):
    signer = gpg.make_key("signer")
    signed = gpg.make_key("signed")
    gpg.run("--default-key", signer, "--quick-sign-key", signed)
    assert isinstance(admit(gpg.public(signed)), PublicKey)


def test_a_backtrace_never_reaches_the_sentence():
    assert first_line(RuntimeError("broken\n  0: std::backtrace\n  1: more")) == "broken"
    assert first_line(RuntimeError("Unexpected data for PKESK(V3(PKESK3 { text }))")) == "Unexpected data for PKESK"
    assert first_line(RuntimeError("")) == "RuntimeError"
    assert len(first_line(RuntimeError("x" * 1000))) == 120
