"""What templates say of contacts: who answers now, when the team next reads, what the time is."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.template import Context, Template

from resources.book import ContactBook
from resources.hours import LONDON


@pytest.fixture
def shown(service: Callable[..., Any]) -> Callable[[str, str], str]:
    """A function that renders a template at a moment, with an office, its night team, and a line of unknown hours."""
    services = [
        service(
            "office",
            ("call", "01632 960 001"),
            hours=["mon-fri 08:45-17:00"],
            when_closed="night",
            on_bank_holidays="closed",
        ),
        service("night", ("call", "01632 960 002"), hours=["mon-sun 17:00-24:00"]),
        service("line", ("call", "01632 960 003")),
        service("young-web", ("site", "https://young.example/"), audiences=("young",)),
        service("young-local", ("call", "01632 960 004"), audiences=("young",), kind="local"),
        *(service(f"young-{n}", ("text", {"number": "85258", "word": ""}), audiences=("young",)) for n in range(4)),
    ]

    def render(template: str, moment: str) -> str:
        now = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
        book = ContactBook({service.key: service for service in services}, now=now)
        return Template("{% load numbers %}" + template).render(Context({"contacts": book, "text": "<i> [[line]]"}))

    return render


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23 10:00", "We are reading now, until 5pm."),
        ("2026-11-23 07:00", "We next read today at 8.45am."),
        ("2026-11-23 18:00", "We next read tomorrow at 8.45am."),
        ("2026-11-27 18:00", "We next read on Monday at 8.45am."),
        ("2026-12-24 18:00", "We next read on Tuesday at 8.45am."),
    ],
)
def test_when_the_team_next_reads(shown: Any, moment: str, words: str) -> None:
    template = "{% readings 'office' as found %}{% for said in found %}{% if said.is_now %}{{ said.words }}{% endif %}"
    assert shown(template + "{% endfor %}", moment) == words


def test_nothing_is_promised_where_the_hours_are_not_known(shown: Any) -> None:
    assert (
        shown("{% readings 'line' as found %}{{ found }}{% readings 'nobody' as none %}{{ none }}", "2026-11-23 10:00")
        == "()()"
    )


def test_lines_to_talk_to_are_few_and_have_a_number(shown: Any) -> None:
    template = "{% lines_for 'young' as found %}{% for service in found %}{{ service.key }} {% endfor %}"
    assert shown(template, "2026-11-23 10:00") == "young-0 young-1 young-2 "


def test_who_answers_now(shown: Any) -> None:
    template = "{% on_duty 'office' as duty %}{{ duty.service.key }}: {{ duty.state_words }}"
    assert shown(template, "2026-11-23 10:00") == "office: Open now until 5pm"
    assert shown(template, "2026-11-23 18:00") == "night: Open now until midnight"


def test_one_contact_as_it_stands(shown: Any) -> None:
    template = "{% contact 'office' as found %}{{ found.state_words }}{% contact 'nobody' as found %}{{ found }}"
    assert shown(template, "2026-11-23 18:00") == "Closed. Opens tomorrow at 8.45amNone"


def test_all_contacts_of_a_kind(shown: Any) -> None:
    template = "{% contacts_of 'local' as found %}{% for listed in found %}{{ listed.state_words }}{% endfor %}"
    assert shown(template.replace("local", "national"), "2026-11-23 10:00").startswith("Open now until 5pm")
    assert shown(template, "2026-11-23 10:00") == ""


def test_numbers_in_a_template(shown: Any) -> None:
    link = '<a class="num-link" dir="ltr" href="tel:01632960003">01632 960 003</a>'
    assert shown("{% number_of 'line' %}", "2026-11-23 10:00") == link
    assert shown("{% with_numbers text %}", "2026-11-23 10:00") == f"&lt;i&gt; {link}"


@pytest.mark.parametrize(
    ("moment", "words"),
    [("2026-11-24 21:42", "9.42pm on Tuesday"), ("2026-11-25 00:00", "midnight on Wednesday")],
)
def test_the_time_in_words(shown: Any, moment: str, words: str) -> None:
    assert shown("{% time_now %}", moment) == words
