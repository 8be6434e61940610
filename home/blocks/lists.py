"""Lists in the shapes that readers know again: signs, speech bubbles, ticks, questions, steps, do and do not."""

from typing import Any

from wagtail import blocks

from home.blocks.words import LineBlock, WordsBlock
from home.choosers import PageChoice

VOICES = [("young", "Young people"), ("parents", "Parents and carers"), ("professionals", "Professionals")]


def parts(**named: blocks.Block) -> blocks.ListBlock:
    """A list of small things that need no name, each of these parts."""
    return blocks.ListBlock(blocks.StructBlock(list(named.items())))


class SignsBlock(blocks.StructBlock):
    """The ten signs, in one voice."""

    voice = blocks.ChoiceBlock(choices=VOICES)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from home.models import Sign

        context: dict[str, Any] = super().get_context(value, parent_context)
        context["signs"] = [(sign, getattr(sign, value["voice"])) for sign in Sign.objects.filter(live=True)]
        return context

    class Meta:
        icon = "list-ul"
        template = "blocks/signs.html"
        description = "The ten signs, told to one audience"
        preview_value = {"voice": "parents"}


class SentenceLinkBlock(blocks.StructBlock):
    """A sentence in the reader's own words, and where it leads."""

    text = LineBlock(max_length=90)
    page = PageChoice()
    anchor = blocks.CharBlock(required=False, max_length=40, help_text="A section of that page")


class SentenceLinksBlock(blocks.StructBlock):
    """Links shaped as speech bubbles: people recognise a sentence, not a category."""

    links = blocks.ListBlock(SentenceLinkBlock())

    def get_preview_value(self) -> Any:
        from home.models import InfoPage

        said = ["“I sent something and now I’m scared”", "“Someone gives me things”", "“I’m worried about a friend”"]
        pages = InfoPage.objects.live()[: len(said)]
        return self.normalize(
            {"links": [{"text": text, "page": page} for text, page in zip(said, pages, strict=False)]}
        )

    class Meta:
        icon = "comment"
        template = "blocks/sentence_links.html"
        description = "Speech bubbles in the reader’s words"


class TrueThingsBlock(blocks.StructBlock):
    """Things that are true, each with a tick: a few bold words, and the rest of the thought."""

    heading = LineBlock(max_length=80, default="Things that are true")
    things = parts(lead=LineBlock(max_length=80), text=LineBlock(required=False))

    class Meta:
        icon = "circle-check"
        template = "blocks/true_things.html"
        description = "Reassurance, with ticks"
        preview_value = {
            "heading": "Things that are true",
            "things": [
                {"lead": "It is not your fault.", "text": "Not even if you said yes."},
                {"lead": "You don’t have to be sure.", "text": "A bad feeling is enough."},
            ],
        }


class QuestionsBlock(blocks.StructBlock):
    """Questions that people ask, each of which opens to an honest answer."""

    heading = LineBlock(required=False, max_length=80)
    questions = parts(question=LineBlock(max_length=120), answer=WordsBlock())

    class Meta:
        icon = "help"
        template = "blocks/questions.html"
        description = "Questions and answers that open and close"
        preview_value = {
            "heading": "What people ask first",
            "questions": [
                {"question": "Will you tell my parents?", "answer": "<p>Often yes. We try to tell you first.</p>"},
                {"question": "Am I in trouble?", "answer": "<p>No. You are not in trouble for telling us.</p>"},
            ],
        }


class StepsBlock(blocks.StructBlock):
    """What happens, one after the other: a few bold words and a sentence a step."""

    heading = LineBlock(required=False, max_length=80)
    steps = parts(heading=LineBlock(max_length=80), text=LineBlock(required=False))

    class Meta:
        icon = "order-down"
        template = "blocks/steps.html"
        description = "What happens, step by step"
        preview_value = {
            "heading": "What happens next",
            "steps": [
                {"heading": "A person reads it", "text": "They read in office hours."},
                {"heading": "They decide what to do", "text": "They may call you, if you said that they can."},
            ],
        }


class PointsBlock(blocks.StructBlock):
    """A list of what to do, or of what not to do."""

    heading = LineBlock(max_length=80)
    style = blocks.ChoiceBlock(choices=[("do", "Do"), ("avoid", "Do not")])
    items = blocks.ListBlock(LineBlock(max_length=300))

    class Meta:
        icon = "list-ul"
        template = "blocks/points.html"
        description = "Do, or do not"
        preview_value = {"heading": "It helps to", "style": "do", "items": ["Stay calm.", "Say: I believe you."]}
