"""Numbers that a phone in this country can dial, and the links that dial them."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from resources.dial import digits, is_dial_string, sms, tel, validate_dial_string


def numbers_of(record: dict[str, Any]) -> list[str]:
    """Every number of a record in the data file."""
    found = []
    for entry in record.get("ways", []):
        [(kind, value)] = entry.items()
        if kind in ("call", "relay"):
            found.append(value)
        elif kind == "text":
            found.append(value["number"])
    return found


def test_every_shipped_number_can_be_dialled(shipped: list[dict[str, Any]]) -> None:
    numbers = [(record["key"], number) for record in shipped for number in numbers_of(record)]
    assert len(numbers) > 40
    assert [found for found in numbers if not is_dial_string(found[1])] == []


def test_no_number_hides_in_the_words_of_a_record(shipped: list[dict[str, Any]]) -> None:
    for record in shipped:
        for name in ("label", "for_whom", "about", "cannot", "cost", "anonymous_words"):
            assert not re.search(r"\d{5}|\d{3} \d{3}|\b(999|101|111)\b", str(record.get(name, ""))), (
                record["key"],
                name,
            )


@pytest.mark.parametrize("number", ["999", "112", "101", "111", "105", "85258", "116 000", "116 123", "116123"])
def test_a_short_code_that_people_know_can_be_dialled(number: str) -> None:
    assert is_dial_string(number)


@pytest.mark.parametrize(
    "number",
    ["0300 456 0108", "0800 1111", "0800 555 111", "0800 833 408", "08 08 16 89 111", "020 7946 0018", "0845 46 47"],
)
def test_numbers_have_many_lengths(number: str) -> None:
    assert is_dial_string(number)


@pytest.mark.parametrize("number", ["18001 101", "18001 999", "18001 0300 456 0108", "18001 0800 1111"])
def test_either_can_be_dialled_through_the_text_relay(number: str) -> None:
    assert is_dial_string(number)


@pytest.mark.parametrize("number", ["18001", "18001 12", "18001 0300 456108", "18001 18001 999"])
def test_the_text_relay_needs_a_number_behind_it(number: str) -> None:
    assert not is_dial_string(number)


@pytest.mark.parametrize(
    "number",
    [
        "0300 456108",  # one digit short: this one stood in a council's own paper
        "0300 456 01080",
        "01632 960 001",
        "0999",
        "0101",
        "12",
        "0",
        "",
        " ",
        "0800 CALL ME",
        "O800 1111",
        "0300 456 0108 ext 2",
        "0300-456-0108",
        "(0300) 456 0108",
        "+44 300 456 0108",
        "٠٨٠٠ ١١١١",
        "०८००११११",
        "999;ext=1",
        "tel:999",
        "*#06#",
    ],
)
def test_what_no_phone_can_dial_is_refused_with_a_reason(number: str) -> None:
    assert not is_dial_string(number)
    with pytest.raises(ValidationError) as refused:
        validate_dial_string(number)
    [said] = refused.value.messages
    assert said.startswith(f"“{number}” is not a number that can be dialled in the UK.")


def test_a_good_number_is_not_refused() -> None:
    validate_dial_string("0300 456 0108")


def test_spaces_are_for_people_and_not_for_phones() -> None:
    assert digits("0300 456\u00a00108 ") == "03004560108"
    assert is_dial_string("0300 456\u00a00108")


def test_a_call_link_is_exactly_what_is_dialled() -> None:
    assert tel("999") == "tel:999"
    assert tel("0300 456 0108") == "tel:03004560108"
    assert tel("18001 101") == "tel:18001101"


def test_a_text_link_may_bring_the_word_to_send() -> None:
    assert sms("85258") == "sms:85258"
    assert sms("85258", "SHOUT") == "sms:85258?body=SHOUT"
    assert sms("999", "HELP ME & MORE") == "sms:999?body=HELP%20ME%20%26%20MORE"
