"""Ways to help: a warm panel that leads on, and people to talk to."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from home.blocks.words import LineBlock, WordsBlock
from home.choosers import ContactChoice

ACTIONS = [("tell-us", "Tell us online"), ("call-team", "Call the safeguarding team"), ("find-help", "Find help")]


class CallOutBlock(blocks.StructBlock):
    """A warm panel that leads to help: at most two things to do."""

    heading = LineBlock(max_length=80)
    text = WordsBlock()
    actions = blocks.MultipleChoiceBlock(choices=ACTIONS, required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if len(cleaned["actions"] or []) > 2:
            raise blocks.StructBlockValidationError(
                block_errors={"actions": ValidationError("Choose at most two: more is no choice at all.")}
            )
        return cleaned

    class Meta:
        icon = "warning"
        template = "blocks/call_out.html"
        description = "A warm panel that leads to help"
        preview_value = {
            "heading": "Tell us what you’ve seen",
            "text": "<p>You don’t have to give your name.</p>",
            "actions": ["tell-us", "find-help"],
        }


class TalkToBlock(blocks.StructBlock):
    """People to talk to, chosen from the contact records."""

    heading = LineBlock(max_length=80, default="Talk to someone")
    contacts = blocks.ListBlock(ContactChoice("resources.Contact"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        book = context["contacts"]
        # Whoever answers now; the day team and its night team become one line.
        keys = (book.key_of(contact.pk) for contact in value["contacts"] if contact)
        context["people"] = book.turns(key for key in keys if key)
        return context

    def get_preview_value(self) -> Any:
        from resources.models import Contact

        first = Contact.objects.filter(live=True, in_help_strip=True)[:3]
        return self.normalize({"heading": "Talk to someone", "contacts": list(first)})

    class Meta:
        icon = "group"
        template = "blocks/talk_to.html"
        description = "A panel of people to talk to"
