"""Messages sealed in a browser: what the server accepts without being able to open it."""

import random
import zlib

import pysequoia
import pytest
from pysequoia.packet import PacketPile, Tag

from reporting.sealing import BUCKETS, MessageRefused, armor, check_sealed, seal, sealed_size


def armored_keys(keys):
    return [key.armored for key in keys]


def refusal(message, recipients):
    with pytest.raises(MessageRefused) as caught:
        check_sealed(message, recipients=recipients)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.fixture(scope="module")
def sealed(openpgp_js, team, entity):
    """One message of 2 KiB from OpenPGP.js, binary."""
    return openpgp_js.seal([entity], armored_keys(team))[0]


def test_what_a_browser_seals_is_accepted_in_every_size(openpgp_js, team):
    entities = [bytes(bucket) for bucket in BUCKETS]
    for bucket, message in zip(BUCKETS, openpgp_js.seal(entities, armored_keys(team)), strict=True):
        accepted = check_sealed(message, recipients=team)
        assert len(message) == accepted.size == sealed_size(bucket, 2)
        assert accepted.pkesk + accepted.body == message
        assert accepted.key_fingerprints == tuple(key.fingerprint for key in team)


def test_browser_and_server_make_the_same_sizes(openpgp_js, team):
    lengths = [0, 1, 137, 138, 185, 186, 187, 2048, 8331, 8332, 8333, 8377, 8378, 8379, 32768, 131072]
    browsers = [len(message) for message in openpgp_js.seal([bytes(n) for n in lengths], armored_keys(team))]
    servers = [seal(bytes(n), team).size for n in lengths]
    assert browsers == servers == [sealed_size(n, 2) for n in lengths]


def test_an_armored_message_is_accepted_whatever_its_line_ends(openpgp_js, team, sealed):
    (from_browser,) = openpgp_js.seal([bytes(2048)], armored_keys(team), form="text")
    for message in (sealed, from_browser):
        text = armor(message)
        for variant in (
            text,
            text.replace("\n", "\r\n"),
            f"\n{text}\n",
            text.replace("\n\n", "\nComment: x\n\n"),
        ):
            assert check_sealed(variant.encode(), recipients=team).size == 2293


def test_what_the_server_seals_is_accepted_and_opens(gpg, team, entity, inbox_passphrase, sealed):
    assert check_sealed(seal(entity, team).armored().encode(), recipients=team).size == 2293
    kept = check_sealed(sealed, recipients=team)
    opened = gpg.run("--decrypt", data=kept.armored().encode(), passphrase=inbox_passphrase)
    assert opened == entity


def test_the_order_of_the_recipients_does_not_matter(openpgp_js, team, entity):
    (message,) = openpgp_js.seal([entity], armored_keys(reversed(team)))
    assert check_sealed(message, recipients=team)


def test_a_missing_recovery_recipient_is_refused(openpgp_js, team, entity):
    (message,) = openpgp_js.seal([entity], armored_keys(team[:1]))
    assert "exactly the keys" in refusal(message, team)


def test_an_extra_or_another_recipient_is_refused(openpgp_js, team, stranger, entity):
    (extra,) = openpgp_js.seal([entity], armored_keys([*team, stranger]))
    (another,) = openpgp_js.seal([entity], armored_keys([team[0], stranger]))
    assert "exactly the keys" in refusal(extra, team)
    assert "exactly the keys" in refusal(another, team)


def test_a_repeated_recipient_is_refused(sealed, team):
    first = sealed[:96]
    assert "exactly the keys" in refusal(first + sealed, team)
    assert "exactly the keys" in refusal(first + first + sealed[192:], team)


def test_a_hidden_recipient_is_refused(openpgp_js, team, entity):
    (message,) = openpgp_js.seal([entity], armored_keys(team), wildcard=True)
    refusal(message, team)


def test_a_message_that_a_password_opens_is_refused(openpgp_js, team, entity):
    (both,) = openpgp_js.seal([entity], armored_keys(team), passwords=["x"])
    assert "other packets" in refusal(both, team)
    refusal(bytes(pysequoia.encrypt(passwords=["x"], bytes=entity)), team)


def test_a_truncated_message_is_refused_wherever_it_is_cut(sealed, team):
    text = armor(sealed).encode()
    for cut in (*range(0, len(sealed), 13), 96, 192, 2292):
        refusal(sealed[:cut], team)
        refusal(text[:cut], team)


def test_a_message_with_something_before_behind_or_twice_is_refused(sealed, team):
    text = armor(sealed)
    refusal(f"My name is Sam\n{text}".encode(), team)
    refusal(f"{text}My name is Sam".encode(), team)
    refusal((text + text).encode(), team)
    refusal(text.replace("-----END PGP MESSAGE-----", "My name is Sam").encode(), team)
    refusal(sealed + sealed, team)
    refusal(sealed + b"My name is Sam", team)
    refusal(sealed + sealed[192:], team)
    refusal(sealed[192:] + sealed[:192], team)
    refusal(b"\xca\x03PGP" + sealed, team)
    refusal(b"\xd5\x04abcd" + sealed, team)


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"\n",
        b"I am worried about Sam",
        "Ich habe Angst \U0001f600".encode(),
        b"\xff" * 2293,
        b"-----BEGIN PGP MESSAGE-----\n\n=twTO\n-----END PGP MESSAGE-----\n",
        b"-----BEGIN PGP MESSAGE-----\n-----END PGP MESSAGE-----\n",
        b"-----BEGIN PGP MESSAGE-----\n\n\n-----END PGP MESSAGE-----\n",
    ],
)
def test_what_is_not_a_message_is_refused_and_not_quoted(other, team):
    sentence = refusal(other, team)
    assert "Sam" not in sentence and "Angst" not in sentence


def test_a_public_key_and_a_signed_or_open_message_are_refused(team):
    refusal(team[0].armored.encode(), team)
    refusal(b"\xcb\x08b\0\0\0\0\0hi", team)


def test_a_packet_that_unpacks_to_hundreds_of_megabytes_is_refused_unopened(team, sealed):
    packed = zlib.compress(b"\xcb\xff" + (1 << 26).to_bytes(4, "big") + b"b\0\0\0\0\0" + b"\0" * (1 << 26))
    bomb = b"\xc8\xff" + (len(packed) + 1).to_bytes(4, "big") + b"\x02" + packed
    for message in (bomb, sealed[:192] + bomb, armor(bomb).encode()):
        assert "other packets" in refusal(message, team)


def test_the_newer_body_that_mail_programs_cannot_open_is_refused(openpgp_js, team, entity):
    (message,) = openpgp_js.seal([entity], [openpgp_js.key(config={"aeadProtect": True})["publicKey"]])
    refusal(message, team)
    # Our own session keys in front of a body of version 2.
    assert "SEIPD version 1" in refusal(seal(entity, team).pkesk + version_2(entity), team)


def version_2(entity):
    """A body of SEIPD version 2, taken out of a message to a key that asks for it."""
    certificate = pysequoia.Tsk.generate("x").extract_certificate()
    message = pysequoia.encrypt(recipients=[certificate], bytes=entity, armor=False)
    return next(bytes(packet) for packet in PacketPile.from_bytes(message) if packet.tag == Tag.SEIP)


def test_any_other_size_is_refused(openpgp_js, team):
    lengths = [0, 2047, 2049, 4096, 8191, 8193, 32767, 131071, 131073]
    for message in openpgp_js.seal([bytes(n) for n in lengths], armored_keys(team)):
        assert "four sizes" in refusal(message, team)


def test_a_right_body_under_a_longer_header_is_refused(sealed, team):
    body = sealed[195:]
    assert sealed[192:195] == b"\xd2" + bytes([((len(body) - 192) >> 8) + 192, (len(body) - 192) & 0xFF])
    longer = b"\xd2\xff" + len(body).to_bytes(4, "big") + body
    assert "four sizes" in refusal(sealed[:192] + longer, team)


def test_session_keys_in_any_other_form_are_refused(openpgp_js, team, sealed):
    for place, other in ((2, 2), (2, 6), (11, 1), (11, 25)):
        refusal(sealed[:place] + bytes([other]) + sealed[place + 1 :], team)
    # Well-formed for another algorithm (RSA), in the same length.
    other = sealed[2:11] + b"\x01" + (82 * 8).to_bytes(2, "big") + b"\x80" * 82
    assert "PKESK v3" in refusal(sealed[:2] + other + sealed[96:], team)
    # Well-formed, with a longer wrapped key that a shorter body makes up for.
    (shorter,) = openpgp_js.seal([bytes(2040)], armored_keys(team))
    stuffed = b"\xc1" + bytes([102]) + shorter[2:47] + bytes([56]) + shorter[48:96] + bytes(8) + shorter[96:]
    assert len(stuffed) == 2293 and "PKESK v3" in refusal(stuffed, team)


def test_partial_and_open_lengths_are_refused(sealed, team):
    body = sealed[195:]
    in_pieces = b"\xd2" + bytes([224 + 11]) + body[:2048] + bytes([len(body) - 2048]) + body[2048:]
    assert "partial length" in refusal(sealed[:192] + in_pieces, team)
    assert "no length" in refusal(b"\x87" + sealed, team)


def test_an_oversize_message_is_refused_at_once(openpgp_js, team):
    (message,) = openpgp_js.seal([bytes(300_000)], armored_keys(team))
    assert "larger" in refusal(message, team)
    assert "larger" in refusal(b"-" * 5_000_000, team)


def test_20000_damaged_messages_raise_nothing_but_a_refusal(sealed, team):
    chance = random.Random(3)  # noqa: S311 - repeatable, not secret
    sources = (sealed, armor(sealed).encode())
    outcomes = {"accepted": 0, "refused": 0}
    for number in range(20_000):
        damaged = bytearray(sources[number % 2])
        edge = chance.choice((200, len(damaged)))
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(edge)] = chance.randrange(256)
        if number % 5 == 0:
            del damaged[chance.randrange(len(damaged)) :]
        try:
            assert check_sealed(bytes(damaged), recipients=team).size == 2293
            outcomes["accepted"] += 1
        except MessageRefused:
            outcomes["refused"] += 1
    assert min(outcomes.values()) > 1_000
