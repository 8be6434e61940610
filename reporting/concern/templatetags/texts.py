"""Texts of the form in templates."""

import re

from django import template

register = template.Library()
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


@register.filter
def by_first_sentence(text: str) -> list[tuple[str, str]]:
    """The lines of a text, each as its first sentence and the rest of it."""
    halves = [SENTENCE_END.split(line.strip(), maxsplit=1) for line in text.splitlines() if line.strip()]
    return [(first, rest[0] if rest else "") for first, *rest in halves]
