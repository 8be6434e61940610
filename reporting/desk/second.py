"""Closing without action takes two officers: one proposes it, another reads the report in their own session and agrees.

Who proposed and who read it stands in the audit, whose lines are in order; hours alone would not tell which came first.
"""

from typing import Any

from reporting.desk.outcomes import NEEDS_SECOND
from reporting.inbox.audit import Action
from reporting.inbox.history import lines_of
from reporting.inbox.models import AuditLine, Officer, Report


class NeedsSecond(Exception):
    """This officer cannot close it so: nobody has proposed it, they did themselves, or they have not read it since."""


def proposal_of(report: Report) -> AuditLine | None:
    """The line of the proposal that waits for a second officer, if one does."""
    if report.state != Report.State.PROPOSED:
        return None
    return lines_of(report).filter(action=Action.PROPOSED).last()


def demand_second(report: Report, officer: Officer, outcome: str) -> None:
    """Raise NeedsSecond unless this officer may close the report with an outcome that nobody acts on."""
    proposal = proposal_of(report)
    if proposal is None or proposal.officer == officer or report.outcome != outcome or report.has_news:
        raise NeedsSecond
    if not lines_of(report).filter(action=Action.SHOWN, officer=officer, number__gt=proposal.number).exists():
        raise NeedsSecond


def step(report: Report, officer: Officer, state: str, outcome: str) -> Action:
    """What a decision is, as the audit calls it. `report` is as it was before. Raises NeedsSecond."""
    if state == Report.State.PROPOSED:
        return Action.PROPOSED
    if state == Report.State.CLOSED and outcome in NEEDS_SECOND:
        demand_second(report, officer, outcome)
        return Action.AGREED
    proposal = proposal_of(report)
    return Action.SENT_BACK if proposal and proposal.officer != officer else Action.DECIDED


def in_the_clear(report: Report, officer: Officer) -> dict[str, Any] | None:
    """The waiting proposal for the desk's script: whose it is, and which letter gives the reason."""
    proposal = proposal_of(report)
    if proposal is None or proposal.officer is None:
        return None
    return {
        "by": proposal.officer.name,
        "is_mine": proposal.officer == officer,
        "letter": proposal.details["letter"],
    }
