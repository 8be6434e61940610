"""Find help: every live contact, those that are open now first."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel

from home.models.base import Audience, PhoenixPage
from resources.book import ContactBook, Listed

NEIGHBOUR = "neighbour"
#: The words people choose from, in the order of the chips.
HOW = (("call", "Call"), ("text", "Text"), ("chat", "Chat"), ("sign", "Sign language"))


class FindHelpPage(PhoenixPage):
    """The list of services. Its address holds filter words only, so it can be bookmarked without telling anything."""

    menu_words = models.CharField(max_length=30, default="Find help", help_text="In the menu")

    template = "home/find_help_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count = 1  # type: ignore[assignment]  # the base class says None
    content_panels = [FieldPanel("menu_words"), *PhoenixPage.content_panels]

    class Meta:
        verbose_name = "find help"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        # Unknown words in the address are dropped: a mistyped link shows everything rather than an error.
        who = request.GET.get("for", "")
        who = who if who in Audience.values else ""
        how = [word for word, _ in HOW if word in request.GET.getlist("by")]
        open_now = request.GET.get("open") == "now"
        book = ContactBook.current()
        found = select(book.everyone(), who, how, open_now)
        context |= {
            "contacts": book,
            "who": who,
            "how": how,
            "open_now": open_now,
            "audiences": Audience.choices,
            "hows": HOW,
            "found": [listed for listed in found if listed.service.kind != NEIGHBOUR],
            "neighbours": [listed for listed in found if listed.service.kind == NEIGHBOUR],
        }
        return context


def select(everyone: list[Listed], who: str, how: list[str], open_now: bool) -> list[Listed]:
    """Services for `who`, reachable in any of the ways `how`, open now if asked. Emergency lines are never left out."""

    def wanted(listed: Listed) -> bool:
        service = listed.service
        if service.kind == "emergency" and not how:
            return True
        return (
            (not who or who in service.audiences or service.kind == "emergency")
            and (not how or any(way.kind in how for way in service.ways))
            and (not open_now or listed.is_open is True)
        )

    return [listed for listed in everyone if wanted(listed)]
