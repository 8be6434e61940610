"""From a concern in memory to the sealed letter: the report as data, its text for people, and the seal around both.

A browser with script makes the same letter by itself (`static/js/tell/`); a test holds the two to each other.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from reporting.concern.questions import Field
from reporting.sealing import PublicKey, SealedMessage, as_text, build, seal

#: Changes when the shape of `report.json` does.
SCHEMA = 1
NOT_GIVEN = "Not given"
SUBJECT = "New concern"
Answers = Sequence[tuple[Field, str]]


def as_data(answers: Answers, sent: datetime, reply_key: str) -> dict[str, object]:
    """`report.json`: the answers by key with their questions, and the minute, which stands nowhere else.

    `reply_key` locks what the team writes back (base64, 32 octets); empty if the person wants no code words.
    """
    return {
        "schema": SCHEMA,
        "lang": "en",
        "sent": sent.strftime("%Y-%m-%dT%H:%MZ"),
        "sealed": "server",
        "reply_key": reply_key,
        "answers": [answer_data(field, answer) for field, answer in answers],
    }


def answer_data(field: Field, answer: str) -> dict[str, str]:
    """One answer. A chosen option also carries its words; a text is not repeated, so that the longest still fits."""
    data = {"key": field.key, "question": field.summary, "answer": answer}
    return data | {"words": field.words(answer)} if field.options else data


def seal_concern(
    answers: Answers, recipients: Sequence[PublicKey], sent: datetime, reply_key: str
) -> tuple[SealedMessage, int]:
    """Seal a concern to all recipients (`sent` in UTC). Returns the sealed message and its size bucket in bytes.

    Raises a SealingError if it is too long for the largest bucket or if a key died since it was looked up.
    """
    entity = build(
        as_data(answers, sent, reply_key),
        as_text((field.summary, field.words(answer) or NOT_GIVEN) for field, answer in answers),
        subject=SUBJECT,
        sender=settings.MAIL_FROM,
        recipient=settings.MAIL_TO,
    )
    return seal(entity, recipients, now=sent), len(entity)
