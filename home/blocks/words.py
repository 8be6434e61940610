"""Words: running text, one line, a section of a page, and somebody else's exact words."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.rich_text import RichText

from home.cleaning import clean_html
from resources.tokens import validate_tokens
from resources.typed_numbers import refuse_typed_numbers
from resources.usage import Reference, contacts_named

FEATURES = ["h2", "h3", "bold", "ul", "ol", "link"]
NUMBERS_HELP = "For a phone number write its key, like [[childline]]: the number comes from Contacts."


class KeepsNumbersInRecords(blocks.Block):
    """Mixin of every block that holds words: the numbers that it names exist, and none is typed once it is live."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        words = getattr(cleaned, "source", cleaned)
        validate_tokens(words)
        # A draft may hold a number; nothing that was typed is lost.
        if not self.is_deferred_validation:
            refuse_typed_numbers(words)
        return cleaned

    def extract_references(self, value: Any) -> Iterator[Reference]:
        yield from super().extract_references(value)
        yield from contacts_named(getattr(value, "source", value))


class WordsBlock(KeepsNumbersInRecords, blocks.RichTextBlock):
    """Running text, cleaned once more when it is saved; its numbers come from contact records."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=FEATURES, help_text=NUMBERS_HELP, **kwargs)

    def clean(self, value: RichText) -> RichText:
        return RichText(clean_html(super().clean(value).source))


class LineBlock(KeepsNumbersInRecords, blocks.CharBlock):
    """One line of plain text; may name numbers too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 250} | kwargs)


class LinesBlock(KeepsNumbersInRecords, blocks.TextBlock):
    """Several lines of plain text."""


class TextBlock(blocks.StructBlock):
    """A section of text; with an anchor, other pages can link straight to it."""

    heading = LineBlock(required=False, max_length=100)
    anchor = blocks.RegexBlock(
        r"^[a-z][a-z-]*$",
        required=False,
        max_length=40,
        help_text="Leave empty unless another page links to this section",
        error_messages={"invalid": "Small letters and hyphens only, for example: someone-online"},
    )
    text = WordsBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["anchor"] and not cleaned["heading"]:
            raise blocks.StructBlockValidationError(
                block_errors={"heading": ValidationError("A section that others link to needs a heading.")}
            )
        return cleaned

    class Meta:
        icon = "pilcrow"
        template = "blocks/text.html"
        description = "Headings, paragraphs and lists"
        preview_value = {
            "heading": "You are not on your own",
            "anchor": "",
            "text": "<p>Many people feel like this. You can talk to someone <b>today</b>.</p>"
            "<ul><li>You don’t need proof.</li><li>You don’t need to be sure.</li></ul>",
        }


class QuoteBlock(blocks.StructBlock):
    """Somebody else's exact words, and whose. The checks of our own language leave it alone."""

    text = LinesBlock()
    source = LineBlock()

    class Meta:
        icon = "openquote"
        template = "blocks/quote.html"
        description = "A quotation, such as the definition in law"
        preview_value = {
            "text": "The welfare of the child is paramount.",
            "source": "Working Together to Safeguard Children",
        }
