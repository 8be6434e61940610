"""What allauth asks about accounts: who may sign in where, what counts as too often, and what is said."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.contrib.messages import ERROR
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from config.sign_in import notes
from config.sign_in.devices import count_of_passwords, remember
from config.sign_in.faces import belongs, home_of
from config.sign_in.second_factor import MAIN
from reporting.concern.limits import address_of

#: What the settings call the council's own sign-in.
PROVIDER = "council"
REFUSED = "We could not sign you in. Check your name and your password, and that your account is for this place."


class Accounts(DefaultAccountAdapter):
    """allauth's, for people who were invited. Whatever is wrong with a sign-in, the answer is the same."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": REFUSED,
        "too_many_login_attempts": "That was tried too often. Wait five minutes, or use a passkey or a computer on "
        "which you have signed in before.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The account of this name and password, if it is for this face and has a second factor.

        Without one it could be set up by whoever stole the password; it comes with an invitation only.
        """
        user = super().authenticate(request, **credentials)
        if not user or not belongs(user, request.face) or not is_mfa_enabled(user, MAIN):  # type: ignore[attr-defined]
            notes.refused(request, credentials["username"], "password")
            return None
        if request.user.is_authenticated:
            self.logout(request)  # somebody else at the same computer
        return user

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse | None:
        """Passkeys and the council's own sign-in come past `authenticate`."""
        if not belongs(user, request.face):  # type: ignore[attr-defined]
            notes.refused(request, user.get_username(), "not-for-this")
            raise ImmediateHttpResponse(refusal(request))
        return super().pre_login(request, user, **more)

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        response = super().post_login(request, user, **more)
        remember(request, response, user)
        notes.signed_in(request, user)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return count_of_passwords(request, credentials["username"])

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request) or "nowhere"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(request)

    def is_safe_url(self, url: str) -> bool:
        """Where to go next is a page of this face, or it is not taken."""
        return bool(url) and url.startswith(home_of(self.request)) and url_has_allowed_host_and_scheme(url, None)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **more: Any) -> None:
        """Our pages say what was done; a message more would turn up on the next page of the editor."""
        if level == ERROR:
            super().add_message(request, level, *args, **more)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        """A second factor, never the password alone; of the council's own accounts, signing in once more."""
        methods = []
        if is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]):
            methods.append({"id": "code", "description": "Use a code", "url": reverse("mfa_reauthenticate")})
        if is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]):
            address = reverse("mfa_reauthenticate_webauthn")
            methods.append({"id": "passkey", "description": "Use a passkey", "url": address})
        if not methods and SocialAccount.objects.filter(user_id=user.pk).exists():
            address = reverse("openid_connect_login", args=[PROVIDER])
            methods.append({"id": "council", "description": "Sign in once more", "url": address})
        return methods


def refusal(request: HttpRequest) -> HttpResponse:
    """The answer to a sign-in that has no form to say it in."""
    response = render(request, "account/refused.html", {"why": REFUSED}, status=403)
    response.is_kind = True  # type: ignore[attr-defined]
    return response
