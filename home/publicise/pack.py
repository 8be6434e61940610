"""A councillor's pack: what an area board needs for one meeting, drawn together from the pages and records we have."""

from typing import Any

from django.http import HttpRequest

from home.models import PackPage, PosterWords
from home.page_book import Entry, PageBook
from home.publicise.maker import SIZES, sheet_of, site_address, words_for
from resources.book import ContactBook
from resources.models import AreaBoard


def board_of(key: str) -> AreaBoard | None:
    """The live area board with this key."""
    # A key has no NUL in it, and PostgreSQL refuses to be asked for one.
    return AreaBoard.objects.filter(live=True, key=key).first() if "\0" not in key else None


def context(request: HttpRequest, page: PackPage, board: AreaBoard | None) -> dict[str, Any]:
    """The list of all boards, or what stands in the pack of one."""
    if board is None:
        return {"boards": AreaBoard.objects.filter(live=True)}
    contacts = ContactBook.current()
    words = words_for("", PosterWords.Style.PLAIN)
    book = PageBook.of(request)
    figures_page, questions_page = (
        book.get(pk) if pk else None for pk in (page.figures_page_id, page.questions_page_id)
    )
    return {
        "contacts": contacts,
        "board": board,
        "figures_page": figures_page,
        "figures": blocks_of(figures_page, "figures"),
        "questions_page": questions_page,
        "questions": blocks_of(questions_page, "text"),
        "sheet": sheet_of(words, SIZES["a4"], board, contacts, site_address(request)) if words else None,
    }


def blocks_of(entry: Entry | None, kind: str) -> list[Any]:
    """The blocks of a kind on another page, as readers see them there; none if they cannot see it."""
    page = entry.model._default_manager.filter(pk=entry.pk).first() if entry else None
    return [block for block in getattr(page, "body", []) if block.block_type == kind]
