"""The way back without script: six code words, what the team wrote, and a box to add more.

Each step is a page, and words live in this process's memory only. With script the first page does it all in the
browser and calls `reporting/concern/messages.py`.
"""

import logging
import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from reporting.concern import guard, limits
from reporting.concern.addition import AdditionForm, letter_id, seal_addition
from reporting.concern.pages import page, page_with_words
from reporting.concern.thread import open_thread
from reporting.concern.words import look_up, six_words
from reporting.inbox import replies
from reporting.inbox.gate import gate_if_open, pass_gate
from reporting.inbox.keys import InboxClosed
from reporting.inbox.mailbox import mailbox_of
from reporting.inbox.marked import NoRoomForMarked
from reporting.inbox.models import Report
from reporting.inbox.models.key import MAIN_INBOX
from reporting.inbox.receive import add
from reporting.sealing import SealingError

log = logging.getLogger("phoenix.concern")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
def reply(request: HttpRequest) -> HttpResponse:
    """The box for the words (GET), and what they lead to (POST). All wrong words get one answer."""
    if not replies.are_offered():
        return page(request, "no_replies")
    if request.method != "POST":
        context = {"is_new": True, "salt": settings.CODE_WORDS_SALT.hex(), "form": AdditionForm()}
        return page(request, "reply", context | adding_now())
    if not guard.comes_from_us(request):
        raise PermissionDenied
    typed = request.POST.get("words", "")
    words = six_words(typed)
    try:
        found, code_words = look_up(words)
        if found is None:
            return page_with_words(request, "reply", {"typed": typed, "trouble": "wrong"}, status=422)
        thread = open_thread(found.report, code_words.reply_key)
        return conversation(request, words, thread=thread, **adding(found.report.inbox))
    except (DatabaseError, OSError) as error:
        log.error("A conversation could not be looked up: %s", type(error).__name__)
        return page_with_words(request, "reply", {"typed": typed, "trouble": "not_now"}, status=503)


def adding(inbox: str = MAIN_INBOX) -> dict[str, bool]:
    """Whether more can be taken now, and whether it is read late."""
    gate = gate_if_open()
    return {"can_add": gate is not None and inbox in gate.inboxes, "is_slow": gate is not None and gate.is_slow}


def adding_now() -> dict[str, bool]:
    """The same for the empty page: without the database nobody knows, and the box for the words comes all the same."""
    try:
        return adding()
    except DatabaseError as error:
        log.error("The gate could not be asked: %s", type(error).__name__)
        return {"can_add": False}


@guard.posted_here(otherwise="concern:reply")
@sensitive_variables()
def add_more(request: HttpRequest) -> HttpResponse:
    """Seal what was added, keep it, and only then say that we have it, with the conversation as it is then."""
    form = AdditionForm(request.POST)
    token = request.POST.get("token", "")
    words = six_words(request.POST.get("words", ""))
    written: dict[str, Any] = {"form": form, "token": token}
    if not words:
        return conversation(request, words, status=422, trouble="no_way", **written)
    try:
        found, code_words = look_up(words)
        if found is None:
            return conversation(request, words, status=422, trouble="no_way", **written)
        written["thread"] = open_thread(found.report, code_words.reply_key)
        token_id = guard.report_id(token)
        if not form.is_valid():
            return conversation(request, words, status=422, trouble="check", **written)
        if token_id is None:
            fresh = written | {"token": guard.new_token()}
            return conversation(request, words, status=422, trouble="stale", **fresh)
        take_in(form.cleaned_data["text"], found.report, token_id, limits.is_burst(request))
        found.report.refresh_from_db()
        now = open_thread(found.report, code_words.reply_key)
        return conversation(request, words, sent=True, thread=now, **adding(found.report.inbox))
    except NoRoomForMarked:
        return conversation(request, words, status=429, trouble="crowded", **written)
    except (DatabaseError, InboxClosed, SealingError, OSError) as error:
        # Not the words of the error: they could hold the words of the person.
        log.error("An addition was not taken: %s", type(error).__name__)
        trouble = "closed" if isinstance(error, InboxClosed) else "not_sent"
        return conversation(request, words, status=503, trouble=trouble, **written)


@sensitive_variables()
def conversation(request: HttpRequest, words: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The conversation, as much of it as is known, with the box to add more. It carries the code words hidden."""
    always = {"words": words, "form": AdditionForm(), "token": guard.new_token()}
    return page_with_words(request, "conversation", always | context, status)


@sensitive_variables()
def take_in(text: str, report: Report, token_id: uuid.UUID, marked: bool) -> None:
    """Seal an addition and keep it."""
    recipients = pass_gate().keys_of(report.inbox)
    sealed, bucket = seal_addition(text, report.reference, recipients, timezone.now(), mailbox_of(report.inbox))
    add(sealed, report=report, letter_id=letter_id(token_id, text), size_bucket=bucket, marked=marked)
