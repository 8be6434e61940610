"""The parts of a contact record: the ways to reach a service, and the hours when it answers."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from resources.dial import validate_dial_string

DAYS = [
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
]


class DialBlock(blocks.CharBlock):
    """A number as people say it; refused if no phone could dial it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=24, validators=[validate_dial_string], **kwargs)


class TextBlock(blocks.StructBlock):
    """Reach them by text message, sometimes with a word to send."""

    number = DialBlock()
    word = blocks.CharBlock(max_length=20, required=False, help_text="The word to send, if they ask for one")

    class Meta:
        icon = "comment"
        label = "Text"


class WaysBlock(blocks.StreamBlock):
    """How to reach a service, the way to offer first standing first."""

    call = DialBlock(icon="mobile-alt", label="Call")
    text = TextBlock()
    chat = blocks.URLBlock(icon="comment", label="Chat online")
    online = blocks.URLBlock(icon="form", label="Online form")
    sign = blocks.URLBlock(icon="user", label="British Sign Language")
    relay = DialBlock(icon="mobile-alt", label="Relay UK")
    email = blocks.EmailBlock(icon="mail", label="E-mail")


class SpanBlock(blocks.StructBlock):
    """One stretch of the day on some weekdays. A night is two of them: until midnight, and from midnight."""

    days = blocks.MultipleChoiceBlock(choices=DAYS)
    since = blocks.TimeBlock(label="From", help_text="00:00 is midnight at the start of the day")
    until = blocks.TimeBlock(required=False, label="To", help_text="Leave empty for midnight at the end of the day")
    words = blocks.CharBlock(
        max_length=80, required=False, help_text="If these hours are special: only if a child is at risk tonight"
    )

    def clean(self, value: Mapping[str, Any]) -> Any:
        cleaned = super().clean(value)
        if cleaned["until"] and cleaned["until"] <= cleaned["since"]:
            raise blocks.StructBlockValidationError(
                block_errors={
                    "until": ValidationError(
                        "This ends before it begins. For a night, make two: one until midnight (leave “To” empty) "
                        "and one from 00:00."
                    )
                }
            )
        return cleaned

    class Meta:
        icon = "time"
        label = "Hours"


class HoursBlock(blocks.StreamBlock):
    """A week of opening hours."""

    span = SpanBlock()


class SpecialHoursBlock(blocks.StructBlock):
    """One date with other hours than usual, or with none. For two stretches on a date, make two of these."""

    day = blocks.DateBlock(label="Date")
    since = blocks.TimeBlock(required=False, label="From", help_text="Leave “From” and “To” empty: closed all day")
    until = blocks.TimeBlock(required=False, label="To", help_text="Leave empty for midnight at the end of the day")
    words = blocks.CharBlock(max_length=80, required=False, help_text="Why, if people should know: Christmas Eve")

    def clean(self, value: Mapping[str, Any]) -> Any:
        cleaned = super().clean(value)
        if cleaned["until"] and (cleaned["since"] is None or cleaned["until"] <= cleaned["since"]):
            raise blocks.StructBlockValidationError(
                block_errors={"until": ValidationError("This ends before it begins. Give both times, or neither.")}
            )
        return cleaned

    class Meta:
        icon = "date"
        label = "Special hours"


class SpecialDaysBlock(blocks.StreamBlock):
    """The dates on which a service keeps other hours than usual."""

    hours = SpecialHoursBlock()
