"""For browsers that seal by themselves: the keys to seal to, and the door for what they sealed.

A sealed message is posted as the raw body; beside it travel, as headers, the signed report id, the danger bit and the
lookup id of the code words. The server cannot open any of it; it looks at the shape and keeps it.
"""

import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reporting.concern import guard, robots
from reporting.concern.letter import SCHEMA, SUBJECT
from reporting.concern.slow import digest_of
from reporting.inbox import replies
from reporting.inbox.admission import admit_for_one
from reporting.inbox.gate import pass_gate
from reporting.inbox.keys import InboxClosed
from reporting.inbox.mailbox import mailbox_of
from reporting.inbox.marked import NoRoomForMarked
from reporting.inbox.receive import CodeWordsTaken, receive
from reporting.sealing import SealedMessage, SealingError, bucket_of

log = logging.getLogger("phoenix.concern")
CONTENT_TYPE = "application/pgp-encrypted"


def answer(values: dict[str, Any], status: int = 200) -> JsonResponse:
    """An answer for our own script: stored nowhere."""
    response = JsonResponse(values, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.is_kind = True  # type: ignore[attr-defined]  # the script has words of its own for every status
    return response


def not_now(error: Exception) -> JsonResponse:
    """It cannot be taken: `closed` says that the form is the phone numbers now, so that trying again does not help."""
    return answer({"closed": isinstance(error, InboxClosed)}, status=503)


@require_safe
def keys(request: HttpRequest) -> JsonResponse:
    """What a browser needs to seal: the public keys, a signed report id, the salt of the code words, the mail's names.

    503 while nothing can be sealed: the page then shows the phone numbers.
    """
    try:
        inboxes = pass_gate().inboxes
    except (InboxClosed, DatabaseError) as error:
        log.error("No keys were given out: %s", type(error).__name__)
        return not_now(error)
    return answer(
        {
            "token": guard.new_token(),
            # A phone whose clock is wrong would refuse a key as not made yet, and write a wrong minute.
            "time": timezone.now().isoformat(),
            "inboxes": {
                inbox: {"keys": [key.armored for key in recipients], "recipient": mailbox_of(inbox)}
                for inbox, recipients in inboxes.items()
            },
            "salt": settings.CODE_WORDS_SALT.hex(),
            "schema": SCHEMA,
            "subject": SUBJECT,
            "sender": settings.MAIL_FROM,
        }
    )


@require_POST
def receive_sealed(request: HttpRequest) -> JsonResponse:
    """Take in a concern that a browser sealed. 200 with the reference only after it is durably kept."""
    if not guard.comes_from_us(request):
        raise PermissionDenied

    def keep(sealed: SealedMessage, inbox: str, report_id: uuid.UUID, lookup_digest: str) -> JsonResponse:
        report = receive(
            sealed,
            report_id=report_id,
            danger=request.headers.get("Phoenix-Danger") == "yes",
            size_bucket=bucket_of(sealed),
            lookup_digest=lookup_digest,
            inbox=inbox,
            marked=robots.marks_sealed(request),
        )
        return answer({"reference": report.reference})

    return take_sealed(request, keep)


def take_sealed(
    request: HttpRequest, keep: Callable[[SealedMessage, str, uuid.UUID, str], JsonResponse]
) -> JsonResponse:
    """Look at what a browser sealed, and hand it to `keep` with its inbox, its id and the digest of the lookup id.

    The inbox is the one whose keys open it; the digest is empty if there are no code words.

    422 not sealed as it should be, or a token that is not ours; 429 marked, and there is no room for what is marked;
    503 it could not be kept.
    """
    token_id = guard.report_id(request.headers.get("Phoenix-Token", ""))
    if token_id is None or request.content_type != CONTENT_TYPE:
        return answer({}, status=422)
    try:
        sealed, inbox = admit_for_one(request.body, pass_gate().inboxes)
        lookup = request.headers.get("Phoenix-Lookup", "") if replies.are_offered() else ""
        return keep(sealed, inbox, token_id, digest_of(lookup) if lookup else "")
    except NoRoomForMarked:
        return answer({}, status=429)
    except (InboxClosed, DatabaseError) as error:
        log.error("What a browser sealed was not taken: %s", type(error).__name__)
        return not_now(error)
    except (SealingError, CodeWordsTaken) as error:
        log.error("What a browser sealed was refused: %s", type(error).__name__)
        return answer({}, status=422)
