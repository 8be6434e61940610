"""The parts that pages are made of. Each maps to one template of the same name; none takes raw HTML, colour or size."""

from home.blocks.body import BodyBlock
from home.blocks.figures import BarsBlock, FiguresBlock, PlainTableBlock, TableValue
from home.blocks.help import CallOutBlock, TalkToBlock
from home.blocks.legal import AccessibilityStatusBlock, CodeWordsBlock, PlainContactBlock, ToConfirmBlock
from home.blocks.lists import PointsBlock, QuestionsBlock, SentenceLinksBlock, SignsBlock, StepsBlock, TrueThingsBlock
from home.blocks.media import DocumentLinkBlock, PictureBlock
from home.blocks.words import LineBlock, LinesBlock, QuoteBlock, TextBlock, WordsBlock

__all__ = [
    "AccessibilityStatusBlock",
    "BarsBlock",
    "BodyBlock",
    "CallOutBlock",
    "CodeWordsBlock",
    "DocumentLinkBlock",
    "FiguresBlock",
    "LineBlock",
    "LinesBlock",
    "PictureBlock",
    "PlainContactBlock",
    "PlainTableBlock",
    "PointsBlock",
    "QuestionsBlock",
    "QuoteBlock",
    "SentenceLinksBlock",
    "SignsBlock",
    "StepsBlock",
    "TableValue",
    "TalkToBlock",
    "TextBlock",
    "ToConfirmBlock",
    "TrueThingsBlock",
    "WordsBlock",
]
