"""By when a report must be read, its next step decided, and its outcome recorded.

Clocks start at the hour in which something came, which is all that is known of it: never too late, and up to an hour
too early. They are told from what stands in the clear, and from the hours of the team's record.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from django.conf import settings

from resources.hours import Week
from resources.working_days import working_days_after, working_hours_after


class Kind(StrEnum):
    """What must be done before a clock runs out."""

    READ = "read"
    STEP = "step"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class Clock:
    """Something that must be done, and by when."""

    kind: Kind
    due: datetime


@dataclass(frozen=True)
class Limit:
    """How long something may take, as the settings say it: `4 h`, `4 working h`, `1 working day`."""

    amount: int
    unit: str

    FORM = re.compile(r"([1-9]\d*) (h|working h|working days?)")

    @classmethod
    def parse(cls, words: str) -> "Limit":
        """Raises ValueError with a sentence for the operator."""
        found = cls.FORM.fullmatch(words.strip())
        if not found:
            raise ValueError(f"“{words}” is no limit. Write it like “4 h”, “4 working h” or “1 working day”.")
        return cls(int(found[1]), found[2].removesuffix("s"))

    @property
    def at_least(self) -> timedelta:
        """No sooner than this it ends, by whatever hours."""
        return timedelta(days=self.amount, hours=-1) if self.unit == "working day" else timedelta(hours=self.amount)

    def end(self, week: Week, since: datetime) -> datetime:
        """When it has run out. While no opening of the team is in sight it runs by the clock."""
        if self.unit == "working h":
            end = working_hours_after(week, since, self.amount)
        elif self.unit == "working day":
            end = working_days_after(week, since, self.amount)
        else:
            end = None
        days = self.unit == "working day"
        return end or since + (timedelta(days=self.amount) if days else timedelta(hours=self.amount))


#: Statutory: the next step is decided within one working day of receiving a referral.
STATUTORY = Limit(1, "working day")
limit = lru_cache(maxsize=64)(Limit.parse)


def first_end(limits: list[Limit], week: Week, since: datetime) -> datetime:
    """When the first of some limits has run out."""
    ordered = sorted(limits, key=lambda each: each.at_least)
    first = ordered[0].end(week, since)
    for other in ordered[1:]:
        if since + other.at_least < first:
            first = min(first, other.end(week, since))
    return first


def read_by(week: Week, urgency: str, since: datetime) -> datetime:
    """By when something new is read. Until an officer has said how urgent it is, the shortest limit holds."""
    words = [settings.READ_WITHIN[urgency]] if urgency else settings.READ_WITHIN.values()
    return first_end([limit(each) for each in words], week, since)


def step_by(week: Week, since: datetime) -> datetime:
    """By when the next step is decided."""
    return first_end([STATUTORY, limit(settings.STEP_WITHIN)], week, since)


def outcome_by(week: Week, urgency: str, since: datetime) -> datetime:
    """By when the outcome is recorded."""
    return limit(settings.OUTCOME_WITHIN[urgency]).end(week, since)


def limits_of_the_settings() -> Iterator[Limit]:
    """Every limit that the settings name. Raises ValueError for one that is none."""
    for words in [*settings.READ_WITHIN.values(), settings.STEP_WITHIN, *settings.OUTCOME_WITHIN.values()]:
        yield limit(words)
