"""What stands in the header and the footer of every page."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from wagtail.models import Page

from home.models import DoorPage, FindHelpPage, GetHelpPage, InfoPage

register = template.Library()

#: Page heads, bubbles and icon discs take the colour of their audience.
HUES = {"young": "yp", "parents": "pc", "professionals": "pr", "councillors": "cl"}


@dataclass(frozen=True)
class MenuItem:
    """One link of the menu. `card`, `hue` and `audience` are a door's own."""

    words: str
    href: str
    is_here: bool = False
    card: str = ""
    hue: str = ""
    audience: str = ""


def _items(request: HttpRequest) -> list[MenuItem]:
    doors = DoorPage.objects.live().in_menu().order_by("path")
    helps = FindHelpPage.objects.live().in_menu()
    return [
        MenuItem(
            page.menu_words,
            page.get_url(request),
            request.path.startswith(page.get_url(request)),
            getattr(page, "card", ""),
            HUES.get(page.audience_code, ""),
            page.audience_code,
        )
        for page in [*doors, *helps]
    ]


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> list[MenuItem]:
    """The doors and the way to find help, read once an answer."""
    request = context["request"]
    if not hasattr(request, "_menu"):
        request._menu = _items(request)
    found: list[MenuItem] = request._menu
    return found


@register.simple_tag(takes_context=True)
def doors(context: dict[str, Any]) -> list[MenuItem]:
    """The doors alone, for the home page."""
    return [item for item in menu(context) if item.audience]


def foot_pages(context: dict[str, Any]) -> list[Page]:
    """The pages about this site, and the get-help page of every language: one query an answer.

    None while the database does not answer: then the footer can wait.
    """
    request = context.get("request")
    found: list[Page] | None = getattr(request, "_foot_pages", None)
    if found is None:
        # Only what a link needs: the form must not pay for the bodies of these pages.
        wanted = Page.objects.live().type(InfoPage, GetHelpPage).select_related("locale").order_by("path")
        try:
            found = list(wanted.only("title", "url_path", "show_in_menus", "content_type", "locale__language_code"))
        except DatabaseError:
            found = []
        if request is not None:
            request._foot_pages = found
    return found


@register.simple_tag(takes_context=True)
def about_pages(context: dict[str, Any], in_menus: bool = False) -> list[MenuItem]:
    """The pages about this site in its own language, or the few of them that editors show in menus.

    The form has the few: fewer words on the screen, and fewer ways to lose what was written.
    """
    own = [page for page in foot_pages(context) if page.locale.language_code == settings.LANGUAGE_CODE]
    shown = [page for page in own if page.show_in_menus] if in_menus else own
    return [MenuItem(page.title, page.get_url(context.get("request"))) for page in shown]


@register.filter
def hue(audience: str) -> str:
    """The colour class of an audience."""
    return HUES.get(audience, "")
