"""From a concern in memory to the sealed letter: the report as data, its text for people, and the seal around both."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from reporting.concern.questions import Question
from reporting.sealing import PublicKey, SealedMessage, as_text, build, seal

#: Changes when the shape of `report.json` does.
SCHEMA = 1
NOT_GIVEN = "Not given"
Answers = Sequence[tuple[Question, str]]


def as_data(answers: Answers, sent: datetime) -> dict[str, object]:
    """`report.json`: the answers by key with their questions, and the minute, which stands nowhere else."""
    return {
        "schema": SCHEMA,
        "lang": "en",
        "sent": sent.replace(second=0, microsecond=0).isoformat(),
        "sealed": "on the server",
        "answers": [answer_data(question, answer) for question, answer in answers],
    }


def answer_data(question: Question, answer: str) -> dict[str, str]:
    """One answer. A chosen option also carries its words; a text is not repeated, so that the longest still fits."""
    data = {"key": question.key, "question": question.summary, "answer": answer}
    return data | {"words": question.words(answer)} if question.options else data


def seal_concern(answers: Answers, recipients: Sequence[PublicKey], sent: datetime) -> tuple[SealedMessage, int]:
    """Seal a concern to all recipients. Returns the sealed message and its size bucket in bytes.

    Raises a SealingError if it is too long for the largest bucket or if a key died since it was looked up.
    """
    entity = build(
        as_data(answers, sent),
        as_text((question.summary, question.words(answer) or NOT_GIVEN) for question, answer in answers),
        subject="New concern",
        sender=settings.MAIL_FROM,
        recipient=settings.MAIL_TO,
    )
    return seal(entity, recipients, now=sent), len(entity)
