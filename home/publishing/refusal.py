"""What people see when one person tried to publish what needs two: their draft, with the reason above it."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from home.publishing.guard import NotRung, Refused
from home.publishing.review import address_of


class KindRefusal:
    """Answers for every screen at once. Their words are not lost: Wagtail keeps a draft before it publishes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ValidationError):
            # What is not fit to be published by anybody, on a path that Wagtail does not check, such as an approval.
            messages.error(request, f"Not published. {' '.join(exception.messages)}")
            return redirect("wagtailadmin_home")
        if not isinstance(exception, Refused):
            return None
        if not request.accepts("text/html"):
            said = {"success": False, "error_code": "needs_two", "error_message": exception.reason}
            return JsonResponse(said, status=403)
        if isinstance(exception, NotRung):
            return redirect("ring_first", *address_of(exception.record))
        if exception.record.pk is not None and (address := AdminURLFinder(request.user).get_edit_url(exception.record)):
            return redirect(address)  # the reason stands there (`menus.say_why`)
        messages.warning(request, exception.reason)
        return redirect("wagtailadmin_home")
