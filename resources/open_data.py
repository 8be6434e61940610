"""`/contacts.json`: the services that readers see, as data that other sites can use (schema.org, JSON-LD).

It says nothing that the page Find help does not say, and nothing that is true for a moment only: hours as a week, not
"open now". Where we are not sure of the hours it gives them in words alone. docs/contacts-json.md describes it.
"""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from resources.book import ABOUT_THE_SITE, ContactBook
from resources.hours import WEEKDAYS
from resources.models import Contact
from resources.service import DAY_NUMBERS, Service, Way

DAYS = {code: WEEKDAYS[number] for code, number in DAY_NUMBERS.items()}
#: Our own words beside those of schema.org, which has none for them: readers of JSON-LD pass them by.
OWN_WORDS = ("bankHolidays", "checked", "cost", "hoursAreSure", "hoursInWords", "kind", "limits", "nextCheck")
CONTEXT = ["https://schema.org", dict.fromkeys(OWN_WORDS)]
#: schema.org has no other word for midnight at the end of a day.
END_OF_DAY = "23:59:59"
BRITISH_SIGN_LANGUAGE = {"@type": "Language", "name": "British Sign Language", "alternateName": "bfi"}
WAYS = {
    "call": "Phone",
    "text": "Text message",
    "chat": "Chat",
    "online": "Online form",
    "sign": "British Sign Language",
    "relay": "Relay UK",
    "email": "E-mail",
    "site": "Website",
}


def hours_of(service: Service) -> list[dict[str, Any]]:
    """The week and the special dates of a service; nothing where we are not sure of them."""
    if not service.hours_are_sure:
        return []
    spans = service.spans
    if service.always_open:
        spans = ({"days": list(DAYS), "since": "00:00", "until": "", "words": ""},)
    week = []
    for span in spans:
        days = [DAYS[day] for day in span["days"]]
        if service.always_open or (service.on_bank_holidays == "as_sunday" and "Sunday" in days):
            days.append("PublicHolidays")
        week.append({"dayOfWeek": days} | opening(span))
    special = [{"validFrom": on["day"], "validThrough": on["day"]} | opening(on) for on in service.special_hours]
    return [{"@type": "OpeningHoursSpecification"} | hours for hours in week + special]


def opening(hours: dict[str, Any]) -> dict[str, str]:
    """From when to when; the same moment twice says closed. Words, where these hours have some."""
    closed = not hours["since"]
    times = {"opens": hours["since"] or "00:00", "closes": "00:00" if closed else hours["until"] or END_OF_DAY}
    return times | ({"description": hours["words"]} if hours["words"] else {})


def contact_point(way: Way) -> dict[str, Any]:
    """One way to reach a service."""
    point: dict[str, Any] = {"@type": "ContactPoint", "contactType": WAYS[way.kind]}
    if way.kind == "email":
        point["email"] = way.number
    elif way.number:
        point["telephone"] = way.number
    else:
        point["url"] = way.href
    if way.word:
        point["description"] = way.words
    if way.kind == "sign":
        point["availableLanguage"] = BRITISH_SIGN_LANGUAGE
    return point


def described(service: Service, next_check: str) -> dict[str, Any]:
    """A service as schema.org names things; what a record leaves open is left out."""
    hours = hours_of(service)
    points = [contact_point(way) | ({"hoursAvailable": hours} if hours else {}) for way in service.ways]
    found = {
        "@id": f"#{service.key}",
        "@type": "Organization",
        "identifier": service.key,
        "name": service.name,
        "description": service.about,
        "url": service.website,
        "kind": service.kind,
        "audience": {"@type": "Audience", "audienceType": service.for_whom},
        "contactPoint": points,
        "hoursInWords": service.hours_words,
        "bankHolidays": service.on_bank_holidays if hours else "",
        "cost": service.cost,
        "limits": service.cannot,
        "checked": service.checked,
        "nextCheck": next_check,
    }
    return {name: value for name, value in found.items() if value} | {"hoursAreSure": service.hours_are_sure}


@require_safe
def contacts_json(request: HttpRequest) -> JsonResponse:
    """All of them, in their order. The address takes no words: what stands behind a `?` changes nothing."""
    services = [service for service in ContactBook.load().services.values() if service.kind != ABOUT_THE_SITE]
    checks = Contact.objects.filter(live=True, next_check__isnull=False).values_list("key", "next_check")
    next_checks = {key: str(day) for key, day in checks}
    found = [described(service, next_checks.get(service.key, "")) for service in services]
    response = JsonResponse(
        {"@context": CONTEXT, "@graph": found},
        json_dumps_params={"ensure_ascii": False},
        content_type="application/ld+json; charset=utf-8",
    )
    # Any page may read it: it is public, the same for everybody, and no cookie exists that could come along.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
