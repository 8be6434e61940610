"""The maker of posters, leaflets and wallet cards: from filter words in the address to a sheet that prints as it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from home.models import PosterWords
from home.models.poster import FOR_WHOM
from home.publicise.qr import qr_code
from resources.book import ContactBook
from resources.models import AreaBoard
from resources.service import Service


@dataclass(frozen=True)
class Size:
    """A size of paper: how many contacts it has room for, and how often it stands on one sheet."""

    code: str
    words: str
    contacts: int
    copies: int = 1


SIZES = {
    size.code: size
    for size in (
        Size("a4", "Poster, A4", contacts=4),
        Size("a5", "Leaflet, A5", contacts=4),
        Size("card", "Wallet cards, ten on a sheet of A4", contacts=3, copies=10),
    )
}


@dataclass(frozen=True)
class Sheet:
    """Everything that stands on a poster, a leaflet or a card."""

    words: PosterWords
    contacts: list[Service]
    board: AreaBoard | None
    size: Size
    address: str

    @property
    def is_neutral(self) -> bool:
        return self.words.style == PosterWords.Style.NEUTRAL

    @property
    def qr(self) -> str:
        return qr_code(self.address)

    @property
    def spoken_address(self) -> str:
        """The address as people say it and type it."""
        return self.address.partition("://")[2].rstrip("/")

    @property
    def checked(self) -> date | None:
        """The day since which all of its numbers were checked."""
        days = [service.checked_on for service in self.contacts if service.checked_on]
        return min(days, default=None)

    @property
    def copies(self) -> range:
        return range(self.size.copies)


def wanted_size(request: HttpRequest) -> Size | None:
    """The size that the address asks for; without one that we know there is no sheet, but the form."""
    return SIZES.get(request.GET.get("size", ""))


def site_address(request: HttpRequest) -> str:
    """Where a QR code leads: the first page, which tells the least and is the shortest to type."""
    return f"{settings.ADDRESS.rstrip('/')}/" if settings.ADDRESS else request.build_absolute_uri("/")


def words_for(audience: str, style: str) -> PosterWords | None:
    """The live words for an audience; those for everyone where it has none of its own."""
    found = {words.audience: words for words in PosterWords.objects.filter(live=True, style=style)}
    return found.get(audience) or found.get("")


def sheet_of(words: PosterWords, size: Size, board: AreaBoard | None, contacts: ContactBook, address: str) -> Sheet:
    """A sheet with the numbers as they stand today. A contact that was withdrawn is left out, not printed."""
    keys = (contacts.key_of(pk) for pk in words.contact_ids())
    services = (contacts.get(key) for key in keys if key)
    # On paper a link cannot be pressed: what has no number is for the page.
    printable = [service for service in services if service and service.number]
    return Sheet(words, printable[: size.contacts], board, size, address)


def context(request: HttpRequest) -> dict[str, Any]:
    """The choices, and the sheet if a size was chosen. Words that are none of ours count as not chosen."""
    contacts = ContactBook.current()
    boards = list(AreaBoard.objects.filter(live=True))
    audience = request.GET.get("for", "")
    audience = audience if audience in dict(FOR_WHOM) else ""
    style = request.GET.get("words", "")
    style = style if style in PosterWords.Style.values else PosterWords.Style.PLAIN.value
    board = next((board for board in boards if board.key == request.GET.get("board", "")), None)
    size = wanted_size(request)
    words = words_for(audience, style) if size else None
    return {
        "contacts": contacts,
        "audience_choices": FOR_WHOM,
        "who": audience,
        "styles": PosterWords.Style.choices,
        "style": style,
        "boards": boards,
        "board": board,
        "sizes": SIZES.values(),
        "size": size,
        "sheet": sheet_of(words, size, board, contacts, site_address(request)) if words and size else None,
    }
