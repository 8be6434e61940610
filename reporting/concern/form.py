"""The concern form, made from the questions. It checks, it never stores, and an error keeps every word."""

import re
from typing import Any

from django import forms

from reporting.concern.questions import Question, questions

#: Characters over all answers, in any script; more does not fit the largest sealed size.
MAX_CHARACTERS = 20_000
#: Control characters and lone surrogates carry nothing a person wrote, and disturb what officers read.
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class AnswerField(forms.CharField):
    """One answer: trimmed, with plain line ends, without invisible characters."""

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return INVISIBLE.sub("", text).strip()


class ConcernForm(forms.Form):
    """All questions. Only the story is required; an unknown choice is kept as the text it is, never discarded."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        for question in questions():
            self.fields[question.key] = AnswerField(
                required=question.required, error_messages={"required": question.missing}
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        length = sum(len(answer) for answer in cleaned.values())
        if length > MAX_CHARACTERS:
            self.add_error(
                "story",
                f"This is {length:,} characters long, and the form can take {MAX_CHARACTERS:,}. "
                "Please make it a little shorter. All your words are still here.",
            )
        return cleaned

    def rows(self) -> list[tuple[Question, Any]]:
        """Each question with its bound field, for templates."""
        return [(question, self[question.key]) for question in questions()]

    def answers(self) -> list[tuple[Question, str]]:
        """Each question with the checked answer; empty where the person gave none."""
        return [(question, self.cleaned_data[question.key]) for question in questions()]

    def answers_in_words(self) -> list[tuple[Question, str]]:
        """Each question with the answer as people read it, for the check page."""
        return [(question, question.words(answer)) for question, answer in self.answers()]

    @property
    def danger(self) -> bool:
        """The one answer that travels unlocked: danger is "yes" or "not sure"."""
        return self.cleaned_data["danger"] in ("yes", "not-sure")
