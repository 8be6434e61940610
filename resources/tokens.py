"""Numbers inside running text. Editors write `[[childline]]`; readers get the number of that record, as a link.

So no text ever holds a number that could go stale, and one corrected record corrects every page.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from resources.book import ContactBook

TOKEN = re.compile(r"\[\[\s*([a-z0-9-]+)\s*\]\]")
#: What an editor may have meant as a token: [[Childline]], [[child line]]. Readers would see the brackets.
MEANT = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


def keys_in(text: str) -> set[str]:
    """The contact keys that a text names, or tries to name."""
    return {meant.strip() for meant in MEANT.findall(text)}


def validate_tokens(text: object) -> None:
    """Refuse a text that names a contact which does not exist, and say which."""
    from resources.models import Contact

    named = keys_in(str(text))
    known = set(Contact.objects.filter(key__in=named).values_list("key", flat=True)) if named else set()
    if unknown := sorted(named - known):
        raise ValidationError(
            "There is no contact with the key “%(keys)s”. Look it up under Contacts.",
            params={"keys": "”, “".join(unknown)},
        )


def number_link(book: ContactBook, key: str) -> SafeString:
    """The number as a call link; the name and the way to find help while the record is hidden."""
    service = book.get(key)
    if service is None or service.first is None:
        name = service.name if service else book.hidden.get(key, "Find help")
        return format_html('<a href="/find-help/">{}</a>', name)
    if not service.number:
        return format_html('<a href="{}" rel="noreferrer">{}</a>', service.first.href, service.name)
    # From left to right on every page: among words that run the other way its groups would change places.
    return format_html('<a class="num-link" dir="ltr" href="{}">{}</a>', service.first.href, service.number)


def with_numbers(text: Any, book: ContactBook) -> SafeString:
    """The text as HTML (plain strings are escaped, rich text is what the CMS cleaned), tokens turned into links."""
    html = conditional_escape(text)
    # Both parts are HTML already: the text was escaped or cleaned above, the links come from format_html.
    return mark_safe(TOKEN.sub(lambda found: number_link(book, found[1]), html))  # noqa: S308
