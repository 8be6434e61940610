"""Brotli for pages that are read, where the browser takes it: a tenth less than gzip for somebody on a slow phone.

Answers to what was posted stay with Django's gzip, which adds a random length against BREACH (breachattack.com): they
repeat words of the sender. A page that is read repeats nothing that an address could have put there.
"""

import re
from collections.abc import Callable
from functools import lru_cache

import brotli
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

#: Costs about what gzip costs; more takes longer than it saves on the way.
QUALITY = 5
#: As small as it gets takes fifty times as long, so it is done once for each page as it stands.
SMALLEST, PAGES_REMEMBERED = 11, 128
#: Shorter answers gain nothing.
SHORTEST = 200
#: The browser names it, and not to refuse it (RFC 9110, 12.5.3).
TAKES_BROTLI = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?![.\d]))")


def compress(content: bytes, quality: int = QUALITY) -> bytes:
    return brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality)  # type: ignore[no-any-return]


@lru_cache(maxsize=PAGES_REMEMBERED)
def compress_once(content: bytes) -> bytes:
    """The content in as few bytes as can be. Only for what many people read."""
    return compress(content, SMALLEST)


def is_same_for_all(response: HttpResponseBase) -> bool:
    """Whether a view says that this page, which browsers may not store, is nevertheless the same for everybody."""
    return getattr(response, "is_same_for_all", False)


def brotli_public(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware inside of Django's gzip, which leaves alone what is compressed already."""
    from django.http import HttpResponse

    from config.faces import Face

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_page = request.method in ("GET", "HEAD") and request.face is Face.PUBLIC  # type: ignore[attr-defined]
        if not is_page or not isinstance(response, HttpResponse) or response.has_header("Content-Encoding"):
            return response
        if len(response.content) < SHORTEST:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if not TAKES_BROTLI.search(request.headers.get("Accept-Encoding", "")):
            return response
        # An address with a query is somebody's own question; what nobody may store is not kept here either, but for
        # the empty form: it is the same for all, and browsers may not store it so that it leaves no trace.
        may_be_kept = "no-store" not in response.headers.get("Cache-Control", "") or is_same_for_all(response)
        is_one_persons = request.GET or not may_be_kept
        response.content = (compress if is_one_persons else compress_once)(response.content)
        response.headers["Content-Encoding"] = "br"
        response.headers["Content-Length"] = str(len(response.content))
        # The bytes are others than those that the tag was made of; what they say is the same (RFC 9110, 8.8.1).
        if (tag := response.headers.get("ETag", "")).startswith('"'):
            response.headers["ETag"] = f"W/{tag}"
        return response

    return middleware
