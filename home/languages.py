"""Pages in other languages: where they stand, what they are called, and how they know each other.

Each language has a tree of its own (Wagtail’s locales), rooted in a home page that shows nothing of itself.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from wagtail.models import Page, Site


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


@cache
def start_of(code: str) -> str:
    """Where the addresses of a language begin: `/` for the site’s own, `/pl/` for Polish."""
    with translation.override(code):
        return reverse("wagtail_serve", args=("",))


def address_of(url_path: str, code: str) -> str:
    """The address of a page by its place in the tree of its language, whose first part is the home page itself."""
    return start_of(code) + url_path.split("/", 2)[2]


def root_of(site: Site) -> Page | None:
    """The home page of this answer’s language; None if the site has no tree in it. Wagtail would show English then.

    No query for the site’s own language.
    """
    if Language.active().is_own:
        return site.root_page
    return site.root_page.get_translations().filter(locale__language_code=get_language()).first()


def alternates(page: Page) -> list[LanguageLink]:
    """The page in every language in which it is public, its own included; for `hreflang` and the sitemap. One query."""
    found = page.get_translations(inclusive=True).live().select_related("locale").order_by("path")
    codes = [(each.locale.language_code, each.url_path) for each in found]
    return [LanguageLink(Language(code), address_of(url_path, code)) for code, url_path in codes]
