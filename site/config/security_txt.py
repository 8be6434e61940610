"""`/.well-known/security.txt` (RFC 9116): whom to tell about a hole in this site. Without a contact there is no file.

`Expires` is a date that a person sets and sets again: a date that moves by itself would vouch for a contact that
nobody looked at.
"""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

PATH = ".well-known/security.txt"


def expires() -> date | None:
    """The day from which the file counts as stale (RFC 9116 section 2.5.5); None if it is not set to a day."""
    try:
        return date.fromisoformat(settings.SECURITY_EXPIRES)
    except ValueError:
        return None


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The file as text. 404 while the contact or the day is not set."""
    day = expires()
    if not settings.SECURITY_CONTACT or day is None:
        raise Http404
    lines = [
        "# For holes in this website. Worried about a child? Do not write here: see /find-help/ or /tell-us/.",
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {day.isoformat()}T00:00:00Z",
        "Preferred-Languages: en",
    ]
    if settings.ADDRESS:
        lines.append(f"Canonical: {settings.ADDRESS.rstrip('/')}/{PATH}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
