"""What the tests of the contacts share: services and weeks in a line, and the shipped records."""

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from resources.hours import LONDON, Span, Week
from resources.service import Service, way

ROOT = Path(__file__).resolve().parents[2]
MakeWeek = Callable[..., Week]
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def at(words: str) -> datetime:
    """A moment by the clock in London: `at("2026-11-24 08:45")`."""
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


@pytest.fixture(scope="session")
def shipped() -> list[dict[str, Any]]:
    """The contact records as the data file has them."""
    loaded: list[dict[str, Any]] = yaml.safe_load((ROOT / "resources/content/contacts.yaml").read_text())
    return loaded


@pytest.fixture(scope="session")
def week() -> MakeWeek:
    """A function that makes a week: `week("mon-thu 08:45-17:00", "fri 08:45-16:00", closed)`."""

    def make(*spans: str, on_bank_holidays: str = "as_usual", always: bool = False) -> Week:
        made = []
        for text in spans:
            days, hours, *words = text.split(" ", 2)
            first, _, last = days.partition("-")
            since, until = hours.split("-")
            weekdays = frozenset(range(NAMES.index(first), NAMES.index(last or first) + 1))
            end = None if until == "24:00" else time.fromisoformat(until)
            made.append(Span(weekdays, time.fromisoformat(since), end, *words))
        return Week(made, on_bank_holidays, always)

    return make


@pytest.fixture(scope="session")
def mash(week: MakeWeek) -> Week:
    """The office hours of the team."""
    return week("mon-thu 08:45-17:00", "fri 08:45-16:00", on_bank_holidays="closed")


@pytest.fixture(scope="session")
def night(week: MakeWeek) -> Week:
    """The hours of the team that stands in: evenings, nights, weekends and bank holidays."""
    return week(
        "mon-thu 17:00-24:00",
        "fri 16:00-24:00",
        "sat-sun 09:00-24:00",
        "mon-sun 00:00-09:00 only if a child is at risk tonight",
        on_bank_holidays="as_sunday",
    )


@pytest.fixture(scope="session")
def service() -> Callable[..., Service]:
    """A function that makes a service: `service("line", ("call", "01632 960 001"), hours=["mon-fri 09:00-17:00"])`."""

    def make(key: str, *ways: tuple[str, Any], hours: tuple[str, ...] | list[str] = (), **changes: Any) -> Service:
        spans = []
        for text in hours:
            days, times = text.split(" ")
            first, _, last = days.partition("-")
            since, until = times.split("-")
            named = list(NAMES[NAMES.index(first) : NAMES.index(last or first) + 1])
            spans.append({"days": named, "since": since, "until": "" if until == "24:00" else until, "words": ""})
        values: dict[str, Any] = {
            "key": key,
            "name": key.title(),
            "label": "",
            "for_whom": "Anyone",
            "kind": "national",
            "audiences": (),
            "ways": tuple(way(kind, value) for kind, value in ways),
            "hours_words": "",
            "hours_are_sure": bool(hours),
            "always_open": False,
            "spans": tuple(spans),
            "special_hours": (),
            "on_bank_holidays": "as_usual",
            "cost": "",
            "on_bill": "unknown",
            "anonymous_words": "",
            "ages": "",
            "about": "",
            "cannot": "",
            "website": "",
            "checked": "",
            "in_help_strip": False,
            "when_closed": "",
        }
        return Service(**values | changes)

    return make
