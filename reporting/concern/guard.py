"""Guards the way in without keeping anything about who comes: no cookie, no address, no session.

A post must come from our own page. Browsers say so themselves (`Sec-Fetch-Site`, `Origin`); older ones, and those that
send `Origin: null` for privacy, are let through on the signed token that was made with the check page.
"""

import uuid
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

View = Callable[[HttpRequest], HttpResponseBase]

SIGNER = TimestampSigner(salt="phoenix.concern")
#: Nobody reads a page and presses its button in less.
FRESH_SECONDS = 1


def new_token() -> str:
    """A signed, random report id. Made with the check page, so that the same submission twice is one report."""
    return SIGNER.sign(str(uuid.uuid4()))


def report_id(token: str) -> uuid.UUID | None:
    """The report id of a token that we made, else None."""
    try:
        return uuid.UUID(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None


def is_fresh(token: str) -> bool:
    """Whether a token that we made was made this very moment. How old one may be has no end: people think, or hide."""
    try:
        SIGNER.unsign(token, max_age=FRESH_SECONDS)
    except SignatureExpired:
        return False
    return True


def comes_from_us(request: HttpRequest) -> bool:
    """Whether the browser says, or at least does not deny, that the post comes from our own page.

    Fetch Metadata (W3C) first; else the Origin header (RFC 6454); neither, or `null`, is decided by the token.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    ours = f"{request.scheme}://{request.get_host()}"
    # Behind the onion address a proxy may say "https" of what Tor carried; the page's own origin is the address as set.
    return origin in (None, "null", ours) or (bool(origin) and origin == settings.ONION_ADDRESS)


def posted_here(otherwise: str) -> Callable[[View], View]:
    """For views that need a post from our own page. Coming back to their address leads to the page `otherwise`."""

    def guarded(view: View) -> View:
        @wraps(view)
        def look_first(request: HttpRequest) -> HttpResponseBase:
            if request.method != "POST":
                return redirect(otherwise)
            if not comes_from_us(request):
                raise PermissionDenied
            return view(request)

        return require_http_methods(["GET", "HEAD", "POST"])(look_first)

    return guarded
