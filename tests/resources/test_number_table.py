"""Every number that was found, in one table: whether it can be dialled, which record has it, how sure we are of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError

from resources.dial import digits, is_dial_string, tel, validate_dial_string

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "numbers.yaml").read_text())
RECORDS = {row["key"]: row for row in TABLE["records"]}


def numbers_of(record: dict[str, Any]) -> list[str]:
    """The numbers of a record in the data file, in order."""
    ways = [way for entry in record.get("ways", []) for way in entry.items()]
    found = [value["number"] if kind == "text" else value for kind, value in ways if kind in ("call", "relay", "text")]
    return [str(number) for number in found]


@pytest.mark.parametrize("number", [number for row in TABLE["records"] for number in row["dial"]])
def test_a_number_that_was_found_can_be_dialled(number: str) -> None:
    validate_dial_string(number)
    assert tel(number) == f"tel:{digits(number)}"
    assert digits(number).isdigit()


@pytest.mark.parametrize("row", TABLE["refused"], ids=lambda row: str(row["dial"]))
def test_a_number_that_no_phone_can_dial_is_refused_and_the_sentence_says_why(row: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_dial_string(row["dial"])
    [said] = refused.value.messages
    assert said.startswith(f"“{row['dial']}” is not a number that can be dialled in the UK. ")
    assert row["why"] in said


def test_numbers_are_in_the_records_that_the_table_names_and_in_no_other(shipped: list[dict[str, Any]]) -> None:
    found = {record["key"]: numbers for record in shipped if (numbers := numbers_of(record))}
    assert found == {key: row["dial"] for key, row in RECORDS.items()}


def test_records_are_as_sure_of_number_and_hours_as_the_table(shipped: list[dict[str, Any]]) -> None:
    for record in shipped:
        if row := RECORDS.get(record["key"]):
            sure = (record["number_confidence"], record["hours"]["confidence"])
            assert sure == (row["number"], row["hours"]), record["key"]
            assert record["live"] is (row["number"] == "H"), record["key"]
            assert record["source"], record["key"]
            assert record["cannot"], record["key"]


@pytest.mark.parametrize("row", TABLE["not_ours"], ids=lambda row: str(row["dial"]))
def test_a_number_that_was_replaced_or_that_nobody_confirmed_stands_nowhere(
    row: dict[str, str], shipped: list[dict[str, Any]]
) -> None:
    assert is_dial_string(row["dial"])
    assert digits(row["dial"]) not in str(shipped).replace(" ", "")


def test_no_record_has_a_mobile_number(shipped: list[dict[str, Any]]) -> None:
    # The council's own fallback is one, and not for the public.
    mobiles = [number for record in shipped for number in numbers_of(record) if digits(number).startswith("07")]
    assert mobiles == []
