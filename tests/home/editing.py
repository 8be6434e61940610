"""What an editor sees: the pages there are, where each is edited, what a page says, and what it says is wrong."""

import html
import re
from typing import Any

from wagtail.models import Page


def text_of(response: Any) -> str:
    """What a page says, also inside the stream fields, whose words travel as data for a script."""
    page = html.unescape(response.content.decode())
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), page)


def pages() -> list[Page]:
    return [page.specific for page in Page.objects.filter(depth__gt=1).order_by("path")]


def edit_address(record: Any) -> str:
    if isinstance(record, Page):
        return f"/cms/pages/{record.pk}/edit/"
    return f"/cms/snippets/{record._meta.app_label}/{record._meta.model_name}/edit/{record.pk}/"


def errors_on(response: Any) -> list[str]:
    """The sentences that tell an editor what is wrong."""
    page = text_of(response)
    beside = re.findall(r'class="error-message"[^>]*>\s*(.*?)\s*</', page, re.S)
    return beside + re.findall(r'"messages": \["(.*?)"\]', page)
