"""Numbers in templates: all of them come from the contact book of the answer."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from resources import ahead, tokens
from resources.ahead import Said, Turn
from resources.book import Listed
from resources.first_call import Team
from resources.hours import LONDON, clock
from resources.service import Service

register = template.Library()
#: More than these beside a question nobody reads.
MOST_LINES = 3


@register.simple_tag(takes_context=True)
def with_numbers(context: dict[str, Any], text: object) -> SafeString:
    """A text whose `[[key]]` tokens become call links."""
    return tokens.with_numbers(text, context["contacts"])


@register.simple_tag(takes_context=True)
def number_of(context: dict[str, Any], key: str) -> SafeString:
    """The number of one contact as a call link."""
    return tokens.number_link(context["contacts"], key)


@register.simple_tag(takes_context=True)
def contact(context: dict[str, Any], key: str) -> Listed | None:
    """A contact by its key, as it stands now; None while it is not live."""
    book = context["contacts"]
    service = book.get(key)
    return book.listed(service) if service else None


@register.simple_tag(takes_context=True)
def on_duty(context: dict[str, Any], key: str) -> Listed | None:
    """A contact, or whoever stands in for it at this moment."""
    book = context["contacts"]
    service = book.on_duty(key)
    return book.listed(service) if service else None


@register.simple_tag(takes_context=True)
def turns(context: dict[str, Any], key: str) -> list[Turn]:
    """A contact and whoever stands in for it, with the times of each: whoever is not on duty now is hidden."""
    return list(context["contacts"].turns([key]))


@register.filter
def when(timed: Said | Turn) -> SafeString | str:
    """The attributes of an element that is shown at its times alone (`static/js/hours.js`)."""
    if not timed.when:
        return ""
    return format_html(' data-when="{}"{}', timed.when, "" if timed.is_now else " hidden")


@register.simple_tag(takes_context=True)
def contacts_of(context: dict[str, Any], kind: str) -> list[Listed]:
    """All contacts of a kind, as they stand now."""
    return list(context["contacts"].of_kind(kind))


@register.simple_tag(takes_context=True)
def lines_for(context: dict[str, Any], audience: str) -> list[Service]:
    """The first few services of the whole country to call or text, for these people, in the order of the editors."""
    return context["contacts"].lines_for(audience)[:MOST_LINES]


@register.simple_tag(takes_context=True)
def teams_elsewhere(context: dict[str, Any], typed: str) -> list[Team]:
    """Who answers in the other areas that a typed place lies in, if it is one that we know."""
    book = context["contacts"]
    areas = [area for spot in book.gazetteer.named(typed) for area in book.gazetteer.elsewhere(spot)]
    return [Team.of(area, book) for area in dict.fromkeys(areas)]


@register.simple_tag(takes_context=True)
def time_now(context: dict[str, Any]) -> str:
    """The book's moment in words: "9.42pm on Tuesday"."""
    now = context["contacts"].now.astimezone(LONDON)
    return f"{clock(now)} on {now:%A}"


@register.simple_tag(takes_context=True)
def readings(context: dict[str, Any], key: str) -> tuple[Said, ...]:
    """When a service next reads what is sent to it, with the times of each saying; none if we are not sure."""
    book = context["contacts"]
    service = book.get(key)
    return ahead.readings(service, book.now) if service else ()
