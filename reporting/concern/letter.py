"""From a concern in memory to the sealed letter: the report as data, its text for people, and the seal around both.

What is added later is another such letter (`addition.py`).

A browser with script makes the same letter by itself (`static/js/tell/`); a test holds the two to each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from reporting.concern.questions import Field, not_asked
from reporting.sealing import PublicKey, SealedMessage, as_text, build, seal

#: Changes when `report.json` can no longer be read as before.
SCHEMA = 1
NOT_GIVEN = "Not given"
NOT_ASKED = "Not asked"
SUBJECT = "New concern"
Answers = Sequence[tuple[Field, str]]


def as_data(answers: Answers, sent: datetime, reply_key: str) -> dict[str, object]:
    """`report.json`: the answers by key with their questions, and the minute, which stands nowhere else.

    `reply_key` locks what the team writes back (base64, 32 octets); empty if the person wants no code words.
    """
    skipped = not_asked(answers)
    return {
        "schema": SCHEMA,
        "lang": "en",
        "sent": minute(sent),
        "sealed": "server",
        "reply_key": reply_key,
        "answers": [answer_data(field, answer, field.key in skipped) for field, answer in answers],
    }


def answer_data(field: Field, answer: str, is_skipped: bool) -> dict[str, object]:
    """One answer. A chosen option also carries its words; a text is not repeated, so that the longest still fits.

    What was not meant for this person says so: that they gave no answer to it tells nothing.
    """
    data: dict[str, object] = {"key": field.key, "question": field.summary, "answer": answer}
    if field.options:
        data["words"] = field.words(answer)
    return data | {"not_asked": True} if is_skipped else data


def minute(moment: datetime) -> str:
    """A moment (in UTC) as it stands inside of the seal, and nowhere else."""
    return moment.strftime("%Y-%m-%dT%H:%MZ")


def seal_concern(
    answers: Answers, recipients: Sequence[PublicKey], sent: datetime, reply_key: str, mailbox: str = ""
) -> tuple[SealedMessage, int]:
    """Seal a concern to all recipients (`sent` in UTC); see `seal_letter`."""
    skipped = not_asked(answers)
    pairs = [
        (field.summary, field.words(answer) or (NOT_ASKED if field.key in skipped else NOT_GIVEN))
        for field, answer in answers
    ]
    return seal_letter(as_data(answers, sent, reply_key), pairs, SUBJECT, recipients, sent, mailbox)


def seal_letter(
    data: Mapping[str, object],
    pairs: Iterable[tuple[str, str]],
    subject: str,
    recipients: Sequence[PublicKey],
    sent: datetime,
    mailbox: str = "",
) -> tuple[SealedMessage, int]:
    """Seal data and the same as text for people. Returns the sealed message and its size bucket in bytes.

    The letter names the mailbox that it is for, the team's unless another is given.

    Raises a SealingError if it is too long for the largest bucket or if a key died since it was looked up.
    """
    entity = build(
        data, as_text(pairs), subject=subject, sender=settings.MAIL_FROM, recipient=mailbox or settings.MAIL_TO
    )
    return seal(entity, recipients, now=sent), len(entity)
