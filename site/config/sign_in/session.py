"""Sessions of staff: each face its own cookie, short, and nobody without a second factor, looked at on every request.

It is not enough to ask at the sign-in: whatever else signs somebody in (a view of Wagtail, a library, a mistake of
ours) would be a side door.
"""

import time
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from config.faces import Face
from config.sign_in.faces import belongs, home_of

#: When the session was last used; written at most once a minute.
SEEN = "seen"
SEEN_STEP = 60
#: What stands for two factors: a second one of ours, or the council's own sign-in, which says that it asked for one.
TWO_FACTORS = ("mfa", "socialaccount")


class StaffSession(SessionMiddleware):
    """Django's, with a cookie that a browser sends to the paths of its own face only, on any host."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        if cookie := response.cookies.get(settings.SESSION_COOKIE_NAME):
            cookie["path"] = home_of(request)
        return response


class SecondFactor:
    """Ends a session that has no second factor, is over, or is not for this face; its holder is then a visitor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if holds(request):
                note_use(request)
            else:
                logout(request)
        return self.get_response(request)


def holds(request: HttpRequest) -> bool:
    """Whether the session of somebody who is signed in counts."""
    records = get_authentication_records(request, request.user)
    if not any(record["method"] in TWO_FACTORS for record in records):
        return False
    began, now = records[0]["at"], time.time()
    if now - began > settings.SESSION_HOURS * 3600:
        return False
    if now - last_use(request) > settings.SESSION_IDLE_MINUTES * 60:
        return False
    # At the desk every view asks who the officer is (reporting/desk/access.py); Wagtail knows no officers.
    return request.face is Face.DESK or belongs(request.user, Face.CMS)  # type: ignore[attr-defined,arg-type]


def note_use(request: HttpRequest) -> None:
    now = time.time()
    if now - last_use(request) >= SEEN_STEP:
        request.session[SEEN] = now


def last_use(request: HttpRequest) -> float:
    """When it was last used, within a minute; at first, when it began."""
    began: float = get_authentication_records(request, request.user)[0]["at"]
    return float(request.session.get(SEEN, began))
