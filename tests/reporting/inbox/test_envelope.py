"""What stands in the clear beside a sealed report: this list and nothing else."""

from datetime import UTC, datetime

from reporting.inbox.models import Conversation, OutboxMail, Report
from reporting.inbox.receive import the_hour

#: Adding a field here means that the server learns something more about a reporter: decide it, do not slip it in.
REPORT = {
    "id",
    "reference",
    "received_hour",
    "danger",
    "state",
    "inbox",
    "key_fingerprints",
    "size_bucket",
    "pkesk",
    "body",
}
CONVERSATION = {"id", "report", "lookup_digest"}
OUTBOX = {"id", "report", "delivered", "attempts", "next_attempt_at", "last_error"}


def test_a_report_has_exactly_the_settled_fields() -> None:
    assert {field.name for field in Report._meta.concrete_fields} == REPORT


def test_the_outbox_has_exactly_the_settled_fields() -> None:
    assert {field.name for field in OutboxMail._meta.concrete_fields} == OUTBOX


def test_the_way_back_holds_a_digest_and_nothing_that_opens_it() -> None:
    assert {field.name for field in Conversation._meta.concrete_fields} == CONVERSATION


def test_a_report_can_hold_no_free_text_in_the_clear() -> None:
    texts = {field.name for field in Report._meta.concrete_fields if field.get_internal_type() == "TextField"}
    assert texts == set()


def test_the_finest_time_is_the_hour() -> None:
    moment = datetime(2026, 3, 3, 21, 42, 31, 5, tzinfo=UTC)
    assert the_hour(moment) == datetime(2026, 3, 3, 21, tzinfo=UTC)
