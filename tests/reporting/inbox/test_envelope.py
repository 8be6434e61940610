"""What stands in the clear beside what is sealed: these lists and nothing else."""

from datetime import UTC, datetime
from typing import Any

import pytest

from reporting.inbox.models import Conversation, Decision, Exclusion, Letter, OutboxMail, Reply, Report
from reporting.inbox.receive import the_hour

#: Adding a field here means that the server learns something more about a reporter: decide it, do not slip it in.
REPORT = {
    "id",
    "reference",
    "received_hour",
    "danger",
    "state",
    "urgency",
    "outcome",
    "authority",
    "has_news",
    "marked",
    "closed_hour",
    "inbox",
    "assignee",
    # Hours of letters, and what follows from the fields above by the team's hours (docs/decisions/clocks.md).
    "news_hour",
    "due",
    "rank",
    # Whether it stays whatever the retention period says.
    "preserved",
}
LETTER = {"id", "report", "kind", "hour", "officer", "key_fingerprints", "size_bucket", "pkesk", "body"}
REPLY = {"id", "report", "hour", "officer", "locked"}
DECISION = {"letter", "urgency", "state", "outcome", "authority"}
CONVERSATION = {"id", "report", "lookup_digest"}
EXCLUSION = {"id", "report", "officer"}
OUTBOX = {"id", "letter", "delivered", "attempts", "next_attempt_at", "last_error"}


def test_a_report_has_exactly_the_settled_fields() -> None:
    assert {field.name for field in Report._meta.concrete_fields} == REPORT


def test_the_outbox_has_exactly_the_settled_fields() -> None:
    assert {field.name for field in OutboxMail._meta.concrete_fields} == OUTBOX


def test_the_way_back_holds_a_digest_and_nothing_that_opens_it() -> None:
    assert {field.name for field in Conversation._meta.concrete_fields} == CONVERSATION


@pytest.mark.parametrize(
    ("model", "fields"), [(Letter, LETTER), (Reply, REPLY), (Decision, DECISION), (Exclusion, EXCLUSION)]
)
def test_what_officers_and_senders_write_has_exactly_the_settled_fields(model: Any, fields: set[str]) -> None:
    assert {field.name for field in model._meta.concrete_fields} == fields


@pytest.mark.parametrize("model", [Report, Letter, Reply, Decision, Conversation, OutboxMail])
def test_no_field_takes_free_text_in_the_clear(model: Any) -> None:
    """Texts are codes of a list, keys of records, digests, fingerprints, the reference, or the class of an error."""
    short = {"reference", "inbox", "authority", "key_fingerprints", "lookup_digest", "last_error"}
    for field in model._meta.concrete_fields:
        assert field.get_internal_type() != "TextField"
        if field.get_internal_type() == "CharField" and field.name not in short:
            assert field.choices, field


def test_the_finest_time_is_the_hour() -> None:
    moment = datetime(2026, 3, 3, 21, 42, 31, 5, tzinfo=UTC)
    assert the_hour(moment) == datetime(2026, 3, 3, 21, tzinfo=UTC)
