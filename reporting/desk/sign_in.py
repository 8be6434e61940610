"""Signing in to the desk and out of it."""

from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from reporting.inbox.models import Officer


class OfficerForm(AuthenticationForm):
    """Takes officers only. Whatever is wrong, the answer is the same."""

    error_messages = {
        "invalid_login": "We could not sign you in. Check your name and your password, and that your account is for "
        "the desk.",
        "inactive": "We could not sign you in. Check your name and your password, and that your account is for the "
        "desk.",
    }

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if not Officer.objects.filter(user_id=user.pk).exists():
            raise self.get_invalid_login_error()


class SignIn(LoginView):
    """After it there is one place to go; an address to go to next is not taken from anybody."""

    form_class = OfficerForm
    template_name = "desk/sign_in.html"
    redirect_authenticated_user = False

    def get_success_url(self) -> str:
        return self.get_default_redirect_url()

    next_page = "desk:desk"


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. The browser drops its keys with the page."""
    logout(request)
    return redirect("desk:sign_in")
