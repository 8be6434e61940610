"""What allauth asks about second factors: how secrets are kept, how they are shown, and when one may go."""

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User

from config.sign_in.encryption import lock, unlock

MAIN = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactors(DefaultMFAAdapter):
    """allauth's, with locked secrets, QR codes by our own library, and the last factor kept."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right, or it was used before. Wait for the next one and try again.",
        "cannot_delete_authenticator": "This is your only second factor, so it has to stay. Add a passkey first, or "
        "ask for a new invitation.",
    }

    def encrypt(self, text: str) -> str:
        return lock(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unlock(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def build_totp_svg(self, url: str) -> str:
        return str(segno.make(url, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff"))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user, type__in=MAIN).exclude(pk=authenticator.pk)
        return others.exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 (allauth's name)
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"
