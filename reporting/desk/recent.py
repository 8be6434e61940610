"""Key work and the like ask for the second factor again: an open desk that somebody finds is not enough."""

import time
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from reporting.desk.access import View, say

SAID = "It is a while since you typed a code. Type one in another tab, then try again."
TWO_FACTORS = ("mfa", "socialaccount")


def is_recent(request: HttpRequest) -> bool:
    """Whether whoever is signed in gave a second factor within `AGAIN_MINUTES`."""
    records = get_authentication_records(request, request.user)
    given = [record["at"] for record in records if record["method"] in TWO_FACTORS]
    return bool(given) and time.time() - max(given) < settings.AGAIN_MINUTES * 60


def recently_signed_in(view: View) -> View:
    """Inside of `page_for_officers` or `data_for_officers`: the view runs only soon after a second factor.

    A page leads there and back again. The desk's script gets 401 with words (`said`) and the address to open in
    another tab (`again`), and tries once more afterwards: what was typed stays where it is.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_recent(request):
            return view(request, *args, **kwargs)
        again = reverse("mfa_reauthenticate")
        if request.method == "GET" and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
            return redirect(f"{again}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")
        return say({"said": SAID, "again": again}, status=401)

    return guarded
