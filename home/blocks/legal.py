"""Parts of the pages about this site: what nobody confirmed yet, whom to ask, code words, and how accessible it is."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail import blocks

from home.blocks.words import LineBlock, WordsBlock
from home.choosers import ContactChoice

WHO_CONFIRMS = [("dpo", "your data protection officer"), ("it", "your IT team"), ("council", "the council")]


class ToConfirmBlock(blocks.StructBlock):
    """A default that somebody has to confirm. Readers see that nobody has yet; then it becomes plain text."""

    who = blocks.ChoiceBlock(choices=WHO_CONFIRMS)
    heading = LineBlock(max_length=100)
    text = WordsBlock()

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["who"] = dict(WHO_CONFIRMS)[value["who"]]
        return context

    class Meta:
        icon = "help"
        template = "blocks/to_confirm.html"
        description = "A default that somebody has to confirm before this site goes live"
        preview_value = {
            "who": "dpo",
            "heading": "How long we keep it",
            "text": "<p>The council takes reports over and keeps them as long as its rules say.</p>",
        }


class PlainContactBlock(blocks.StructBlock):
    """How to reach somebody about this website, as words without links: it must not look like a way to tell us."""

    heading = LineBlock(max_length=80)
    contact = ContactChoice("resources.Contact")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        book, chosen = context["contacts"], value["contact"]
        key = book.key_of(chosen.pk) if chosen else None
        context["service"] = book.get(key) if key else None
        return context

    def get_preview_value(self) -> Any:
        from resources.models import Contact

        return self.normalize({"heading": "Who to ask", "contact": Contact.objects.filter(live=True).first()})

    class Meta:
        icon = "user"
        template = "blocks/plain_contact.html"
        description = "Whom to contact about this website, without a link"


class AccessibilityStatusBlock(blocks.StructBlock):
    """The two sentences that the accessibility statement must have: how far it was tested, and how it complies.

    The compliance sentences are those of the government's model statement. "Fully" needs a test with people.
    """

    COMPLIES = [("partially", "Partially compliant"), ("not", "Not compliant"), ("fully", "Fully compliant")]

    complies = blocks.ChoiceBlock(choices=COMPLIES, default="partially")
    people_tested = blocks.DateBlock(required=False, help_text="When disabled people last tested this site")
    tested_by = LineBlock(required=False, help_text="Who tested, and with what: five people, with NVDA and TalkBack")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["people_tested"]) != bool(cleaned["tested_by"]):
            said = "A test with people needs both: the day, and who tested with what."
            raise blocks.StructBlockValidationError(block_errors={"tested_by": ValidationError(said)})
        if cleaned["complies"] == "fully" and not cleaned["people_tested"]:
            said = "Nobody can say “fully” before disabled people have tested this site."
            raise blocks.StructBlockValidationError(block_errors={"complies": ValidationError(said)})
        return cleaned

    class Meta:
        icon = "tick"
        template = "blocks/accessibility_status.html"
        description = "How far this site was tested, and how it complies"
        preview_value = {"complies": "partially", "people_tested": None, "tested_by": ""}


class CodeWordsBlock(blocks.StructBlock):
    """What code words are for, or that there are none: the council's setting `REPLIES` decides, not an editor."""

    in_full = blocks.BooleanBlock(
        required=False, help_text="Also say what happens to the words when somebody uses them"
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"replies": settings.REPLIES}

    class Meta:
        icon = "key"
        template = "blocks/code_words.html"
        description = "Code words and replies, as this site gives them"
        preview_value = {"in_full": True}
