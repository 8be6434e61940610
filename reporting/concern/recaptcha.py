"""django-recaptcha, for a council that insists. Off unless both keys are set (docs/decisions/recaptcha.md).

It only ever marks: a report is never refused for it, and nobody's address is handed on by our server.
"""

import logging
from enum import StrEnum

from django.conf import settings
from django.http import HttpResponse

log = logging.getLogger("phoenix.concern")
#: Stands in a page that shows the widget, and in no other. What a person wrote is escaped, so it cannot stand for it.
SCRIPT = b'<script src="https://www.google.com/recaptcha/api.js'
#: What the widget calls its answer, in a form and beside a sealed message.
FIELD, HEADER = "g-recaptcha-response", "Phoenix-Recaptcha"
#: What Google says of an answer that no person gave. Everything else is about our keys, or about a second try.
NOT_A_PERSON = {"invalid-input-response"}
#: What Google's script needs, by its own list, and nothing beside. It makes script of strings: Trusted Types must rest.
CSP_ADD = {
    "script-src": ["https://www.google.com/recaptcha/", "https://www.gstatic.com/recaptcha/"],
    "frame-src": ["https://www.google.com/recaptcha/", "https://recaptcha.google.com/recaptcha/"],
}
CSP_INSTEAD = {"require-trusted-types-for": None, "trusted-types": None}


class Verdict(StrEnum):
    """What is known of who sent a form."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "unchecked"


def is_on() -> bool:
    """Both keys are set."""
    return bool(settings.RECAPTCHA_PUBLIC_KEY and settings.RECAPTCHA_PRIVATE_KEY)


def ask_recaptcha(response: str) -> Verdict:
    """Ask the verify server about a browser's `g-recaptcha-response`.

    UNCHECKED when it is off, when the browser ran no script, when the server does not answer, and when it was asked
    about this answer before (somebody pressed Send again): none is an error.
    """
    if not (is_on() and response):
        return Verdict.UNCHECKED
    from django_recaptcha import client

    try:
        # The third argument would be the visitor's address.
        answer = client.submit(response, settings.RECAPTCHA_PRIVATE_KEY, "")
    except (OSError, ValueError, KeyError) as error:
        log.warning("The verify server did not answer: %s", type(error).__name__)
        return Verdict.UNCHECKED
    if answer.is_valid:
        return Verdict.PASSED
    return Verdict.FAILED if NOT_A_PERSON.issuperset(answer.error_codes) else Verdict.UNCHECKED


def allow_on(response: HttpResponse) -> None:
    """Let a page that shows the widget load it."""
    if is_on() and SCRIPT in response.content:
        response._csp_update = CSP_ADD  # type: ignore[attr-defined]
        response._csp_replace = CSP_INSTEAD  # type: ignore[attr-defined]
