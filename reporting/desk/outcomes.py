"""What each outcome asks for, and which of them nobody acts on: those are closed by two officers."""

from dataclasses import dataclass

from django.conf import settings

from reporting.inbox.models import Report
from resources.models import Authority

Outcome = Report.Outcome
CASE_NUMBER = "case_number"


@dataclass(frozen=True)
class Kind:
    """Outcomes that end alike. `details` are asked for and sealed with the reason; all of them before it is closed.
    The number of the case is asked for by every kind, and needed by those that name it: a copy without it never goes.

    `needs_second`: nobody acts on it any more, so one officer proposes it and another closes it.
    """

    name: str
    words: str
    outcomes: tuple[Outcome, ...]
    details: tuple[str, ...] = ()
    hint: str = ""
    needs_second: bool = False

    def asks_for(self, detail: str) -> bool:
        return detail == CASE_NUMBER or detail in self.details

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(outcome.value, str(outcome.label)) for outcome in self.outcomes]


KINDS = (
    Kind(
        "police-now",
        "Police now",
        (Outcome.POLICE_NOW, Outcome.CRIME),
        ("police_number", "told_when"),
        "If someone is in danger, call first, then record it here.",
    ),
    Kind(
        "handed-over",
        "Handed over",
        (
            Outcome.STRATEGY,
            Outcome.SECTION_47,
            Outcome.SECTION_17,
            Outcome.OPEN_CASE,
            Outcome.EXPLOITATION,
            Outcome.EARLY_HELP,
            Outcome.MISSING,
            Outcome.STAFF,
            Outcome.NRM,
        ),
        (CASE_NUMBER,),
    ),
    Kind(
        "other-area",
        "Passed to another authority",
        (Outcome.OTHER_AREA,),
        ("accepted_by", "accepted_when", "their_reference"),
        "It stays open until they have accepted it.",
    ),
    Kind("intelligence", "Police intelligence only", (Outcome.INTELLIGENCE,), ("police_number",), needs_second=True),
    Kind("advice", "Advice given", (Outcome.ADVICE,), hint="Say what was advised.", needs_second=True),
    Kind(
        "unknown-child",
        "Cannot identify the child",
        (Outcome.UNKNOWN_CHILD,),
        hint="Say what was tried to find the child.",
        needs_second=True,
    ),
    Kind("not-a-concern", "Not a concern", (Outcome.THRESHOLD, Outcome.NOT_REAL), needs_second=True),
    Kind("duplicate", "The same as another report", (Outcome.DUPLICATE,), ("same_as",), needs_second=True),
)
#: What may be asked for: its name under the seal, and its words on the desk.
DETAILS = {
    CASE_NUMBER: "Case number",
    "police_number": "Police reference",
    "told_when": "When they were told",
    "accepted_by": "Who accepted it",
    "accepted_when": "When they accepted it",
    "their_reference": "Their reference",
    "same_as": "Reference of the other report",
}
NEEDS_SECOND = frozenset(outcome.value for kind in KINDS if kind.needs_second for outcome in kind.outcomes)
#: Where each detail is asked, for the page: the kinds that ask for it, and those that need it.
ASKED_FOR = [
    (
        name,
        words,
        " ".join(kind.name for kind in KINDS if kind.asks_for(name)),
        " ".join(kind.name for kind in KINDS if name in kind.details),
    )
    for name, words in DETAILS.items()
]


def authorities() -> list[tuple[str, str]]:
    """The authorities that a report can be passed to: key and name of their records."""
    others = Authority.objects.filter(live=True).exclude(contact__key=settings.TEAM_CONTACT)
    return list(others.values_list("key", "name"))


def is_known(authority: str) -> bool:
    return any(key == authority for key, _ in authorities())
