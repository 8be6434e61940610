"""What there is to find on a page: its lines, each with its importance, and the contacts it names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from home.blocks import SignsBlock
from home.models import Sign
from home.models.base import PhoenixPage
from resources.models import Contact
from resources.tokens import TOKEN

TITLE, LEDE, HEADING, BODY = 10.0, 4.0, 4.0, 1.0
#: Children of blocks that hold a heading, and children that readers never see.
HEADINGS = {"heading", "lead", "question", "caption"}
UNSEEN = {"anchor"}
#: Where one line of rich text ends and the next begins.
LINE_END = re.compile(r"</?(?:p|h\d|li|ul|ol|blockquote)\b[^>]*>|<br\s*/?>", re.IGNORECASE)


@dataclass
class PageText:
    """The lines of a page, the title and the lede (may be empty) first; and the keys of contacts it names."""

    lines: list[tuple[float, str]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "\n".join(line for _, line in self.lines)


def text_of(page: PhoenixPage) -> PageText:
    """Read a page as it was given, body and all. Numbers stay `[[key]]`: they come from records when shown."""
    found = PageText([(TITLE, one_line(page.title)), (LEDE, one_line(page.lede))])
    chosen = []
    for part in parts_of(page.body.stream_block, page.body):
        if isinstance(part, Contact):
            chosen.append(part.pk)
        elif line := one_line(part[1]):
            found.lines.append((part[0], line))
    found.keys.update(Contact.objects.filter(pk__in=chosen).values_list("key", flat=True))
    found.keys.update(TOKEN.findall(found.text))
    return found


def one_line(text: str) -> str:
    return " ".join(text.split())


def parts_of(block: blocks.Block, value: Any, name: str = "") -> Iterator[tuple[float, str] | Contact]:
    """Weighted lines and contacts in a block's value, whatever blocks it is made of."""
    if isinstance(block, SignsBlock):
        for sign in Sign.objects.filter(live=True):
            yield HEADING, sign.name
            yield BODY, getattr(sign, value["voice"])
    elif isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from parts_of(child.block, child.value)
    elif isinstance(block, blocks.ListBlock):
        for child in value or []:
            yield from parts_of(block.child_block, child)
    elif isinstance(block, ImageBlock):
        yield BODY, (value.contextual_alt_text or "") if value else ""
    elif isinstance(block, blocks.StructBlock):
        for child_name, child in block.child_blocks.items():
            yield from parts_of(child, value.get(child_name), child_name)
    elif isinstance(value, Contact):
        yield value
    elif isinstance(block, blocks.RichTextBlock):
        yield from rich_lines(value.source)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock) and value and name not in UNSEEN:
        weight = HEADING if name in HEADINGS else BODY
        yield from ((weight, line) for line in str(value).splitlines())


def rich_lines(html: str) -> Iterator[tuple[float, str]]:
    """The headings, paragraphs and list items of what the CMS cleaned."""
    weight = BODY
    start = 0
    for tag in LINE_END.finditer(html):
        yield weight, unescape(strip_tags(html[start : tag.start()]))
        start = tag.end()
        weight = HEADING if tag[0].startswith("<h") else BODY
    yield weight, unescape(strip_tags(html[start:]))
