"""Which languages the site can have, and which of them an address asks for.

The address alone decides: `/pl/…` is Polish, and everything else is the site’s own language. What a browser says it
prefers is not read, so nobody is sent elsewhere, and one address has one answer for everybody
(docs/decisions/languages.md).
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.utils import translation

#: The likeliest of Wiltshire’s languages, in the order in which to have them translated; Sylheti is written as Bengali.
LIKELY = ["pl", "ro", "ne", "uk", "pt", "bg", "ar", "bn", "fa-af", "ps", "tr"]


def entry(code: str, name: str, own_name: str, right_to_left: bool = False) -> dict[str, dict[str, Any]]:
    """A language as Django’s own table has it."""
    return {code: {"code": code, "name": name, "name_local": own_name, "bidi": right_to_left}}


# What Django’s table does not have, or says otherwise than people do. Names from CLDR.
LANG_INFO |= entry("en-gb", "English", "English")
LANG_INFO |= entry("fa-af", "Dari", "دری", right_to_left=True)
LANG_INFO |= entry("ps", "Pashto", "پښتو", right_to_left=True)

#: Two languages that nobody speaks, with the codes of CLDR: they show what a translation would break.
PSEUDO = entry("en-xa", "Pseudo-English", "Þšéûðö") | entry(
    "ar-xb", "Pseudo-Arabic", "\u202ePseudo\u202c", right_to_left=True
)


def with_names(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Codes as Django’s LANGUAGES wants them, with the English names.

    Raises ImproperlyConfigured for a code that neither Django nor this module knows.
    """
    if unknown := [code for code in codes if code not in LANG_INFO or "name" not in LANG_INFO[code]]:
        raise ImproperlyConfigured(f"PHOENIX_LANGUAGES names languages that are not known: {', '.join(unknown)}.")
    return [(code, LANG_INFO[code]["name"]) for code in codes]


def pseudo_languages() -> list[tuple[str, str]]:
    """The languages that nobody speaks, made known. Production does not know them."""
    LANG_INFO.update(PSEUDO)
    return with_names(list(PSEUDO))


def language_of_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answers in the language that the address begins with.

    Django’s own LocaleMiddleware would vary every answer by Accept-Language, and takes `/pt-what/` for Portuguese.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        first = request.path_info.lstrip("/").partition("/")[0]
        language = first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            return get_response(request)

    return middleware
