"""Addresses of signing in that both faces have. What is not named here (sign-up, mails, resets) does not exist."""

from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import path

from config.sign_in.invitations import AcceptInvitation
from config.sign_in.passkeys import RemovePasskey

urlpatterns = [
    path("", mfa.index, name="mfa_index"),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("again/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("app/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("invitation/<uidb64>/<token>/", AcceptInvitation.as_view(), name="invitation"),
    path("with/<slug:provider_id>/", openid.login, name="openid_connect_login"),
    path("with/<slug:provider_id>/back/", openid.callback, name="openid_connect_callback"),
]
