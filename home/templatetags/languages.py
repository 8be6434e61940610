"""The language of a page, and the way to the others."""

from typing import Any

from django import template
from django.conf import settings
from django.db import DatabaseError

from home.languages import Language, LanguageLink
from home.models import GetHelpPage
from home.page_book import PageBook

register = template.Library()


@register.simple_tag
def page_language() -> Language:
    """The language of this answer. No query."""
    return Language.active()


@register.simple_tag
def own_language() -> Language:
    """The site’s own language, for words that stand in it on a page of another."""
    return Language(settings.LANGUAGE_CODE)


@register.simple_tag(takes_context=True)
def other_languages(context: dict[str, Any]) -> list[LanguageLink]:
    """The public get-help pages in all languages but this one. None while the database does not answer."""
    try:
        book = PageBook.of(context["request"])
    except DatabaseError:
        return []
    helps = [entry for entry in book if entry.model is GetHelpPage and entry.language != Language.active()]
    return [LanguageLink(entry.language, entry.url) for entry in helps]
