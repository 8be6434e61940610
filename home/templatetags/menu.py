"""What stands in the header and the footer of every page."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.db import DatabaseError
from django.http import HttpRequest

from home.models import FindHelpPage, GetHelpPage, InfoPage, MaterialPage
from home.page_book import Entry, PageBook

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
    book = PageBook.of(request)
    shown = [entry for entry in book if entry.in_menu]
    doors = [entry for entry in shown if entry.audience]
    helps = [entry for entry in shown if entry.model is FindHelpPage]
    return [_item(entry, request) for entry in [*doors, *helps]]


def _item(entry: Entry, request: HttpRequest) -> MenuItem:
    is_here = request.path.startswith(entry.url)
    return MenuItem(entry.words, entry.url, is_here, entry.card, HUES.get(entry.audience, ""), entry.audience)


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> list[MenuItem]:
    """The doors and the way to find help."""
    return _items(context["request"])


@register.simple_tag(takes_context=True)
def doors(context: dict[str, Any]) -> list[MenuItem]:
    """The doors alone, for the home page."""
    return [item for item in menu(context) if item.audience]


@register.simple_tag(takes_context=True)
def about_pages(context: dict[str, Any], in_menus: bool = False) -> list[MenuItem]:
    """The pages about this site in its own language, or the few of them that editors show in menus.

    The form has the few: fewer words on the screen, and fewer ways to lose what was written. None while the database
    does not answer: then the footer can wait.
    """
    try:
        book = PageBook.of(context["request"])
    except DatabaseError:
        return []
    own = [entry for entry in book if entry.language.is_own]
    # What stands below the page of leaflets is found there.
    about = [
        entry
        for entry in own
        if entry.model in (InfoPage, GetHelpPage) or (entry.model is MaterialPage and book.covers(entry))
    ]
    return [MenuItem(entry.title, entry.url) for entry in about if entry.in_menu or not in_menus]


@register.filter
def hue(audience: str) -> str:
    """The colour class of an audience."""
    return HUES.get(audience, "")
