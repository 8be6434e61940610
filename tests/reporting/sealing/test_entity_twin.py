"""Browser and server build the same entity, octet for octet: nothing in it tells which of them made it.

What the browser is never given, because only whole numbers agree in Python and JavaScript: fractions, NaN, numbers
beyond 2^53, and objects with keys that are numbers, which JavaScript would put first.
"""

import base64
import json
import random
import subprocess
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from reporting.sealing import BUCKETS, TooLong, as_text, build, read
from reporting.sealing.text import REST
from tests.reporting.sealing.conftest import ROOT, program

TWIN = Path(__file__).with_name("entity_twin.mjs")
HEADERS = {
    "subject": "New concern K7-402",
    "sender": "Concern form <no-reply@site.example>",
    "recipient": "mash@site.example",
}
BREAKERS = "\n\r\t\v\f\x00\x07\x08\x1b\x1c\x1d\x1e\x1f\x7f\x80\x85\x9f\xa0\u1680\u200b\u2028\u2029\u3000\ufeff"
# Every kind of character that one of the two languages treats in a way of its own.
ALPHABETS = (
    "etaoin shrdlu\n",
    "аеиорст ",
    "的一是不了人我在",
    "اليوم ",
    "😀👧🏽🧥 ",
    '"\\/\b\\u d83d\\ud83d\t{}<>&',
    f"{BREAKERS}x ",
    "\ud83d\ude00\udfffx\n",
    "\ufeff \u3000é\n",
)


def browser(cases):
    """What the browser's module makes of each (report, answers, headers)."""
    details = json.dumps([dict(zip(("report", "answers", "headers"), case, strict=True)) for case in cases])
    done = subprocess.run([program("node"), str(TWIN)], input=details.encode(), capture_output=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr.decode()
    return [base64.b64decode(made["entity"]) if "entity" in made else made for made in json.loads(done.stdout)]


def server(case):
    report, answers, headers = case
    return build(report, as_text(answers), **headers)


def concern(*answers, headers=HEADERS, **more):
    """A report with its answers, as the page makes it."""
    pairs = [[f"Question {number}?", answer] for number, answer in enumerate(answers, 1)]
    return {"schema": 1, "lang": "en", "answers": pairs, **more}, pairs, headers


def assert_twins(cases):
    for case, made in zip(cases, browser(cases), strict=True):
        assert made == server(case), ascii(case)[:500]
        assert len(made) in BUCKETS


def test_2000_random_concerns_are_the_same():
    chance = random.Random(20261121)  # noqa: S311 - repeatable, not secret
    cases = []
    for _ in range(2_000):
        answers = [
            "".join(chance.choices(chance.choice(ALPHABETS), k=int(10 ** chance.uniform(0, 3.5)) - 1))
            for _ in range(chance.randint(0, 6))
        ]
        cases.append(concern(*answers))
    assert_twins(cases)


@pytest.mark.parametrize("alphabet", ALPHABETS, ids=ascii)
def test_20000_characters_of_any_kind_are_the_same(alphabet):
    chance = random.Random(alphabet.encode("utf-8", "surrogatepass"))  # noqa: S311 - repeatable, not secret
    mixed = concern("".join(chance.choices(alphabet, k=20_000)))
    assert_twins([mixed, *(concern(character * 20_000) for character in alphabet if character.isprintable())])


def test_every_character_of_the_basic_plane_is_the_same():
    cases = [concern("".join(map(chr, range(start, start + 2048)))) for start in range(0, 0x10000, 2048)]
    one_a_line = concern("".join(f"{chr(code)}|{chr(code)}\n" for code in (*range(0x300), *range(0x2000, 0x2100))))
    assert_twins([*cases, one_a_line])


def test_halves_of_characters_are_the_same():
    halves = ["\ud83d", "\ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00", "\\\ud83d", "\\\\\ud83dx", "\ud83d\x00\ude00"]
    cases = [concern(half, f"a{half}", f"{half}\n{half}", half * 3) for half in halves]
    assert_twins([*cases, concern("x", key=halves), concern("x", **{"\ud83d": "y"})])
    assert read(browser([concern("\ud83d|😀")])[0])["answers"][0][1] == "\ufffd|😀"


@pytest.mark.parametrize(
    "question", ["", " \ufeffWho?\u3000 ", "Who\r\nis\u2028it?", "\x00\x85", "Who \ud83d?", "Què?"]
)
def test_questions_are_the_same(question):
    cases = [({}, [[question, "An answer"], [question, ""]], HEADERS), ({}, [], HEADERS)]
    assert_twins(cases)


def test_every_length_around_the_edges_of_the_sizes_is_the_same():
    lengths = [*range(0, 1_000, 3), *range(3_100, 3_400), *range(13_700, 14_100, 3)]
    assert_twins([concern("x" * length) for length in lengths])


@pytest.mark.parametrize("characters", ["😀", "的", "é的😀", "😀\u3000 \ufeff", "的\n"], ids=ascii)
def test_a_shortened_text_is_the_same_wherever_the_cut_falls(characters):
    story = (characters * 19_000)[:19_000]
    cases = [concern("a" * shift + story, more="q" * (1_000 + 7 * shift)) for shift in range(12)]
    assert_twins(cases)
    for case in cases:
        text, _ = message_from_bytes(server(case), policy=default).iter_parts()
        assert text.get_content().rstrip().endswith(REST)


def test_what_fits_no_size_is_too_long_for_both():
    cases = [concern("", more="y" * length) for length in range(95_000, 96_000, 5)]
    outcomes = set()
    for case, made in zip(cases, browser(cases), strict=True):
        try:
            assert made == server(case)
            outcomes.add("fits")
        except TooLong:
            assert made["refused"] == "TooLong" and "yy" not in made["sentence"]
            outcomes.add("too long")
    assert outcomes == {"fits", "too long"}


def test_other_values_in_a_report_are_the_same():
    values = [0, -1, 2**53 - 1, True, False, None, [], {}, [[]], {"a": {"b": [1, "2", None]}}, "", "0", "pad", '"}']
    assert_twins([concern("x", value=value) for value in values])
    assert_twins([({"pad": "mine", "schema": 1, "pad2": ""}, [["Q?", "A"]], HEADERS)])


@pytest.mark.parametrize("breaker", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\r\n\r\n"])
def test_no_value_can_begin_a_header_of_its_own(breaker):
    subject = concern("x", headers=HEADERS | {"subject": f"{breaker}New{breaker}Bcc: thief@evil.example{breaker}"})
    sender = concern("x", headers=HEADERS | {"sender": f"Form{breaker}form <form@site.example>{breaker}"})
    assert_twins([subject, sender])
    addresses = [HEADERS | {field: f"New{breaker}Bcc: thief@evil.example"} for field in ("sender", "recipient")]
    assert {made["refused"] for made in browser([concern("x", headers=headers) for headers in addresses])} == {"Error"}


def test_500_plain_header_values_are_the_same_or_refused():
    chance = random.Random(5)  # noqa: S311 - repeatable, not secret
    plain = "".join(map(chr, range(32, 127)))
    cases = []
    for _ in range(500):
        words = ["".join(chance.choices("aZ9_.&'+-/", k=chance.randint(1, 9))) for _ in range(chance.randint(1, 5))]
        address = "".join(chance.choices("aZ9_.+-", k=5)) + "@" + "".join(chance.choices("aZ9.-", k=9))
        headers = {
            "subject": "".join(chance.choices(plain, k=chance.randint(1, 72))),
            "sender": chance.choice([address, f"{' '.join(words)} <{address}>"]),
            "recipient": "mash@site.example",
        }
        cases.append(concern("x", headers=headers))
    made = browser(cases)
    agreed = [case for case, entity in zip(cases, made, strict=True) if isinstance(entity, bytes)]
    assert len(agreed) > 100
    assert_twins(agreed)


@pytest.mark.parametrize(
    "headers",
    [
        {"subject": ""},
        {"subject": "Größe"},
        {"subject": "x" * 70},
        {"subject": "=?utf-8?q?x?="},
        {"sender": "<"},
        {"sender": "Cyngor Môn <form@site.example>"},
        {"sender": "a@site.example, b@site.example"},
        {"recipient": ""},
        {"recipient": "mash"},
        {"recipient": "Mash: team <mash@site.example>"},
    ],
    ids=str,
)
def test_a_header_that_python_would_encode_or_fold_is_refused(headers):
    (made,) = browser([concern("secret", headers=HEADERS | headers)])
    assert made["refused"] == "Error"
    assert made["sentence"].startswith("The header") and "secret" not in made["sentence"]


def test_the_header_values_of_this_site_are_the_same(settings):
    ours = {"subject": "New concern", "sender": settings.MAIL_FROM, "recipient": settings.MAIL_TO}
    assert_twins([concern("x", headers=ours)])
