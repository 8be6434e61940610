"""Kind error pages: what happened, what the person can do, and the numbers to call now.

One middleware stands outside of everything else and gives every bare error answer of a public path its page. The
numbers come from the snapshot of the contact records on disk, so the pages also work while the database is down.
"""

import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from config.faces import Face, GetResponse, face_here
from resources.snapshot import book_from_snapshot

log = logging.getLogger("phoenix.errors")

#: Status: heading, first sentence, what to do. "We did not get it" stands wherever a report may have been on its way.
ERRORS: dict[int, tuple[str, str, str]] = {
    400: (
        "That did not work",
        "Something in what your browser sent was not as it should be.",
        "Go back and try again. If you were telling us something, we did not get it.",
    ),
    403: (
        "We could not let that through",
        "Your browser did not show that this came from our own page.",
        "Open the page again and try once more. If you were telling us something, we did not get it.",
    ),
    404: (
        "We cannot find that page",
        "It may have moved, or the address may have a mistake in it.",
        "Start again from the first page. You will find people to talk to there.",
    ),
    405: (
        "That page does not work this way",
        "You may have come back to it from a bookmark or with the Back button.",
        "Start again from the first page. If you were telling us something, we did not get it.",
    ),
    413: (
        "That is too long to send at once",
        "What you wrote is more than this form can take. We did not get it.",
        "Go back and make it shorter. A few sentences are enough to start with.",
    ),
    429: (
        "Too many people at once",
        "A lot is being sent from where you are just now. We did not get it.",
        "Wait for a minute and try again. If you cannot wait, call.",
    ),
    500: (
        "Something went wrong here",
        "It is our fault, not yours. If you were telling us something, we did not get it.",
        "Try again in a few minutes. If you cannot wait, call.",
    ),
    503: (
        "This site is not working just now",
        "It is our fault, not yours. If you were telling us something, we did not get it.",
        "Try again in a few minutes. If you cannot wait, call.",
    ),
}


def error_page(status: int) -> str:
    """The whole HTML page for an HTTP status, without a query: names from settings, numbers from the snapshot."""
    from config.context import site

    heading, happened, advice = ERRORS[status]
    context = {
        "status": status,
        "heading": heading,
        "happened": happened,
        "advice": advice,
        "contacts": book_from_snapshot(),
    }
    return render_to_string("error.html", context | site(None))


class ErrorPages:
    """Gives every error answer of a public path or the desk its page; staff of the CMS keep Wagtail's own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in ERRORS or getattr(response, "is_kind", False):
            return response
        if face_here(request.path) is Face.CMS:
            return response
        page = error_page(response.status_code).encode()
        response.content = b"" if request.method == "HEAD" else page
        response.headers["Content-Type"] = "text/html; charset=utf-8"
        response.headers["Cache-Control"] = "no-store"
        for stale in ("ETag", "Content-Encoding", "Content-Length"):
            if response.has_header(stale):
                del response[stale]
        response.headers["Content-Length"] = str(len(page))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A database that does not answer is a 503: it passes, and trying again is worth it."""
        if isinstance(exception, OperationalError | InterfaceError):
            log.error("The database did not answer: %s", type(exception).__name__)
            return HttpResponse(status=503)
        return None
