"""What a reporter adds to an earlier concern: the one box, and the sealed letter made of it.

A browser with script makes the same letter by itself (`static/js/reply/`); a test holds the two to each other.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

from reporting.concern.form import MAX_CHARACTERS, AnswerField, too_long
from reporting.concern.letter import SCHEMA, minute, seal_letter
from reporting.sealing import PublicKey, SealedMessage

QUESTION = "What was added"
MISSING = "Write what you want to add. You don’t have to add anything."


class AdditionForm(forms.Form):
    """One box. Like the concern form it never stores, and an error keeps every word."""

    text = AnswerField(error_messages={"required": MISSING}, widget=forms.Textarea)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > MAX_CHARACTERS:
            raise forms.ValidationError(too_long(len(text)))
        return text

    def texts(self) -> list[str]:
        """What was written."""
        return [self["text"].value() or ""]


def subject(reference: str) -> str:
    """The true subject of the letter; it stands inside of the seal."""
    return f"Added to {reference}"


def as_data(text: str, reference: str, sent: datetime) -> dict[str, object]:
    """`report.json` of an addition: one answer, and which report it belongs to."""
    return {
        "schema": SCHEMA,
        "kind": "addition",
        "lang": "en",
        "reference": reference,
        "sent": minute(sent),
        "sealed": "server",
        "answers": [{"key": "addition", "question": QUESTION, "answer": text}],
    }


@sensitive_variables()
def seal_addition(
    text: str, reference: str, recipients: Sequence[PublicKey], sent: datetime, mailbox: str = ""
) -> tuple[SealedMessage, int]:
    """Seal an addition to all recipients (`sent` in UTC); see `seal_letter`."""
    data = as_data(text, reference, sent)
    return seal_letter(data, [(QUESTION, text)], subject(reference), recipients, sent, mailbox)


@sensitive_variables()
def letter_id(token_id: uuid.UUID, text: str) -> uuid.UUID:
    """The id of an addition that comes without script: the same text from the same page is one letter.

    Somebody who goes back, writes something else and sends it from the page they had before must not lose it to the
    letter that has the page's id. The id is an HMAC with a random number that is kept nowhere, so it tells nothing.
    """
    digest = salted_hmac("phoenix.addition", f"{token_id} {text}", algorithm="sha256").digest()
    return uuid.UUID(bytes=digest[:16], version=4)
