"""Plain HTML that a school or a club copies into its own site: words, a link, numbers with the day they were checked.

No script, no picture, nothing that tells us who reads their page.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join

from home.models import PosterWords
from home.publicise.maker import SIZES, Sheet, sheet_of, site_address, words_for
from resources.book import ContactBook


def context(request: HttpRequest) -> dict[str, Any]:
    """The same words three times: with numbers, without, and as text. None of it while no words are published."""
    contacts = ContactBook.current()
    words = words_for("", PosterWords.Style.PLAIN)
    if words is None:
        return {"contacts": contacts, "sheet": None}
    sheet = sheet_of(words, SIZES["a4"], None, contacts, site_address(request))
    return {
        "contacts": contacts,
        "sheet": sheet,
        "with_numbers": html_of(sheet, numbers=True),
        "without_numbers": html_of(sheet, numbers=False),
        "as_text": text_of(sheet),
    }


def html_of(sheet: Sheet, numbers: bool) -> str:
    """A heading, a paragraph, a link, and a list of numbers if wanted; escaped, so that it cannot break a page."""
    lines = [
        format_html("<h2>{}</h2>", sheet.words.heading),
        format_html(
            '<p>{} <a href="{}" referrerpolicy="no-referrer">{}</a></p>',
            sheet.words.text,
            sheet.address,
            sheet.spoken_address,
        ),
    ]
    if numbers:
        rows = [(service.label, service.first.href, service.first.words) for service in sheet.contacts if service.first]
        listed = format_html_join("\n", '<li>{}: <a href="{}">{}</a></li>', rows)
        lines += [format_html("<ul>\n{}\n</ul>", listed)]
        lines += [format_html("<p>{}</p>", line) for line in checked_line(sheet)]
    return "\n".join(lines)


def text_of(sheet: Sheet) -> str:
    """The same for a newsletter or a message."""
    numbers = [f"{service.label}: {service.first.words}" for service in sheet.contacts if service.first]
    lines = [sheet.words.heading, "", f"{sheet.words.text} {sheet.spoken_address}", "", *numbers, *checked_line(sheet)]
    return "\n".join(lines)


def checked_line(sheet: Sheet) -> list[str]:
    """When the numbers were last looked at."""
    return [f"Numbers checked on {date_format(sheet.checked, 'j F Y')}."] if sheet.checked else []
