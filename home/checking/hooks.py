"""Where Wagtail calls the checking of contacts: addresses, menu, buttons, log. `home.wagtail_hooks` imports this."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.log_actions import LogActionRegistry

from home.checking import history, views
from home.publishing.review import edit_address
from resources.checking import to_check
from resources.models import Contact


class CheckTheseItem(MenuItem):
    """The entry of the menu, with how many there are."""

    def is_shown(self, request: HttpRequest) -> bool:
        return views.may_check(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = to_check(timezone.localdate()).count()
        label = f"{self.label} ({count})" if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def in_menu() -> MenuItem:
    return CheckTheseItem("Check these", reverse("check_these"), name="check-these", icon_name="check", order=190)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("check-these/", views.CheckThese.as_view(), name="check_these"),
        path("check-these/<int:pk>/", views.CheckOne.as_view(), name="check_one"),
        path("check-these/<int:pk>/note/", views.note, name="note_check"),
        path("check-these/undo/<uuid:uuid>/", views.undo, name="undo_check"),
        path("ring-first/<slug:app>/<slug:model>/<int:pk>/", views.RingFirst.as_view(), name="ring_first"),
    ]


@hooks.register("before_delete_snippet")
def keep_what_is_needed(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """What the site should never be without is hidden, which can be undone, and not deleted."""
    for record in instances:
        if isinstance(record, Contact) and record.key in settings.NEVER_HIDDEN:
            messages.error(request, f"“{record}” is needed too much to be deleted. If it is wrong, hide it.")
            return redirect(edit_address("resources.contact", record.pk))
    return None


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    history.register_actions(actions)
