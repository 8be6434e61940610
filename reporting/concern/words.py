"""Code words as somebody typed them, and the conversation they lead to."""

from django.views.decorators.debug import sensitive_variables

from reporting.concern.slow import derive_in_turn
from reporting.inbox import replies
from reporting.inbox.conversation import find
from reporting.inbox.models import Conversation
from reporting.sealing import CodeWords, CodeWordsRefused
from reporting.sealing.code_words import make, normalise


@sensitive_variables()
def six_words(typed: str) -> str:
    """The six words that were typed, as they were given; six new ones, which lead nowhere yet, if these are none.

    None at all where nobody writes back.
    """
    if not replies.are_offered():
        return ""
    try:
        return normalise(typed)
    except CodeWordsRefused:
        return make()


@sensitive_variables()
def look_up(words: str) -> tuple[Conversation | None, CodeWords]:
    """The conversation that six words lead to, if any, and what opens its messages.

    Whatever was typed costs one derivation and one question to the database, so the time of the answer tells nothing.
    """
    code_words, digest = derive_in_turn(words)
    return find(digest), code_words
