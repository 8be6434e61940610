"""The list of leaflets and documents, by audience and kind. Filter words alone stand in the address."""

from typing import Any

from django.conf.locale import LANG_INFO
from django.db.models import QuerySet
from django.http import HttpRequest

from home.models.base import Audience
from home.page_book import PageBook
from resources.models import Leaflet


def context(request: HttpRequest) -> dict[str, Any]:
    """The leaflets that were asked for. Words that are none of ours are dropped: a mistyped link shows everything."""
    who = request.GET.get("for", "")
    who = who if who in Audience.values else ""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Leaflet.Kind.values else ""
    book = PageBook.of(request)
    leaflets = list(select(who, kind))
    book.find(leaflet.page_id for leaflet in leaflets if leaflet.page_id)
    return {
        "who": who,
        "kind": kind,
        "audiences": Audience.choices,
        "kinds": Leaflet.Kind.choices,
        "found": [row for leaflet in leaflets if (row := row_of(leaflet, book))],
    }


def select(who: str, kind: str) -> QuerySet[Leaflet]:
    """The live leaflets for somebody, of a kind."""
    wanted = {f"for_{who}": True} if who else {}
    wanted_kind = {"kind": kind} if kind else {}
    return Leaflet.objects.filter(live=True, **wanted, **wanted_kind).select_related("document")


def row_of(leaflet: Leaflet, book: PageBook) -> dict[str, Any] | None:
    """A leaflet with its address; None while its page is withdrawn."""
    entry = book.get(leaflet.page_id) if leaflet.page_id else None
    address = entry.url if entry else leaflet.link or (leaflet.document.url if leaflet.document else "")
    if not address:
        return None
    return {
        "leaflet": leaflet,
        "address": address,
        "is_elsewhere": bool(leaflet.link),
        "for_whom": [audience.label for audience in Audience if getattr(leaflet, f"for_{audience}")],
        "language": LANG_INFO.get(leaflet.language, {}).get("name_local", leaflet.language),
    }
