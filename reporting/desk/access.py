"""Who gets what at the desk. Everybody else gets nothing, not even sealed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from reporting.inbox.models import Officer

View = Callable[..., HttpResponse]


def officer_of(request: HttpRequest) -> Officer | None:
    """The officer who is signed in. An account of the CMS is none, its administrator's neither."""
    if not request.user.is_authenticated:
        return None
    return Officer.objects.select_related("user").filter(user_id=request.user.pk).first()


def say(values: dict[str, Any], status: int = 200) -> JsonResponse:
    """An answer for the desk's own script, which has words of its own for every status."""
    response = JsonResponse(values, status=status)
    response.is_kind = True  # type: ignore[attr-defined]
    return response


def is_duty_manager(officer: Officer) -> bool:
    """Whether they may pause the form and read the audit (`manage.py may_pause`)."""
    return bool(officer.user.has_perm("inbox.close_form"))


def page_for_officers(view: View) -> View:
    """A page for officers who can open reports. Others are led to sign in, or told why there is nothing for them."""

    return _page(view, lambda officer: bool(officer.inboxes))


def page_for_members(view: View) -> View:
    """A page for every officer, also those who have no key or slot yet."""
    return _page(view, lambda officer: True)


def _page(view: View, is_allowed: Callable[[Officer], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("account_login")
        officer = officer_of(request)
        if officer is None or not is_allowed(officer):
            response = render(request, "desk/no_access.html", {"officer": officer}, status=403)
            response.is_kind = True  # type: ignore[attr-defined]
            return response
        return view(request, officer, *args, **kwargs)

    return guarded


def page_for_managers(view: View) -> View:
    """A page for duty managers among those officers. Others get 403."""

    @wraps(view)
    def guarded(request: HttpRequest, officer: Officer, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_duty_manager(officer):
            raise PermissionDenied
        return view(request, officer, *args, **kwargs)

    return page_for_officers(guarded)


def data_for_officers(view: View) -> View:
    """Sealed data for officers who can open it: 401 before sign-in, 403 without a slot.

    A page says for whom it was unlocked (`Phoenix-Officer`). When somebody else has signed in since, in another tab,
    that page is signed out, so that nothing is read or written in a colleague's name.
    """

    return _data(view, lambda officer: bool(officer.inboxes))


def data_for_members(view: View) -> View:
    """Data for every officer, also those who have no key or slot yet: nothing of a report."""
    return _data(view, lambda officer: True)


def _data(view: View, is_allowed: Callable[[Officer], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return say({}, status=401)
        officer = officer_of(request)
        if officer is None or not is_allowed(officer):
            return say({}, status=403)
        if request.headers.get("Phoenix-Officer", str(officer.pk)) != str(officer.pk):
            return say({}, status=401)
        return view(request, officer, *args, **kwargs)

    return guarded
