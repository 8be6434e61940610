"""Words of distress: the lists, for a browser that looks for them by itself.

They are the same for everybody, and everybody's browser asks for them, so asking tells nothing.
"""

from collections.abc import Iterable

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from reporting.concern.sealed import answer
from resources.book import ContactBook
from resources.distress import Distress
from resources.service import Service
from resources.snapshot import book_from_snapshot, distress_from_snapshot


@require_safe
def lists(request: HttpRequest) -> JsonResponse:
    """All lists with the numbers of those who can help, from the disk: nothing but what editors published."""
    book = book_from_snapshot()
    return answer(
        {
            "lists": [
                {"pattern": found.pattern, "contacts": [in_short(service) for service in helpers([found], book)]}
                for found in distress_from_snapshot()
            ]
        }
    )


def in_short(service: Service) -> dict[str, str]:
    """What stands of a contact in the panel."""
    href = service.first.href if service.first else ""
    return {"name": service.name, "href": href, "number": service.number, "hours": service.hours_words}


def helpers(lists: Iterable[Distress], book: ContactBook) -> list[Service]:
    """Those who can help and can be called or sent a text, each once: any other way would lead off the page."""
    keys = dict.fromkeys(key for found in lists for key in found.contacts)
    return [service for service in map(book.get, keys) if service and service.number]
