"""Signing in with the council's own accounts (OpenID Connect; Microsoft Entra ID is described in docs/sign-in.md)."""

import hmac
import time

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest

from config.sign_in.accounts import refusal


class CouncilAccounts(DefaultSocialAccountAdapter):
    """Takes people whom `link_identity` named, of our tenant, who gave a second factor just now. Makes no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """A person is the pair of `tid` and `oid`, which nobody can change; never an address or a name."""
        told = sociallogin.account.extra_data.get("id_token", {})
        same_tenant = bool(settings.OIDC_TENANT) and hmac.compare_digest(str(told.get("tid")), settings.OIDC_TENANT)
        # We ask for `prompt=login`, which whoever sits at the browser can take out of the address: a session that is
        # still open at the provider must not pass for somebody who was asked just now.
        fresh = time.time() - told.get("auth_time", 0) < settings.AGAIN_MINUTES * 60
        two_factors = "mfa" in told.get("amr", [])
        if not (same_tenant and two_factors and fresh and sociallogin.is_existing):
            raise ImmediateHttpResponse(refusal(request))

    def on_authentication_error(self, request: HttpRequest, *args: object, **more: object) -> None:
        raise ImmediateHttpResponse(refusal(request))
