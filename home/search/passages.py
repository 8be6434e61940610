"""The one or two lines of a page that a result shows, with the words that were found marked."""

import re
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from resources.tokens import TOKEN

LENGTH = 170
WORD = re.compile(r"[^\W_]+")


class Passages:
    """Cuts passages for one question; `forms` are the words to be marked, as pages write them."""

    def __init__(self, forms: Iterable[str]) -> None:
        # Not a pattern made of them: Python would remember it, and with it what somebody looked for.
        self._forms = frozenset(forms)

    def of(self, text: str) -> SafeString:
        """The line of an indexed page that says most of what was looked for, else its lede."""
        _, lede, *lines = text.split("\n")
        # Most forms stand nowhere on a page: asked once for the page, they need not be asked for in every line.
        lowered = text.lower()
        here = frozenset(form for form in self._forms if form in lowered)
        best = max([lede, *lines], key=lambda line: _worth(line, here), default="")
        return _marked(_cut(best if _found_in(best, here) else lede, here), here)


def _found_in(line: str, forms: frozenset[str]) -> list[re.Match[str]]:
    """The words of the question in a line. A `[[key]]` is no words: readers see a number in its place."""
    without_keys = TOKEN.sub(lambda token: " " * len(token[0]), line)
    return [found for found in WORD.finditer(without_keys) if found[0].lower() in forms]


def _worth(line: str, forms: frozenset[str]) -> tuple[int, bool]:
    """How many different words of the question a line has; a whole sentence is worth more than a heading."""
    lowered = line.lower()
    if not any(form in lowered for form in forms):
        return 0, len(line) > 40
    return len(forms.intersection(WORD.findall(TOKEN.sub(" ", lowered)))), len(line) > 40


def _marked(line: str, forms: frozenset[str]) -> SafeString:
    parts = []
    start = 0
    for found in _found_in(line, forms):
        parts.append(format_html("{}<mark>{}</mark>", line[start : found.start()], found[0]))
        start = found.end()
    parts.append(format_html("{}", line[start:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def _cut(line: str, forms: frozenset[str]) -> str:
    """A part of the line around the first word that was found, between whole words; never inside of a `[[key]]`."""
    if len(line) <= LENGTH:
        return line
    first = next((found.start() for found in _found_in(line, forms)), 0)
    start = 0 if first < LENGTH * 2 // 3 else line.rfind(" ", 0, first - LENGTH // 3) + 1
    end = line.rfind(" ", start, start + LENGTH)
    for token in TOKEN.finditer(line):
        if token.start() < end < token.end():
            end = token.start()
        if token.start() < start < token.end():
            start = token.end()
    return ("… " if start else "") + line[start:end].strip() + (" …" if end < len(line) else "")
