"""The sealed form: one MIME entity of exactly one of four sizes."""

import json
import random
from email import message_from_bytes
from email.policy import default

import pytest

from reporting.sealing import (
    BUCKETS,
    MessageRefused,
    SealingError,
    TooLong,
    as_text,
    build,
    read,
    seal,
    sealed_size,
)
from reporting.sealing.text import REST

HEADERS = {
    "subject": "New concern K7-402",
    "sender": "Concern form <no-reply@site.example>",
    "recipient": "MASH <mash@site.example>",
}


def concern(*answers):
    """A report and its text, as the form makes them."""
    pairs = [(f"Question {number}?", answer) for number, answer in enumerate(answers, 1)]
    return {"schema": 1, "answers": [list(pair) for pair in pairs], "reply_key": "A" * 44}, as_text(pairs)


def parts(entity):
    """(whole message, shown text, parsed report.json)."""
    message = message_from_bytes(entity, policy=default)
    text, attachment = message.iter_parts()
    assert not message.defects and not text.defects and not attachment.defects
    return message, text.get_content(), json.loads(attachment.get_payload(decode=True))


def test_mail_programs_find_the_true_subject_the_text_and_the_report():
    report, text = concern("He said “I am cold” — twice.\nÇa va?")
    entity = build(report, text, **HEADERS)
    message, shown, data = parts(entity)
    assert message["Subject"] == "New concern K7-402"
    assert message["From"] == HEADERS["sender"] and message["To"] == HEADERS["recipient"]
    assert message["HP-Outer"] == "Subject: ..."
    assert message.get_content_type() == "multipart/mixed"
    assert message.get_param("protected-headers") == "v1" and message.get_param("hp") == "cipher"
    assert shown.replace("\r\n", "\n") == text
    assert data["answers"] == report["answers"] and set(data["pad"]) <= {"0"}
    assert read(entity) == report


def test_the_attachment_is_named_report_json():
    attachment = list(parts(build(*concern("x"), **HEADERS))[0].iter_attachments())[-1]
    assert attachment.get_filename() == "report.json"
    assert attachment.get_content_type() == "application/json"


def test_every_line_is_short_and_plain_ascii():
    entity = build(*concern("Ünïcödé 😀 " * 300), **{**HEADERS, "subject": "Neue Sorge: Größe"})
    assert entity.isascii()
    assert all(len(line) <= 78 for line in entity.split(b"\r\n"))
    assert b"\n" not in entity.replace(b"\r\n", b"")
    assert parts(entity)[0]["Subject"] == "Neue Sorge: Größe"


def test_every_length_fills_its_size_exactly():
    sizes = {length: len(build(*concern("x" * length), **HEADERS)) for length in range(0, 12_000, 7)}
    assert set(sizes.values()) <= set(BUCKETS)
    assert list(sizes.values()) == sorted(sizes.values())


def test_300_random_concerns_give_at_most_four_sealed_sizes(team):
    chance = random.Random(20261121)  # noqa: S311 - repeatable, not secret
    scripts = ("etaoin shrdlu\n", "аеиорст ", "的一是不了人我在", "اليوم ", "😀👧🏽🧥", '"\\\n\t{}')
    sealed_sizes = set()
    for _ in range(300):
        script, length = chance.choice(scripts), int(10 ** chance.uniform(0, 4.3))
        report, text = concern("".join(chance.choices(script, k=min(length, 20_000))))
        entity = build(report, text, **HEADERS)
        assert len(entity) in BUCKETS
        assert read(entity) == report
        sealed_sizes.add(seal(entity, team).size)
    assert sealed_sizes == {2293, 8437, 33019, 131323} == {sealed_size(bucket, 2) for bucket in BUCKETS}


@pytest.mark.parametrize("character", ["x", "é", "的", "😀", '"', "\\", "\n", "\t", "/", "\u2028", "\x7f"])
def test_20000_characters_of_any_script_fit_and_come_back(character):
    report, text = concern(character * 20_000)
    entity = build(report, text, **HEADERS)
    assert len(entity) in BUCKETS
    assert read(entity) == report


def test_beside_20000_of_the_widest_characters_there_is_room_for_the_questions():
    report, text = concern("😀" * 20_000)
    report["questions"] = "q" * 14_000
    assert read(build(report, text, **HEADERS)) == report


def test_half_a_character_becomes_the_replacement_character_as_in_a_browser():
    report, text = concern("\ud83d|\ud83d\ude00|" + "\udfff" * 19_995)
    entity = build(report, text, **HEADERS)
    assert read(entity)["answers"][0][1] == "\ufffd|😀|" + "\ufffd" * 19_995
    assert parts(entity)[1].splitlines()[1].startswith("  \ufffd|😀|\ufffd")


def test_a_text_that_does_not_fit_beside_its_report_is_shortened_and_says_so():
    report, text = concern("😀" * 20_000)
    _, shown, data = parts(build(report, text, **HEADERS))
    assert shown.rstrip().endswith(REST)
    assert shown.startswith("Question 1?\r\n  😀😀") or shown.startswith("Question 1?\n  😀😀")
    assert "\ufffd" not in shown
    assert data["answers"] == report["answers"]


def test_a_text_that_fits_is_whole():
    report, text = concern("a" * 20_000)
    assert REST not in parts(build(report, text, **HEADERS))[1]


def test_a_report_that_fits_no_size_is_too_long():
    with pytest.raises(TooLong) as caught:
        build(*concern("secret " * 20_000), **HEADERS)
    assert "secret" not in str(caught.value)


def test_control_characters_do_not_break_the_form():
    answer = "".join(map(chr, range(32))) + "\x7f\x85\u2028\u2029\ufeff\u202e"
    report, text = concern(answer)
    assert read(build(report, text, **HEADERS)) == report


def test_a_pad_or_a_boundary_written_by_someone_changes_nothing():
    report, text = concern('"}\r\n--=_sealed_concern--\r\n\r\n"pad":"0"')
    entity = build({**report, "pad": "mine"}, text, **HEADERS)
    assert read(entity) == report
    assert entity.count(b"--=_sealed_concern") == 3


@pytest.mark.parametrize("field", ["subject", "sender", "recipient"])
@pytest.mark.parametrize("breaker", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\r\n\r\n"])
def test_no_argument_can_begin_a_header_of_its_own(field, breaker):
    entity = build(*concern("x"), **{**HEADERS, field: f"New{breaker}Bcc: thief@evil.example"})
    message = parts(entity)[0]
    assert message.keys() == ["Subject", "From", "To", "HP-Outer", "MIME-Version", "Content-Type"]


def test_an_address_that_cannot_be_written_is_one_clear_error():
    with pytest.raises(SealingError, match="mail address"):
        build(*concern("x"), **{**HEADERS, "sender": "<"})


@pytest.mark.parametrize("other", [b"", b"hello", b"\xff" * 100, b"Content-Type: multipart/mixed\r\n\r\nx"])
def test_what_is_not_a_sealed_form_is_not_read(other):
    with pytest.raises(MessageRefused):
        read(other)


def test_a_report_that_is_no_json_is_not_read_and_not_quoted():
    damaged = b'Content-Disposition: attachment; filename="report.json"\r\n\r\n{secret'
    with pytest.raises(MessageRefused) as caught:
        read(damaged)
    assert "secret" not in str(caught.value) and caught.value.__context__ is None
