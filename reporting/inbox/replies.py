"""Whether the team writes back: a council's choice (setting `REPLIES`), which the form, the desk and the pages say."""

from enum import StrEnum

from django.conf import settings


class Replies(StrEnum):
    """`OFF`: nobody writes back, and there are no code words. `ONE`: one message, which can be answered. `OPEN`."""

    OFF = "off"
    ONE = "one"
    OPEN = "open"


def are_offered() -> bool:
    """Whether a reporter gets code words, and words lead to a conversation."""
    return bool(settings.REPLIES != Replies.OFF)
