"""Invitations: a link, once and for some days, by which somebody sets their password and their second factor at once.

Nothing of it is kept. The token is Django's, as for a password reset: a digest over the account's password as it is
stored, so that it stops working when the password is set or another invitation is made.
"""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from config.faces import Face
from config.sign_in.encryption import lock, unlock


class InvitationTokens(PasswordResetTokenGenerator):
    """Django's, which end after PASSWORD_RESET_TIMEOUT."""

    key_salt = "phoenix.invitation"


tokens = InvitationTokens()


@transaction.atomic
def invite(user: User, face: Face) -> str:
    """Start an account anew, without password, second factor or sessions, and give the path of its invitation."""
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    who = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("invitation", args=[who, tokens.make_token(user)], urlconf=settings.STAFF_URLCONFS[face])


class AcceptForm(SetPasswordForm):  # type: ignore[type-arg]  # generic for the stubs alone
    """A password, and the first code of the authenticator app that has read the secret."""

    secret = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(label="Code of your app")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].replace(" ", "")
        try:
            self.totp_secret = unlock(self.data["secret"], settings.PASSWORD_RESET_TIMEOUT)
        except (KeyError, ValueError):
            raise forms.ValidationError("This page is too old. Open the link of your invitation again.") from None
        if not validate_totp_code(self.totp_secret, code):
            raise forms.ValidationError("This code is not right. Look at your app, and type the code it shows now.")
        return code


class AcceptInvitation(PasswordResetConfirmView):
    """Sets both in one step: an account never stands there with a password alone."""

    form_class = AcceptForm
    template_name = "account/invitation.html"
    token_generator = tokens
    reset_url_token = "accept"  # noqa: S105 (stands in the address instead of the token)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        if self.validlink:
            form = context["form"]
            secret = getattr(form, "totp_secret", None) or generate_totp_secret()
            adapter = get_adapter()
            address = adapter.build_totp_url(self.user, secret)
            context |= {"secret": secret, "locked": lock(secret), "qr": adapter.build_totp_svg(address)}
        return context

    def form_valid(self, form: AcceptForm) -> HttpResponse:  # type: ignore[override]  # the form_class above
        with transaction.atomic():
            form.save()
            TOTP.activate(self.user, form.totp_secret)
            codes = RecoveryCodes.activate(self.user)
            codes.mark_as_viewed()
        del self.request.session["_password_reset_token"]
        page = {"codes": codes.get_unused_codes()}
        return self.response_class(self.request, ["account/invited.html"], page, using=self.template_engine)
