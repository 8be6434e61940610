"""Pages in other languages: where they stand, what they are called, and how they know each other.

Each language has a tree of its own (Wagtail’s locales), rooted in a home page that shows nothing of itself.
"""

from dataclasses import dataclass

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.views import serve as serve_routed

from home.models import HomePage


@dataclass(frozen=True)
class Language:
    """A language by its code, as Django writes it: `fa-af`."""

    code: str

    @classmethod
    def active(cls) -> "Language":
        """The language of this answer."""
        return cls(get_language() or settings.LANGUAGE_CODE)

    @property
    def tag(self) -> str:
        """As HTML and people write it: `fa-AF` (BCP 47)."""
        language, _, region = self.code.partition("-")
        return f"{language}-{region.upper()}" if region else language

    @property
    def name(self) -> str:
        """Its name in English, for those who have to say it."""
        return str(LANG_INFO[self.code]["name"])

    @property
    def own_name(self) -> str:
        """Its name in its own script, for those who look for it."""
        return str(LANG_INFO[self.code]["name_local"])

    @property
    def dir(self) -> str:
        """Where its lines run to, as HTML says it."""
        return "rtl" if LANG_INFO[self.code]["bidi"] else "ltr"

    @property
    def is_own(self) -> bool:
        """Whether this is the site’s own language."""
        return self.code == settings.LANGUAGE_CODE


@dataclass(frozen=True)
class LanguageLink:
    """A page in a language, as one link of a switch."""

    language: Language
    href: str


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at a path inside the tree of this answer’s language.

    Wagtail’s own view asks for the locale first, one query more, and gives English under `/pl/` where no Polish is.
    Raises Http404 where nothing public stands.
    """
    site = Site.find_for_request(request)
    roots = HomePage.objects.filter(locale__language_code=get_language())
    root = roots.filter(translation_key=site.root_page.translation_key).first() if site else None
    if root is None:
        raise Http404
    # The place where Wagtail keeps what it found; it looks there first.
    found = root.route(request, [part for part in path.split("/") if part])
    request._wagtail_route_for_request = found  # type: ignore[attr-defined]
    answer: HttpResponse = serve_routed(request, path)
    return answer


def alternates(page: Page, request: HttpRequest | None = None) -> list[LanguageLink]:
    """The page in every language in which it is public, its own included; for `hreflang` and the sitemap. One query."""
    found = page.get_translations(inclusive=True).live().select_related("locale").order_by("path")
    return [LanguageLink(Language(each.locale.language_code), each.get_url(request)) for each in found]
