"""What templates take from the page book: the pages that a text or a block links to."""

from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page
from wagtail.rich_text import RichText, features
from wagtail.rich_text.rewriters import LinkRewriter

from home.page_book import Entry, PageBook
from resources.tokens import with_numbers

register = template.Library()


def with_links(text: RichText, book: PageBook) -> SafeString:
    """Rich text as HTML. A link to a page that is gone becomes plain words; other links are as Wagtail makes them."""

    def opening(attributes: list[dict[str, str]]) -> list[str]:
        found = (book.get(int(each["id"])) for each in attributes)
        return [f'<a href="{escape(entry.url)}">' if entry else "<a>" for entry in found]

    rules = {kind: handler.expand_db_attributes_many for kind, handler in features.get_link_types().items()}
    # The CMS cleaned it when it was saved, and the addresses are escaped.
    return mark_safe(LinkRewriter(bulk_rules=rules | {"page": opening})(text.source))  # noqa: S308


@register.simple_tag(takes_context=True)
def words(context: dict[str, Any], text: RichText) -> SafeString:
    """A block's running text: its links from the page book, its numbers from the contact book."""
    return with_numbers(with_links(text, PageBook.of(context["request"])), context["contacts"])


@register.simple_tag(takes_context=True)
def page_at(context: dict[str, Any], page: Page | None) -> Entry | None:
    """The page that a block names, as the book has it; None if readers cannot see it."""
    return PageBook.of(context["request"]).get(page.pk) if page else None
