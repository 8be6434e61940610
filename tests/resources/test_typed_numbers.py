"""Numbers that somebody typed are found however they are written; what only looks like one is left alone."""

import pytest
from django.core.exceptions import ValidationError

from resources.models import Contact, Place
from resources.typed_numbers import is_text, refuse_typed_numbers, texts_in, typed_numbers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("01632 960123", "01632960123"),
        ("01632-960-123", "01632960123"),
        ("01632–960–123", "01632960123"),
        ("01632.960.123", "01632960123"),
        ("(01632) 960123", "01632960123"),
        ("0 1 6 3 2 9 6 0 1 2 3", "01632960123"),
        ("01632\u00a0960\u00a0123", "01632960123"),
        ("01632\u2009960\u200b123", "01632960123"),
        ("０１６３２ ９６０１２３", "01632960123"),
        ("01632 960123/4", "01632960123"),
        ("+44 (0)1632 960123", "01632960123"),
        ("+44 1632 960123", "01632960123"),
        ("0044 1632 960123", "01632960123"),
        ("01632 96012", "0163296012"),
        ("0 8 0 0 11 11", "08001111"),
        ("0800<b> 1111</b>", "08001111"),
        ("0800 1111.", "08001111"),
        ("(0800 1111)", "08001111"),
        ("<p>Free:</p><p>0800 1111</p>", "08001111"),
        ("18001 0800 1111", "1800108001111"),
        ("+33 1 23 45 67 89", "+33123456789"),
        ("116 123", "116123"),
        ("Text SHOUT to 85258.", "85258"),
        ("Call 999", "999"),
        ("999 is for emergencies.", "999"),
        ("Ring the police on 101.", "101"),
        ("NHS 111 can help.", "111"),
        ("Call us on 716871.", "716871"),
        ("Tel. 716871", "716871"),
        ('<p><a href="tel:01632960001">Call us</a></p>', "01632960001"),
        ("<p><a href='sms:+441632960001?body=Hi'>Text us</a></p>", "01632960001"),
    ],
)
def test_a_typed_number_is_found(written: str, dialled: str) -> None:
    assert [number.dialled for number in typed_numbers(written)] == [dialled]


@pytest.mark.parametrize(
    "text",
    [
        "In 2015 there were 63 offences.",
        "2015-16, 2014 2015 2016, 2014–2016",
        "January 2015 to November 2015",
        "01/02/2026, 22.11.2026, 2026-11-22, 01 February 2026",
        "1,056 offences, 12 345 678 people, 100 000 more",
        "£50,000, £01632960123, 26%, 0.5 per cent, 12.75",
        "8.45am to 5pm, 24/7, 09:42, 08:45–17:00",
        "101 children were found in 111 cases.",
        "ISBN 0-19-852663-6",
        "EWHC 2134, section 47, page 108, figure 1.2.3",
        "Press 55 when you are asked.",
        "Under 18s, 16+, years 7 to 11, 0 to 10",
        "Offences | 63 | 2015\nMissing | 15 | 2015",
        "Call [[childline]] or [[nhs-111]].",
        "https://x.example/01632960123 and somebody01632960123@x.example",
        "A car with AB12 3CD or 1632 on its plate",
    ],
)
def test_what_is_no_phone_number_is_left_alone(text: str) -> None:
    assert typed_numbers(text) == []


def test_numbers_come_in_order_and_each_is_named() -> None:
    found = typed_numbers("Call 0800 1111, then 01632 960123. In danger, call 999.")
    assert [number.written for number in found] == ["0800 1111", "01632 960123", "999"]


def test_the_contact_is_offered_instead() -> None:
    with pytest.raises(ValidationError) as refused:
        refuse_typed_numbers("Call 0800 1111 or 01632 960123.")
    assert refused.value.messages == [
        "“0800 1111” is Childline: write [[childline]] and the number stays right.",
        "“01632 960123” looks like a phone number, and no contact has it. Add it under Contacts first, then write the "
        "contact’s key here, like [[childline]].",
    ]


def test_a_number_abroad_way_of_writing_it_finds_the_same_contact() -> None:
    contact = Contact.objects.get(key="mash")
    with pytest.raises(ValidationError) as refused:
        refuse_typed_numbers("+44 (0)" + contact.ways[0].value[1:])
    assert f"is {contact.name}: write [[mash]]" in refused.value.messages[0]


def test_a_draft_contact_is_offered_too() -> None:
    contact = Contact.objects.get(key="rape-crisis")
    assert not contact.live
    with pytest.raises(ValidationError, match=r"\[\[rape-crisis\]\]"):
        refuse_typed_numbers(contact.ways[0].value)


def test_a_text_without_digits_costs_no_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        refuse_typed_numbers("No number here. In 2015 neither.")


def test_texts_are_found_however_deep_they_lie() -> None:
    stored = [
        {"type": "text", "value": {"heading": "One", "text": "<p>Two</p>"}, "id": "01632960001"},
        {"type": "points", "value": {"items": [{"type": "item", "value": "Three", "id": "x"}]}, "id": "y"},
        {"type": "talk_to", "value": {"contacts": [3, 4]}, "id": "z"},
    ]
    assert texts_in(stored) == ["One", "<p>Two</p>", "Three"]


def test_words_are_checked_and_keys_are_not() -> None:
    fields = {field.name for field in Contact._meta.concrete_fields if is_text(field)}
    assert {"name", "about", "ways"} <= fields
    assert not fields & {"key", "website", "kind", "checked"}
    assert [field.name for field in Place._meta.concrete_fields if is_text(field)]
