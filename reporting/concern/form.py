"""The concern form, made from the questions. It checks, it never stores, and an error keeps every word."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from reporting.concern.questions import SEPARATOR, Field, Question, fields, not_asked, questions
from reporting.concern.texts import current, hint_key
from reporting.inbox import replies
from reporting.inbox.models.key import MAIN_INBOX, RESTRICTED_INBOX

#: The answer to `who` of somebody who tells about themselves.
ABOUT_ME = "me"
#: Characters over all answers, in any script; more does not fit the largest sealed size.
MAX_CHARACTERS = 20_000
#: Control characters and lone surrogates carry nothing a person wrote, and disturb what officers read.
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Answers = list[tuple[Field, str]]


#: What is taken off both ends. Named, not left to the language: the browser's script must do the very same.
SPACE = " \t\n\u00a0"


def tidy(text: str) -> str:
    """Trimmed, with plain line ends, without invisible characters. `static/js/tell/answers.mjs` does the same."""
    return INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip(SPACE)


def too_long(length: int) -> str:
    """What to do about too many characters."""
    return (
        f"This is {length:,} characters long, and the form can take {MAX_CHARACTERS:,}. "
        "Please make it a little shorter. All your words are still here."
    )


def hinted(question: Question, wording: Mapping[str, str]) -> Question:
    """A question with the hints that stand now; those that speak of code words, which a team may not give, are true."""
    hint = question.hint if replies.are_offered() else question.hint_without_words or question.hint
    you = replace(question.you, hint=wording.get(hint_key(question, you=True), question.you.hint))
    return replace(question, hint=wording.get(hint_key(question), hint), you=you)


class AnswerField(forms.CharField):
    """One answer as the text it is. Nothing that a person chose or wrote is refused."""

    def to_python(self, value: Any) -> str:
        return tidy(str(value or ""))


class AnyOf(forms.CheckboxSelectMultiple):
    """Reads all ticked values as one text, in the order in which they were asked."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        values = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        return SEPARATOR.join(tidy(value) for value in values if value)


class ConcernForm(forms.Form):
    """All questions. Only the story is required; an unknown choice is kept as the text it is, never discarded."""

    def __init__(
        self, data: Any = None, offered: Collection[str] = (), wording: Mapping[str, str] | None = None
    ) -> None:
        """`offered` names the inboxes to choose from; a form that was sent says itself what was offered.

        `wording` holds the words of the hints, if they are to be others than those that stand now.
        """
        self.wording = current() if wording is None else wording
        self.offered = data.getlist("offered") if hasattr(data, "getlist") else offered
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        for field in fields():
            self.fields[field.key] = AnswerField(
                required=field.required,
                error_messages={"required": field.missing},
                widget=AnyOf if field.kind == "many" else forms.TextInput,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        length = sum(len(answer) for answer in cleaned.values())
        if length > MAX_CHARACTERS:
            self.add_error("story", too_long(length))
        return cleaned

    def screens(self) -> list[tuple[Question, list[tuple[Field, BoundField, list[str]]]]]:
        """Each question with its fields, for templates: the field, what it holds, and which options are chosen."""
        return [
            (
                hinted(question, self.wording),
                [(field, self[field.key], self._chosen(field)) for field in question.fields],
            )
            for question in questions()
        ]

    def _chosen(self, field: Field) -> list[str]:
        value = self[field.key].value() or ""
        return value.split(SEPARATOR) if field.kind == "many" else [value]

    def answers(self) -> Answers:
        """Each field with the checked answer; empty where the person gave none."""
        return [(field, self.cleaned_data[field.key]) for field in fields()]

    def texts(self) -> list[str]:
        """What was written, without what was chosen."""
        return [answer for field, answer in self.answers() if not field.options]

    def answers_in_words(self) -> list[tuple[Field, str, str]]:
        """Each field with what it is called and the answer as people read it, for the check page.

        What was not meant for this person is left out.
        """
        answers = self.answers()
        skipped = not_asked(answers)
        return [
            (field, (self.is_about_me and field.you.summary) or field.summary, field.words(answer))
            for field, answer in answers
            if field.key not in skipped
        ]

    @property
    def is_about_me(self) -> bool:
        """Whether somebody tells about themselves: then the questions say "you"."""
        return bool(self["who"].value() == ABOUT_ME)

    @property
    def inbox(self) -> str:
        """The inbox that the person chose."""
        return RESTRICTED_INBOX if self.cleaned_data["restricted"] == "yes" else MAIN_INBOX

    @property
    def danger(self) -> bool:
        """The one answer that travels unlocked: danger is "yes" or "not sure"."""
        return self.cleaned_data["danger"] in ("yes", "not-sure")
