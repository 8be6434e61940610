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


def grade(lines: list[str]) -> float:
    """The Flesch-Kincaid grade of some lines of text; 0 if there are no words."""
    parts = sentences(lines)
    words = [word for part in parts for word in part]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


class MainText(HTMLParser):
    """Collects the lines that people read in a page's <main>."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.inside = False
        self.feed(html)
        self.lines = [" ".join(line.split()) for line in self.lines if line.strip()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        if tag in LINES:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"
        if tag in LINES:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.lines = [*self.lines[:-1], (self.lines[-1] if self.lines else "") + data]


def lines_of_page(html: str) -> list[str]:
    """Headings, paragraphs and list items in the page's <main>."""
    return MainText(html).lines
