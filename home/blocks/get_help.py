"""The parts of a get-help page: words that are translated, and what stays as it is in every language."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from wagtail import blocks

from home.blocks.words import LineBlock, WordsBlock
from home.choosers import ContactChoice
from resources.ahead import Turn
from resources.service import Service, Way

#: Stands in an English sentence for the English name of the page’s language.
LANGUAGE = "{language}"


@dataclass(frozen=True)
class Reached:
    """A service on duty, and the way to reach it that needs the fewest words: its number to call, else its address."""

    turn: Turn

    @property
    def service(self) -> Service:
        return self.turn.service

    @property
    def way(self) -> Way:
        ways = self.service.ways
        return next((way for way in ways if way.kind == "call"), ways[0])

    @property
    def host(self) -> str:
        """The name of the website behind a link."""
        return (urlsplit(self.way.href).hostname or "").removeprefix("www.")


class PartValue(blocks.StructValue):
    """A part as translators see it."""

    @property
    def unchanging(self) -> tuple[str, list[int]]:
        """What is the same in every language: the words for English ears, and the services."""
        return self["say"] or "", [contact.pk for contact in self["contacts"] if contact]

    def shares_words(self, other: "PartValue") -> bool:
        """Whether heading or text are those of another part, word for word."""

        def words(part: "PartValue") -> str:
            return re.sub(r"<[^>]*>", "", part["text"].source).strip()

        return self["heading"] == other["heading"] or words(self) == words(other)


class PartBlock(blocks.StructBlock):
    """One thing to know: words in the reader’s language, English words to say, and whom to call."""

    heading = LineBlock(max_length=100)
    text = WordsBlock()
    say = LineBlock(
        required=False,
        help_text=f"Stays in English in every language, for the reader to say or show. {LANGUAGE} becomes its name",
    )
    contacts = blocks.ListBlock(ContactChoice("resources.Contact"), default=[])

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from home.languages import Language

        context: dict[str, Any] = super().get_context(value, parent_context)
        book, language = context["contacts"], Language.active()
        # Whoever answers now. Hours are not said: their words would need a translator too.
        keys = [book.key_of(contact.pk) for contact in value["contacts"] if contact]
        turns = book.turns(key for key in keys if key)
        context["reached"] = [Reached(turn) for turn in turns if turn.service.ways]
        context["say"] = (value["say"] or "").replace(LANGUAGE, "(your language)" if language.is_own else language.name)
        return context

    class Meta:
        icon = "help"
        template = "blocks/part.html"
        value_class = PartValue
        description = "One thing to know, and whom to call"


class HelpBlock(blocks.StreamBlock):
    """The body of a get-help page."""

    part = PartBlock()
