"""Typing a code, of an authenticator app or of the recovery codes: each is taken once, by whichever process."""

from typing import Any

from allauth.account.adapter import get_adapter as accounts
from allauth.core import context, ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import transaction

from config.sign_in.devices import count_of_codes

#: The time step (RFC 6238) of the newest code that was taken.
LAST_STEP = "last_step"


class Once:
    """allauth remembers used codes in the memory of one process, and for shorter than they are taken here."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        limit = {"action": "login_failed", "key": count_of_codes(context.request, self.user)}
        if not ratelimit.consume(context.request, **limit):
            raise accounts().validation_error("too_many_login_attempts")
        kept = {one.type: one for one in Authenticator.objects.filter(user=self.user)}
        app, recovery = kept.get(Authenticator.Type.TOTP), kept.get(Authenticator.Type.RECOVERY_CODES)
        if app and take(app, code):
            self.authenticator = app
        elif recovery and recovery.wrap().validate_code(code):
            self.authenticator = recovery
        else:
            if app:
                self._emit_authentication_failed(app)  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        self.authenticator.user = self.user
        ratelimit.clear(context.request, **limit)
        return code


def take(app: Authenticator, code: str) -> bool:
    """Whether a code of an authenticator app is right, and newer than every one that was taken before."""
    with transaction.atomic():
        app = Authenticator.objects.select_for_update().get(pk=app.pk)
        secret = get_adapter().decrypt(app.data["secret"])
        for step in yield_hotp_counters_from_time():
            right = compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))
            if right and step > app.data.get(LAST_STEP, 0):
                app.data[LAST_STEP] = step
                app.save(update_fields=["data"])
                return True
    return False


class CodeForm(Once, AuthenticateForm):
    """After the password."""


class CodeAgainForm(Once, ReauthenticateForm):
    """Before something that must not be done by whoever finds an open desk."""
