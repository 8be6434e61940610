"""What the officer's browser tells from the words: the same plate, phone or user name, and how urgent it may be."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from reporting.concern.questions import fields
from tests.reporting.sealing.conftest import ROOT, program

SCRIPT = Path(__file__).with_name("from_page.mjs")


def browser(**given: Any) -> Any:
    done = subprocess.run(
        [program("node"), str(SCRIPT)], input=json.dumps(given).encode(), capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def marks(text: str) -> list[str]:
    [found] = browser(texts=[text])
    return list(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plate AB12 CDE.", "plate AB12CDE"),
        ("it was ab12cde I think", "plate AB12CDE"),
        ("(ABI2 CDE)", "plate AB12CDE"),  # a capital i for a one
        ("AB1O CDE", "plate AB10CDE"),  # a letter O for a nought
        ("0B12 CDE", "plate OB12CDE"),
        ("M123 ABC", "plate M123ABC"),
        ("ABC 123M", "plate ABC123M"),
        ("GIG 1234", "plate GIG1234"),
        ("rang from 01632 960 001 twice", "phone 441632960001"),
        ("+44 (0)1632 960001", "phone 441632960001"),
        ("0044 1632-960001", "phone 441632960001"),
        ("(01632) 960001", "phone 441632960001"),
        ("07700 900123", "phone 447700900123"),
        ("+353 20 915 0001", "phone 353209150001"),
        ("he is @Sky.High on there", "name sky.high"),
        ("his snap is Sky_High99.", "name sky_high99"),
        ("look for skyhigh99 and", "name skyhigh99"),
    ],
)
def test_one_spelling_for_each(text: str, found: str) -> None:
    assert marks(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "She has to be in at 10 the latest, and is 14 now.",
        "on the A303 and the m4 the other day",
        "year10, aged14, 3.20 on 12/11/2026, at 10.30",
        "12345678901234567890",
        "somebody@demo.example and https://demo.example/a_b",
        "He is 17. I was 15 then.",
        "about £1000 and 2 000 000 people",
        "",
    ],
)
def test_other_words_and_numbers_are_none(text: str) -> None:
    assert marks(text) == []


def test_the_longest_report_is_read_at_once() -> None:
    """Nothing a stranger writes makes the page stand still."""
    for unit in ("a", "0", "A1 ", "@a", "_", "a_", "0 ", "AB12 CD", "+", "("):
        browser(texts=[unit * (20_000 // len(unit))])


@pytest.mark.parametrize(
    ("answers", "urgency"),
    [
        ({"danger": "yes"}, "red"),
        ({"danger": "not-sure", "who": "place-or-person", "when": "earlier"}, "red"),
        ({"danger": "no", "who": "me", "when": "now"}, "red"),
        ({"danger": "no", "who": "me", "safe-here": "no"}, "red"),
        ({"danger": "no", "who": "me"}, "amber"),
        ({"danger": "no", "who": "friend", "when": "keeps"}, "amber"),
        ({"danger": "no", "who": "friend", "signs": "gifts, missing, phone"}, "amber"),
        ({"danger": "no", "works-with-children": "yes", "who": "me-then"}, "amber"),
        ({"danger": "no", "who": "friend", "when": "earlier"}, "green"),
        ({"danger": "no"}, "green"),
        ({}, "green"),
        ({"danger": "no", "who": "place-or-person", "when": "earlier"}, "blue"),
        ({"danger": "no", "who": "place-or-person", "when": "now"}, "amber"),
    ],
)
def test_what_answers_speak_for(answers: dict[str, str], urgency: str) -> None:
    [found] = browser(answers=[answers])
    assert found["urgency"] == urgency
    assert found["reasons"]


def test_every_rule_names_answers_that_can_be_given() -> None:
    """A question that is worded anew keeps its values, or the suggestion has to follow."""
    import re

    offered = {field.key: {option.value for option in field.options} for field in fields()}
    rules = (ROOT / "static/js/desk/suggestion.mjs").read_text()
    named = re.findall(r"is\('([^']+)', ([^)]+)\)", rules)
    assert len(named) > 10
    for key, values in named:
        assert set(re.findall(r"'([^']+)'", values)) <= offered[key], key
