"""The parts that pages are made of. Each maps to one template of the same name; none takes raw HTML, colour or size."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail.snippets.blocks import SnippetChooserBlock

from home.cleaning import clean_html
from resources.tokens import validate_tokens

FEATURES = ["h2", "h3", "bold", "ul", "ol", "link"]
VOICES = [("young", "Young people"), ("parents", "Parents and carers"), ("professionals", "Professionals")]
ACTIONS = [("tell-us", "Tell us online"), ("call-team", "Call the safeguarding team"), ("find-help", "Find help")]
NUMBERS_HELP = "For a phone number write its key, like [[childline]]: the number comes from Contacts."


class WordsBlock(blocks.RichTextBlock):
    """Running text, cleaned once more when it is saved; its numbers come from contact records."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=FEATURES, help_text=NUMBERS_HELP, **kwargs)

    def clean(self, value: RichText) -> RichText:
        cleaned = super().clean(value)
        validate_tokens(cleaned.source)
        return RichText(clean_html(cleaned.source))


class LineBlock(blocks.CharBlock):
    """One line of plain text; may name numbers too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[validate_tokens], **{"max_length": 250} | kwargs)


class TextBlock(blocks.StructBlock):
    """A section of text; with an anchor, other pages can link straight to it."""

    heading = LineBlock(required=False, max_length=100)
    anchor = blocks.RegexBlock(
        r"^[a-z][a-z-]*$",
        required=False,
        max_length=40,
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


class SentenceLinkBlock(blocks.StructBlock):
    """A sentence in the reader's own words, and where it leads."""

    text = blocks.CharBlock(max_length=90)
    page = blocks.PageChooserBlock()
    anchor = blocks.CharBlock(required=False, max_length=40)


class SentenceLinksBlock(blocks.StructBlock):
    """Links shaped as speech bubbles: people recognise a sentence, not a category."""

    links = blocks.ListBlock(SentenceLinkBlock())

    class Meta:
        icon = "comment"
        template = "blocks/sentence_links.html"
        description = "Speech bubbles in the reader’s words"


class TrueThingBlock(blocks.StructBlock):
    """A few bold words, and the rest of the thought."""

    lead = LineBlock(max_length=80)
    text = LineBlock(required=False)


class TrueThingsBlock(blocks.StructBlock):
    """Things that are true, each with a tick."""

    heading = LineBlock(max_length=80, default="Things that are true")
    things = blocks.ListBlock(TrueThingBlock())

    class Meta:
        icon = "tick"
        template = "blocks/true_things.html"
        description = "Reassurance, with ticks"


class QuestionBlock(blocks.StructBlock):
    """A question people ask, and an honest answer."""

    question = LineBlock(max_length=120)
    answer = WordsBlock()


class QuestionsBlock(blocks.StructBlock):
    """Questions that open and close."""

    heading = LineBlock(required=False, max_length=80)
    questions = blocks.ListBlock(QuestionBlock())

    class Meta:
        icon = "help"
        template = "blocks/questions.html"
        description = "Questions and answers that open and close"


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


class StepBlock(blocks.StructBlock):
    """One step: a few bold words and a sentence."""

    heading = LineBlock(max_length=80)
    text = LineBlock(required=False)


class StepsBlock(blocks.StructBlock):
    """What happens, one after the other."""

    heading = LineBlock(required=False, max_length=80)
    steps = blocks.ListBlock(StepBlock())

    class Meta:
        icon = "order-down"
        template = "blocks/steps.html"
        description = "What happens, step by step"


class TalkToBlock(blocks.StructBlock):
    """People to talk to, chosen from the contact records."""

    heading = LineBlock(max_length=80, default="Talk to someone")
    contacts = blocks.ListBlock(SnippetChooserBlock("resources.Contact"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        book = context["contacts"]
        # Whoever answers now; the day team and its night team become one line.
        on_duty = (book.on_duty(contact.key) for contact in value["contacts"] if contact)
        chosen = {service.key: service for service in on_duty if service}
        context["people"] = [book.listed(service) for service in chosen.values()]
        return context

    class Meta:
        icon = "group"
        template = "blocks/talk_to.html"
        description = "A panel of people to talk to"


class QuoteBlock(blocks.StructBlock):
    """Somebody else's exact words, and whose."""

    text = blocks.TextBlock()
    source = LineBlock()

    class Meta:
        icon = "openquote"
        template = "blocks/quote.html"
        description = "A quotation, such as the definition in law"


class PointsBlock(blocks.StructBlock):
    """A list of what to do, or of what not to do."""

    heading = LineBlock(max_length=80)
    style = blocks.ChoiceBlock(choices=[("do", "Do"), ("avoid", "Do not")])
    items = blocks.ListBlock(LineBlock(max_length=300))

    class Meta:
        icon = "list-ul"
        template = "blocks/points.html"
        description = "Do, or do not"


class FigureBlock(blocks.StructBlock):
    """One number, what it counts, and when it was counted: a number without a period says nothing."""

    number = LineBlock(max_length=20)
    label = LineBlock(max_length=120)
    period = LineBlock(max_length=60, help_text="When this was counted: January to November 2015")
    note = LineBlock(required=False)


class FiguresBlock(blocks.StructBlock):
    """A few big numbers, each with its period."""

    heading = LineBlock(max_length=80, default="At a glance")
    figures = blocks.ListBlock(FigureBlock())
    source = LineBlock()

    class Meta:
        icon = "order"
        template = "blocks/figures.html"
        description = "A few big numbers"


class BarBlock(blocks.StructBlock):
    """A share in words and as a percentage; the bar repeats what the words say."""

    label = LineBlock(max_length=120)
    percent = blocks.IntegerBlock(min_value=0, max_value=100)
    note = LineBlock(required=False)


class BarsBlock(blocks.StructBlock):
    """Shares of a whole, as text with a bar under each."""

    heading = LineBlock(max_length=80)
    text = LineBlock(required=False, help_text="What the bars show, in a sentence")
    bars = blocks.ListBlock(BarBlock())
    period = LineBlock(max_length=60, help_text="When this was counted: January to November 2015")
    source = LineBlock()

    class Meta:
        icon = "horizontalrule"
        template = "blocks/bars.html"
        description = "Shares in per cent, with bars"


def cells_of(line: str) -> list[str]:
    """The cells of one line, which a bar parts."""
    return [cell.strip() for cell in line.split("|")]


class TableValue(blocks.StructValue):
    """A table as its rows and cells."""

    @property
    def header(self) -> list[str]:
        return cells_of(self["columns"])

    @property
    def lines(self) -> list[list[str]]:
        return [cells_of(line) for line in self["rows"].splitlines() if line.strip()]


class PlainTableBlock(blocks.StructBlock):
    """A small table of plain text. The page offers all its tables as a file for spreadsheets, too."""

    caption = LineBlock(max_length=120)
    columns = LineBlock(help_text="The headings, parted by a bar: Figure | Number | Period")
    rows = blocks.TextBlock(help_text="One row a line, its cells parted by a bar: Offences | 63 | 2015")
    source = LineBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        width = len(cleaned.header)
        if "" in cleaned.header:
            raise blocks.StructBlockValidationError(
                block_errors={"columns": ValidationError("Each column needs a heading.")}
            )
        if wrong := [line[0] for line in cleaned.lines if len(line) != width]:
            said = f"Each row needs {width} cells, like the headings. Look at: {', '.join(wrong)}."
            raise blocks.StructBlockValidationError(block_errors={"rows": ValidationError(said)})
        if "[[" in cleaned["rows"] + cleaned["columns"] + cleaned["caption"] + cleaned["source"]:
            said = "Phone numbers do not stand in tables: the file for spreadsheets would keep an old one."
            raise blocks.StructBlockValidationError(block_errors={"rows": ValidationError(said)})
        return cleaned

    class Meta:
        icon = "table"
        template = "blocks/table.html"
        value_class = TableValue
        description = "A small table"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = TextBlock()
    signs = SignsBlock()
    sentence_links = SentenceLinksBlock()
    true_things = TrueThingsBlock()
    questions = QuestionsBlock()
    call_out = CallOutBlock()
    steps = StepsBlock()
    talk_to = TalkToBlock()
    quote = QuoteBlock()
    points = PointsBlock()
    figures = FiguresBlock()
    bars = BarsBlock()
    table = PlainTableBlock()
