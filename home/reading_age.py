"""How hard a page is to read: the Flesch-Kincaid grade, the school year in which most people can read it.

    0.39 x words per sentence + 11.8 x syllables per word - 15.59

Kincaid, Fishburne, Rogers and Chissom (1975): Derivation of new readability formulas for Navy enlisted personnel,
Research Branch Report 8-75. Grade plus five is roughly the reading age. Short texts flatter the formula, and it sees
lengths, not meaning: it finds hard pages, it does not prove that a page is clear.
"""

import re
from html.parser import HTMLParser

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?:]+[”’\"')]*(?:\s+|$)")
VOWELS = re.compile(r"[aeiouy]+")
#: An e that is written and not said: made, loves, helped; but not table, boxes, wanted.
SILENT = re.compile(r"(?:[^aeiouyl]e|[^aeiouy][aeiouy]le|[^aeiouytd]ed|[^aeiouysxzcgh]es)$")
#: Every one of these starts a line of its own, so it ends the sentence before it.
LINES = {"h1", "h2", "h3", "h4", "p", "li", "summary", "details", "dt", "dd", "td", "th", "br", "div", "section"}


def syllables(word: str) -> int:
    """How many syllables an English word has, by its groups of vowels; close, and right on average."""
    letters = re.sub(r"[^a-z]", "", re.sub(r"[’'](?:s|re|ve|ll|d|m|t)$", "", word.lower()))
    groups = len(VOWELS.findall(letters))
    if groups > 1 and SILENT.search(letters):
        groups -= 1
    return max(groups, 1)


def sentences(lines: list[str]) -> list[list[str]]:
    """The words of each sentence. A line (a heading, a list item) ends its sentence even without a full stop."""
    found = [WORD.findall(part) for line in lines for part in SENTENCE_END.split(line)]
    return [words for words in found if words]


def flesch_kincaid(sentence_count: int, word_count: int, syllable_count: int) -> float:
    """The formula; 0 if there are no words."""
    if not word_count:
        return 0.0
    return 0.39 * word_count / sentence_count + 11.8 * syllable_count / word_count - 15.59


def grade(lines: list[str]) -> float:
    """The Flesch-Kincaid grade of some lines of text; 0 if there are no words."""
    parts = sentences(lines)
    words = [word for part in parts for word in part]
    return flesch_kincaid(len(parts), len(words), sum(map(syllables, words)))


def hardest(lines: list[str], count: int) -> list[str]:
    """The sentences that push the grade up most: without them the rest would be easiest to read."""
    texts = [text.strip() for line in lines for text in SENTENCE_END.split(line) if WORD.search(text)]
    sizes = [(len(words), sum(map(syllables, words))) for words in map(WORD.findall, texts)]
    all_words, all_syllables = (sum(size[part] for size in sizes) for part in (0, 1))

    def without(place: int) -> float:
        words, spoken = sizes[place]
        return flesch_kincaid(len(texts) - 1, all_words - words, all_syllables - spoken)

    return [texts[place] for place in sorted(range(len(texts)), key=without)[:count]] if len(texts) > 1 else texts


class MainText(HTMLParser):
    """Collects the lines that people read in a page's <main>; without those inside of some tag, if one is named.

    What stands aside is not the page's own text: it comes from records, and on paper only. What is hidden is what will
    be true later (resources/ahead.py).
    """

    def __init__(self, html: str, without: str = "") -> None:
        super().__init__()
        self.lines: list[str] = []
        self.inside = False
        self.without = {"aside", without}
        self.skipping = 0
        self.hidden: list[str] = []
        self.feed(html)
        self.lines = [" ".join(line.split()) for line in self.lines if line.strip()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        self.skipping += tag in self.without
        # The tags of its own name inside of what is hidden are counted, to know which one ends it.
        if tag == self.hidden[-1] if self.hidden else any(name == "hidden" for name, _ in attrs):
            self.hidden.append(tag)
        if tag in LINES:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"
        self.skipping -= tag in self.without
        if self.hidden and tag == self.hidden[-1]:
            self.hidden.pop()
        if tag in LINES:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skipping and not self.hidden:
            self.lines = [*self.lines[:-1], (self.lines[-1] if self.lines else "") + data]


def lines_of_page(html: str, without: str = "") -> list[str]:
    """Headings, paragraphs and list items in the page's <main>; without those inside of a tag, if one is named."""
    return MainText(html, without).lines
