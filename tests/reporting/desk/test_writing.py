"""What officers write arrives sealed or is refused; what they decide stands as codes, with every step kept."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pysequoia import encrypt

from config.demo.samples import LOCK_REPLY
from reporting.inbox.models import Decision, Letter, Officer, Reply, Report, SealingKey
from reporting.sealing import open_locked, read
from tests.reporting.desk.conftest import sealed, whole

pytestmark = pytest.mark.django_db
Tell = Callable[..., Report]
SEALED = "application/pgp-encrypted"
CANARY = b"canary quiet orchard"


def locked() -> bytes:
    import json

    from config.demo.node import node

    details = {
        "text": "Thank you.",
        "reply_key": "key",
        "sent": "",
        "sender": "a@x.example",
        "recipient": "b@x.example",
    }
    return node(LOCK_REPLY, given=json.dumps(details))


def decide(client: Client, report: Report, one: uuid.UUID, body: bytes | None = None, **fields: str) -> int:
    values = {"urgency": "amber", "state": "checking", "outcome": ""} | fields
    headers = {f"Phoenix-{name.title()}": value for name, value in values.items()}
    address = f"/mash/reports/{report.pk}/decisions/{one}/"
    given = whole(sealed("Because.")) if body is None else body
    return int(client.generic("POST", address, given, content_type=SEALED, headers=headers).status_code)


def send_reply(client: Client, report: Report, one: uuid.UUID, body: bytes, content_type: str = SEALED) -> int:
    address = f"/mash/reports/{report.pk}/replies/{one}/"
    return int(client.generic("POST", address, body, content_type=content_type).status_code)


def save_draft(client: Client, report: Report, body: bytes) -> int:
    return int(client.put(f"/mash/reports/{report.pk}/draft/", body, content_type=SEALED).status_code)


# --- Marked -------------------------------------------------------------------------------------------------


def test_taking_a_mark_off_changes_nothing_else(desk: Client, tell: Tell) -> None:
    report, other = tell(marked=True, state="checking", urgency="amber", has_news=True), tell(marked=True)
    assert desk.post(f"/mash/reports/{report.pk}/unmarked/").status_code == 200
    values = {field.name: getattr(report, field.name) for field in Report._meta.concrete_fields}
    assert Report.objects.filter(**values | {"marked": False}).exists()
    assert Report.objects.filter(pk=other.pk, marked=True).exists()
    assert desk.get(f"/mash/reports/{report.pk}/unmarked/").status_code == 405
    assert desk.post(f"/mash/reports/{uuid.uuid4()}/unmarked/").status_code == 404


# --- Opened -------------------------------------------------------------------------------------------------


def test_opening_a_report_is_kept(desk: Client, tell: Tell, add_to: Callable[[Report], None]) -> None:
    report = tell()
    add_to(report)
    address = f"/mash/reports/{report.pk}/opened/"
    # Something was added that this officer had not seen when they opened it: that stays news.
    [partly, all_of_it] = [
        desk.post(address, {"additions": seen}, content_type="application/json").json()["report"] for seen in (0, 1)
    ]
    assert (partly["state"], partly["has_news"]) == ("opened", True)
    assert not all_of_it["has_news"]


def test_opening_does_not_undo_what_was_decided(desk: Client, tell: Tell) -> None:
    report = tell(state="decided")
    answer = desk.post(f"/mash/reports/{report.pk}/opened/", {"additions": 0}, content_type="application/json")
    assert answer.json()["report"]["state"] == "decided"


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"additions": "many"}', '{"additions": null}'])
def test_nonsense_about_opening_is_refused(desk: Client, tell: Tell, body: str) -> None:
    report = tell()
    address = f"/mash/reports/{report.pk}/opened/"
    assert desk.post(address, body, content_type="application/json").status_code == 422


# --- Replies ------------------------------------------------------------------------------------------------


def test_a_locked_reply_is_kept_once(desk: Client, officer: Officer, tell: Tell) -> None:
    report, one, message = tell(), uuid.uuid4(), locked()
    assert [send_reply(desk, report, one, message) for _ in range(2)] == [200, 200]
    reply = Reply.objects.get()
    assert (reply.report, reply.officer, bytes(reply.locked)) == (report, officer, message)
    assert reply.hour.minute == reply.hour.second == 0
    assert read(open_locked(bytes(reply.locked), "key"))["text"] == "Thank you."


def test_nobody_writes_to_a_sender_without_code_words(desk: Client, tell: Tell) -> None:
    assert send_reply(desk, tell(words=False), uuid.uuid4(), locked()) == 409
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda message: CANARY,
        lambda message: message + CANARY,
        lambda message: whole(sealed(CANARY.decode())),
        lambda message: encrypt(passwords=["x"], bytes=bytes(2048), armor=False),
        lambda message: b"",
    ],
    ids=["plain", "plain behind it", "sealed to keys", "locked otherwise", "nothing"],
)
def test_a_reply_that_is_not_locked_is_refused(desk: Client, tell: Tell, spoil: Any) -> None:
    assert send_reply(desk, tell(), uuid.uuid4(), spoil(locked())) == 422
    assert not Reply.objects.exists()


def test_a_form_post_is_no_reply(desk: Client, tell: Tell) -> None:
    assert send_reply(desk, tell(), uuid.uuid4(), locked(), "text/plain") == 422


def test_the_id_of_another_report_s_reply_is_refused(desk: Client, tell: Tell) -> None:
    one, first, second = uuid.uuid4(), tell(), tell()
    assert send_reply(desk, first, one, locked()) == 200
    assert send_reply(desk, second, one, locked()) == 422
    assert Reply.objects.get().report == first


# --- Decisions ----------------------------------------------------------------------------------------------


def test_a_decision_sets_the_codes_and_keeps_the_sealed_reason(
    desk: Client, officer: Officer, tell: Tell, open_sealed: Any
) -> None:
    report, one = tell(), uuid.uuid4()
    assert [decide(desk, report, one, urgency="red", state="decided", outcome="strategy") for _ in range(2)] == [
        200,
        200,
    ]
    report.refresh_from_db()
    assert (report.urgency, report.state, report.outcome) == ("red", "decided", "strategy")
    letter = Letter.objects.get(kind="decision")
    assert (letter.officer, letter.hour.minute) == (officer, 0)
    assert read(open_sealed(letter.message))["answers"][0]["answer"] == "Because."


def test_every_step_is_kept(desk: Client, tell: Tell) -> None:
    report = tell()
    for state in ("checking", "waiting", "checking"):
        decide(desk, report, uuid.uuid4(), state=state)
    assert sorted(Decision.objects.values_list("state", flat=True)) == ["checking", "checking", "waiting"]


@pytest.mark.parametrize(
    "fields",
    [
        {"urgency": ""},
        {"urgency": "purple"},
        {"state": "new"},
        {"state": ""},
        {"state": "gone"},
        {"outcome": "Ellie"},
        {"state": "closed"},
        {"state": "decided"},
    ],
    ids=str,
)
def test_values_that_are_none_or_do_not_go_together_are_refused(
    desk: Client, tell: Tell, fields: dict[str, str]
) -> None:
    report = tell()
    assert decide(desk, report, uuid.uuid4(), **fields) == 422
    report.refresh_from_db()
    assert (report.state, report.urgency) == ("new", "")
    assert not Decision.objects.exists()


@pytest.mark.parametrize("body", [CANARY, b"", b"-----BEGIN PGP MESSAGE-----\n\nxx\n-----END PGP MESSAGE-----\n"])
def test_a_reason_that_is_not_sealed_is_refused(desk: Client, tell: Tell, body: bytes) -> None:
    report = tell()
    assert decide(desk, report, uuid.uuid4(), body) == 422
    assert not Decision.objects.exists()


def test_closing_and_opening_again(desk: Client, tell: Tell) -> None:
    report = tell()
    decide(desk, report, uuid.uuid4(), state="closed", outcome="open-case")
    report.refresh_from_db()
    assert report.closed_hour and report.closed_hour.minute == 0
    earlier = report.closed_hour - timedelta(days=3)
    Report.objects.update(closed_hour=earlier)
    decide(desk, report, uuid.uuid4(), state="closed", outcome="early-help")
    report.refresh_from_db()
    assert report.closed_hour == earlier, "it was closed then; the outcome was put right later"
    decide(desk, report, uuid.uuid4(), state="checking")
    report.refresh_from_db()
    assert report.closed_hour is None


def test_without_usable_keys_nothing_can_be_written(desk: Client, tell: Tell) -> None:
    report, body = tell(), whole(sealed())
    SealingKey.objects.filter(role="recovery").delete()
    assert decide(desk, report, uuid.uuid4(), body) == 503
    assert save_draft(desk, report, body) == 503


# --- Drafts -------------------------------------------------------------------------------------------------


def test_a_draft_is_kept_sealed_and_replaced_and_removed(desk: Client, tell: Tell) -> None:
    report = tell()
    first, second = whole(sealed("A dr")), whole(sealed("A draft"))
    assert [save_draft(desk, report, body) for body in (first, second)] == [200, 200]
    import base64

    assert base64.b64decode(desk.get(f"/mash/reports/{report.pk}/").json()["draft"]) == second
    assert desk.delete(f"/mash/reports/{report.pk}/draft/").status_code == 200
    assert not Letter.objects.filter(kind="draft").exists()


def test_a_draft_that_is_not_sealed_is_refused(desk: Client, tell: Tell) -> None:
    assert save_draft(desk, tell(), CANARY) == 422
    assert not Letter.objects.filter(kind="draft").exists()


def test_what_officers_write_is_never_mailed(desk: Client, tell: Tell) -> None:
    from reporting.inbox.models import OutboxMail

    report = tell()
    decide(desk, report, uuid.uuid4())
    save_draft(desk, report, whole(sealed()))
    assert OutboxMail.objects.get().letter.kind == "concern"
    assert timezone.now() > report.received_hour


# --- Replies are a council's choice ---------------------------------------------------------------------------


def why_not(desk: Client, report: Report) -> str:
    """Why nobody can answer, as the desk's script is told."""
    said: str = desk.get(f"/mash/reports/{report.pk}/").json()["report"]["cannot_answer"]
    return said


def test_where_replies_are_off_nobody_answers(desk: Client, tell: Tell, settings: Any) -> None:
    settings.REPLIES = "off"
    report = tell()
    assert why_not(desk, report) == "no-replies"
    assert send_reply(desk, report, uuid.uuid4(), locked()) == 409
    assert not Reply.objects.exists()


def test_where_one_message_is_sent_it_is_one_and_twice_is_once(desk: Client, tell: Tell, settings: Any) -> None:
    settings.REPLIES = "one"
    report, one, message = tell(), uuid.uuid4(), locked()
    assert why_not(desk, report) == ""
    assert [send_reply(desk, report, one, message) for _ in range(2)] == [200, 200]
    assert why_not(desk, report) == "answered-once"
    assert send_reply(desk, report, uuid.uuid4(), locked()) == 409
    assert Reply.objects.count() == 1
    assert send_reply(desk, tell(), uuid.uuid4(), locked()) == 200, "another sender gets one, too"


def test_where_replies_are_open_there_are_many(desk: Client, tell: Tell) -> None:
    report = tell()
    assert [send_reply(desk, report, uuid.uuid4(), locked()) for _ in range(2)] == [200, 200]
    assert why_not(desk, report) == ""
    assert why_not(desk, tell(words=False)) == "no-words"


def test_every_reason_is_a_sentence_of_the_page(desk: Client) -> None:
    page = desk.get("/mash/").content.decode()
    for reason in ("no-replies", "no-words", "answered-once"):
        assert f'<p id="{reason}" hidden>' in page
