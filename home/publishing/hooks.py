"""Where Wagtail calls us: addresses, start page, menus, log. `home.wagtail_hooks` imports this."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from home.publishing import emergency, menus, review, rung, views
from home.publishing.panel import LookAgainPanel

RECORD = "<slug:app>/<slug:model>/<int:pk>/"

hooks.register("construct_page_action_menu", menus.choose_items)
hooks.register("construct_snippet_action_menu", menus.choose_items)
hooks.register("before_edit_page", menus.say_why)
hooks.register("before_edit_snippet", menus.say_why)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path(f"publish-alone/{RECORD}", views.PublishAlone.as_view(), name="publish_alone"),
        path(f"still-right/{RECORD}", views.StillRight.as_view(), name="still_right"),
        path("looked-at/<uuid:uuid>/", views.looked_at, name="looked_at"),
    ]


@hooks.register("construct_homepage_panels")
def panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(LookAgainPanel())


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    emergency.register_actions(actions)
    rung.register_action(actions)
    actions.register_action(review.STILL_RIGHT, "Look again", "Looked at it: still right")
