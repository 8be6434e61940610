"""What must be set before staff can sign in: `manage.py check --deploy` says what is missing."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from config.faces import Face

LENGTH = 32


@register(Tags.security, deploy=True)
def second_factor_keys(**kwargs: Any) -> list[CheckMessage]:
    """A face of staff needs keys for the secrets of second factors; a public one must do without them."""
    keys = settings.SECOND_FACTOR_KEYS
    if settings.PHOENIX_FACE is Face.PUBLIC:
        return []
    if not keys or min(map(len, keys)) < LENGTH:
        return [
            Error(
                "PHOENIX_SECOND_FACTOR_KEYS is not set, or a key in it is short.",
                hint="Nobody can sign in without it. Make one: python -c 'import secrets; "
                "print(secrets.token_urlsafe(48))', keep it apart from the database’s backups (docs/sign-in.md).",
                id="phoenix.E040",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def council_accounts(**kwargs: Any) -> list[CheckMessage]:
    """Without the tenant everybody who signs in with the council's accounts is refused."""
    if settings.OIDC_SERVER and not settings.OIDC_TENANT:
        return [
            Error(
                "PHOENIX_OIDC_SERVER is set, and PHOENIX_OIDC_TENANT is not.",
                hint="It is the claim `tid` of the council’s accounts; with none, all of them are refused.",
                id="phoenix.E041",
            )
        ]
    return []
