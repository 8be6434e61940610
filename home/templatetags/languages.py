"""The language of a page, and the way to the others."""

from typing import Any

from django import template
from django.conf import settings

from home.languages import Language, LanguageLink
from home.models import GetHelpPage
from home.templatetags.menu import foot_pages

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
    """The public get-help pages in all languages but this one. Read with the other pages that the foot names."""
    here, found = Language.active(), []
    for page in foot_pages(context):
        spoken = Language(page.locale.language_code)
        if spoken != here and page.specific_class is GetHelpPage:
            found.append(LanguageLink(spoken, page.get_url(context.get("request"))))
    return found
