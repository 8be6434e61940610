"""The way back for browsers that open and seal by themselves: the messages still locked, and the door for an addition.

The browser makes two values of the code words. Only the lookup id travels, as a header; what opens the messages stays.
"""

import logging
import uuid
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from reporting.concern import guard, limits
from reporting.concern.addition import QUESTION, subject
from reporting.concern.sealed import answer, take_sealed
from reporting.concern.slow import digest_of
from reporting.concern.thread import locked_thread
from reporting.inbox.conversation import find
from reporting.inbox.gate import is_open
from reporting.inbox.models import Report
from reporting.inbox.receive import add
from reporting.sealing import CodeWordsRefused, MessageRefused, SealedMessage, bucket_of

log = logging.getLogger("phoenix.concern")


@guard.posted_here(otherwise="concern:reply")
def messages(request: HttpRequest) -> JsonResponse:
    """What a lookup id leads to, still locked. 404 if that is nothing, whatever the reason; 503 if we cannot tell."""
    try:
        found = find(digest_of(request.headers.get("Phoenix-Lookup", "")))
        return answer(as_data(found.report)) if found else answer({}, status=404)
    except CodeWordsRefused:
        return answer({}, status=404)
    except DatabaseError as error:
        log.error("A conversation could not be looked up: %s", type(error).__name__)
        return answer({}, status=503)


@guard.posted_here(otherwise="concern:reply")
def add_sealed(request: HttpRequest) -> JsonResponse:
    """Take in an addition that a browser sealed. 200 with the conversation as it is then, once it is durably kept.

    404 if the lookup id leads nowhere (any more); else as `take_sealed` says.
    """

    def keep(sealed: SealedMessage, inbox: str, letter_id: uuid.UUID, lookup_digest: str) -> JsonResponse:
        found = find(lookup_digest)
        if found is None:
            return answer({}, status=404)
        if found.report.inbox != inbox:
            raise MessageRefused("It is sealed to another inbox than the report.")
        marked = limits.is_burst(request)
        add(sealed, report=found.report, letter_id=letter_id, size_bucket=bucket_of(sealed), marked=marked)
        found.report.refresh_from_db()
        return answer(as_data(found.report))

    return take_sealed(request, keep)


def as_data(report: Report) -> dict[str, Any]:
    """The conversation still locked, and what a browser needs to add to it.

    `token` is for a form that is sent to be sealed here; a browser that seals takes one with the keys, for each text.
    """
    return locked_thread(report) | {
        "can_add": is_open(report.inbox),
        "inbox": report.inbox,
        "subject": subject(report.reference),
        "question": QUESTION,
        "token": guard.new_token(),
    }
