"""The body of a page: which parts it may be made of."""

from wagtail import blocks

from home.blocks.figures import BarsBlock, FiguresBlock, PlainTableBlock
from home.blocks.help import CallOutBlock, TalkToBlock
from home.blocks.legal import AccessibilityStatusBlock, CodeWordsBlock, PlainContactBlock, ToConfirmBlock
from home.blocks.lists import (
    PointsBlock,
    QuestionsBlock,
    SentenceLinksBlock,
    SignsBlock,
    StepsBlock,
    TrueThingsBlock,
)
from home.blocks.media import DocumentLinkBlock, PictureBlock
from home.blocks.words import QuoteBlock, TextBlock

WORDS, HELP, FIGURES, FILES, ABOUT = "Words", "Help", "Figures", "Pictures and files", "About this site"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = TextBlock(group=WORDS)
    signs = SignsBlock(group=WORDS)
    sentence_links = SentenceLinksBlock(group=HELP)
    true_things = TrueThingsBlock(group=WORDS)
    questions = QuestionsBlock(group=WORDS)
    call_out = CallOutBlock(group=HELP)
    steps = StepsBlock(group=WORDS)
    talk_to = TalkToBlock(group=HELP)
    quote = QuoteBlock(group=WORDS)
    points = PointsBlock(group=WORDS)
    figures = FiguresBlock(group=FIGURES)
    bars = BarsBlock(group=FIGURES)
    table = PlainTableBlock(group=FIGURES)
    picture = PictureBlock(group=FILES)
    document_link = DocumentLinkBlock(group=FILES)
    to_confirm = ToConfirmBlock(group=ABOUT)
    plain_contact = PlainContactBlock(group=ABOUT)
    accessibility_status = AccessibilityStatusBlock(group=ABOUT)
    code_words = CodeWordsBlock(group=ABOUT)
