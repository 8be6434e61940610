"""The page of the form on which a text stands, for the editor who is changing that text."""

from typing import Any

from reporting.concern.form import ABOUT_ME, ConcernForm
from reporting.concern.texts import by_page, current
from reporting.inbox import replies
from reporting.sealing.code_words import make


def page_of(key: str, words: str) -> tuple[str, dict[str, Any]]:
    """Template and context of that page, with these words in it."""
    [page] = [page for page, texts in by_page().items() if any(text.key == key for text in texts)]
    texts = current() | {key: words}
    # All questions below each other, as without script: the one with this hint is among them.
    answers = {"who": ABOUT_ME} if key.endswith("_you") else {}
    context = {
        "texts": texts,
        "form": ConcernForm(answers, wording=texts),
        "hide_errors": True,
        "reference": "K7-402",
        "words": make().split() if replies.are_offered() else [],
    }
    return f"concern/{page}.html", context
