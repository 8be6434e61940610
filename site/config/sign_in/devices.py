"""Known devices: why nobody can lock the team out.

Failures are counted for a name together with where they come from: a browser in which this person has signed in
before, which a signed cookie says, or else the address. So whoever guesses at a name, from wherever, fills a count of
their own, and the person at their own desk never meets it. The code after the password, which a thief of a password
could try from a thousand addresses, has one count for all unknown devices together, and one for each known one.
Counts stand in memory and are gone after minutes.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from config.sign_in.faces import home_of
from reporting.concern.limits import address_of

KNOWN_FOR = timedelta(days=180)
SALT = "phoenix.known-device"


def cookie_of(name: str) -> str:
    """One for each person: several share a computer of the office."""
    return f"known-{salted_hmac(SALT, name.lower()).hexdigest()[:16]}"


def device_of(request: HttpRequest, name: str) -> str:
    """The mark of this browser, if this person has signed in with it before; else nothing."""
    kept = request.get_signed_cookie(cookie_of(name), default="", salt=SALT, max_age=int(KNOWN_FOR.total_seconds()))
    return str(kept)


def count_of_passwords(request: HttpRequest, name: str) -> str:
    return f"password:{name.lower()}:{device_of(request, name) or address_of(request)}"


def count_of_codes(request: HttpRequest, user: User) -> str:
    return f"code:{user.pk}:{device_of(request, user.get_username()) or 'elsewhere'}"


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """This person has signed in here, second factor included."""
    name = user.get_username()
    response.set_signed_cookie(
        cookie_of(name),
        device_of(request, name) or secrets.token_urlsafe(16),
        salt=SALT,
        max_age=KNOWN_FOR,
        path=home_of(request),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
