"""Sign-ins of officers, and those that were refused, in the audit."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.models import User
from django.dispatch import receiver
from django.http import HttpRequest

from config.faces import Face
from reporting.inbox.audit import Action, note
from reporting.inbox.models import Officer


def _officer(request: HttpRequest, **who: object) -> Officer | None:
    if request.face is not Face.DESK:  # type: ignore[attr-defined]
        return None
    return Officer.objects.filter(**who).first()


def signed_in(request: HttpRequest, user: User) -> None:
    if officer := _officer(request, user=user):
        last = get_authentication_records(request, user)[-1]
        note(Action.SIGNED_IN, officer=officer, by=last.get("type", last["method"]))


def refused(request: HttpRequest, name: str, why: str) -> None:
    """Nothing typed is noted: a name that is no officer's leaves no line."""
    if officer := _officer(request, user__username=name):
        note(Action.SIGN_IN_REFUSED, officer=officer, why=why)


@receiver(authentication_failed)
def wrong_code(request: HttpRequest, user: User, **more: object) -> None:
    refused(request, user.get_username(), "code")


@receiver(authenticator_added)
def added(request: HttpRequest, user: User, authenticator: Authenticator, **more: object) -> None:
    if officer := _officer(request, user=user):
        note(Action.SECOND_FACTOR_ADDED, officer=officer, factor=authenticator.type)


@receiver(authenticator_removed)
def removed(request: HttpRequest, user: User, authenticator: Authenticator, **more: object) -> None:
    if officer := _officer(request, user=user):
        note(Action.SECOND_FACTOR_REMOVED, officer=officer, factor=authenticator.type)
