"""What looks as if no person had sent it. It is marked for the desk and kept like everything else, never refused.

Three signs: a box that people do not see is filled in, the form comes back sooner than a person can press Send, or more
comes from one place than from a busy school. A fourth is django-recaptcha's, where a council has it. Not running script
is no sign. Why, and the numbers: docs/decisions/robots.md.
"""

from django.http import HttpRequest

from reporting.concern import guard, limits, recaptcha

#: The box that people do not see, and what says in its place that a browser with script found it filled.
TRAP, TRAP_HEADER = "website", "Phoenix-Trap"


def marks_form(request: HttpRequest) -> bool:
    """Whether a concern that the server is to seal gets the mark. Counts it."""
    fields = request.POST
    return any(
        [
            bool(fields.get(TRAP)),
            guard.is_fresh(fields.get("token", "")),
            is_refused(fields.get(recaptcha.FIELD, "")),
            limits.is_burst(request),
        ]
    )


def marks_sealed(request: HttpRequest) -> bool:
    """Whether a concern that a browser sealed gets the mark. Counts it.

    How old its token is tells nothing: on a bad connection the keys come when Send is pressed.
    """
    headers = request.headers
    return any(
        [
            bool(headers.get(TRAP_HEADER)),
            is_refused(headers.get(recaptcha.HEADER, "")),
            limits.is_burst(request),
        ]
    )


def is_refused(response: str) -> bool:
    return recaptcha.ask_recaptcha(response) is recaptcha.Verdict.FAILED
