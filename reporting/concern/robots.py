"""django-recaptcha, for a council that insists. Off unless both keys are set (docs/decisions/recaptcha.md).

It only ever marks: a report is never refused for it, and nobody's address is handed on by our server.
"""

from enum import StrEnum

from django.conf import settings


class Verdict(StrEnum):
    """What is known of who sent a form."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "unchecked"


def ask_recaptcha(response: str) -> Verdict:
    """Ask the verify server about a browser's `g-recaptcha-response`.

    UNCHECKED when it is off, when the browser ran no script, and when the server does not answer: none is an error.
    """
    if not (settings.RECAPTCHA_PUBLIC_KEY and settings.RECAPTCHA_PRIVATE_KEY and response):
        return Verdict.UNCHECKED
    from django_recaptcha import client

    try:
        # The third argument would be the visitor's address.
        answer = client.submit(response, settings.RECAPTCHA_PRIVATE_KEY, "")
    except (OSError, ValueError, KeyError):
        return Verdict.UNCHECKED
    return Verdict.PASSED if answer.is_valid else Verdict.FAILED
