"""Signing out of the desk. Signing in is the same for all staff: `config/sign_in/`."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. The browser drops its keys with the page."""
    logout(request)
    return redirect("account_login")
