"""How every page of the form and of the way back is answered: stored nowhere, and never without numbers to call."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reporting.concern import recaptcha, texts
from reporting.inbox.gate import Gate, pass_gate
from reporting.inbox.keys import InboxClosed
from resources.snapshot import book_from_snapshot

log = logging.getLogger("phoenix.concern")


def page(request: HttpRequest, name: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """A page of the form: stored nowhere on the way, and telling no other site where the person was."""
    response = render(request, f"concern/{name}.html", {"texts": texts.current()} | (context or {}), status=status)
    response.headers["Cache-Control"] = "no-store"
    # `same-origin`, not `no-referrer`: with the latter browsers send `Origin: null` and the guard learns nothing.
    response.headers["Referrer-Policy"] = "same-origin"
    recaptcha.allow_on(response)
    response.is_kind = True  # type: ignore[attr-defined]  # an error status here has its own words
    return response


def page_with_words(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page that holds a person's words, or tells them that we have these: made without asking the database.

    The numbers come from the snapshot on disk, so nothing that dies now can keep the page from them; and there are no
    links in its foot that would lose the words.
    """
    # Whether reading is slow was worked out with the first page, which sends it along.
    always = {"contacts": book_from_snapshot(), "bare_foot": True, "is_slow": "slow" in request.POST}
    return page(request, name, always | context, status)


def page_if_open(
    request: HttpRequest, name: str, context: Callable[[Gate], dict[str, Any]] | None = None
) -> HttpResponse:
    """The form depends on people and keys: without them it becomes the phone numbers before anyone types.

    The reason goes to the log, not to the visitor. If reading is slow, the page asks people to ring. `context` gets the
    gate, which knows the inboxes that can be chosen.
    """
    try:
        gate = pass_gate()
    except InboxClosed as closed:
        log.error("The concern form shows the phone numbers: %s", closed)
        return page(request, "closed", status=503)
    response = page(request, name, (context(gate) if context else {}) | {"is_slow": gate.is_slow})
    # Nobody has written anything yet.
    response.is_same_for_all = True  # type: ignore[attr-defined]
    return response
