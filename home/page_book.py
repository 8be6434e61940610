"""The page book of one answer: every page that it names, in the menu, above the heading or in its text, read at once.

It is read when the way to a page is looked up, or when a template first asks. Whatever a page's text links to is read
with one more query if the book does not have it, however many links there are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Exists, F, Q, Subquery, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site

from home.languages import Language, address_of, root_of

#: A page's path is made of steps of this length; the steps of all pages above it are its beginning.
STEP = Page.steplen
#: Sorts behind every path with the same beginning.
LAST = "Z" * STEP

COLUMNS = {
    "app": F("content_type__app_label"),
    "kind": F("content_type__model"),
    "audience": F("doorpage__audience"),
    "card": F("doorpage__card"),
    "door_words": F("doorpage__menu_words"),
    "help_words": F("findhelppage__menu_words"),
    "language": F("locale__language_code"),
    "has_restrictions": Exists(PageViewRestriction.objects.all()),
}
OWN_COLUMNS = ("pk", "path", "depth", "slug", "title", "url_path", "live", "show_in_menus")


@dataclass(frozen=True)
class Entry:
    """What other pages need to know of a page. `words` are its own short ones, or its title."""

    pk: int
    path: str
    depth: int
    slug: str
    title: str
    words: str
    url: str
    live: bool
    in_menu: bool
    model: type[Page]
    language: Language
    audience: str = ""
    card: str = ""
    #: Whether any page of the site is kept from some readers. None should be; which one, Wagtail knows.
    has_restrictions: bool = False


class PageBook:
    """The pages around one place: the first page, all pages below it, and one branch with the pages below that."""

    def __init__(self, request: HttpRequest, root: Page) -> None:
        self._request, self._root = request, root
        self._entries: dict[int, Entry] = {}
        self._looked_for: set[int] = set()

    @classmethod
    def read(cls, request: HttpRequest, root: Page, branch: Subquery | Value | None = None) -> "PageBook":
        """Read the book in one query, and keep it for this request. `branch` is the path of a page below the first."""
        book = cls(request, root)
        around = Q(path=root.path) | Q(depth=root.depth + 1, path__gt=root.path, path__lte=root.path + LAST)
        if branch:
            end = Concat(branch, Value(LAST), output_field=CharField())
            around |= Q(depth=root.depth + 2, path__gt=branch, path__lte=end)
        # The foot of a page names the get-help page of every language.
        around |= Q(pk__in=apps.get_model("home", "GetHelpPage")._base_manager.values("pk"))
        book._add(around)
        request._page_book = book  # type: ignore[attr-defined]
        return book

    @classmethod
    def of(cls, request: HttpRequest, page: Page | None = None) -> "PageBook":
        """The book of this request; read around `page`, if nobody asked before. Empty where there is no site."""
        if found := getattr(request, "_page_book", None):
            return found
        site = Site.find_for_request(request)
        if not site:
            return cls(request, Page(path="", url_path=""))
        root = root_of(site) or site.root_page
        return cls.read(request, root, Value(page.path[: len(root.path) + STEP]) if page else None)

    def _add(self, wanted: Q) -> None:
        pages = Page.objects.filter(wanted).order_by("path")
        for row in pages.values(*OWN_COLUMNS, **COLUMNS):
            self._entries[row["pk"]] = Entry(
                pk=row["pk"],
                path=row["path"],
                depth=row["depth"],
                slug=row["slug"],
                title=row["title"],
                words=row["door_words"] or row["help_words"] or row["title"],
                url=self._url(row["url_path"], row["language"]),
                live=row["live"],
                in_menu=row["show_in_menus"],
                model=apps.get_model(row["app"], row["kind"]),
                language=Language(row["language"]),
                audience=row["audience"] or "",
                card=row["card"] or "",
                has_restrictions=row["has_restrictions"],
            )

    def _url(self, url_path: str, language: str) -> str:
        """The address of a page of this site, as Wagtail makes it. Pages of other sites have none here."""
        is_elsewhere = language == get_language() and not url_path.startswith(self._root.url_path)
        return "" if is_elsewhere else address_of(url_path, language)

    def find(self, pks: Iterable[int]) -> None:
        """Have these pages in the book, too: one query for all that are not, none if there are none."""
        missing = set(pks) - self._entries.keys() - self._looked_for
        self._looked_for |= missing
        if missing:
            self._add(Q(pk__in=missing))

    def __iter__(self) -> Iterator[Entry]:
        """The pages that readers can see."""
        return (entry for entry in self._entries.values() if entry.live and entry.url)

    def get(self, pk: int) -> Entry | None:
        """A page that readers can see, by its primary key; None if there is none, or not any more."""
        self.find([pk])
        entry = self._entries.get(pk)
        return entry if entry and entry.live and entry.url else None

    def url_of(self, page: Page) -> str:
        return self._url(page.url_path, get_language() or settings.LANGUAGE_CODE)

    def trail(self, page: Page) -> list[Entry]:
        """The pages above a page, the first page first."""
        return [entry for entry in self if page.path.startswith(entry.path) and page.path != entry.path]

    def below(self, path: str) -> list[Entry]:
        """The pages right below the one at this path, in their order."""
        return [entry for entry in self if entry.path[:-STEP] == path]

    def after(self, page: Page, count: int) -> list[Entry]:
        """The pages that stand next to a page, those behind it first, then from the beginning again."""
        others = [entry for entry in self.below(page.path[:-STEP]) if entry.pk != page.pk]
        behind = [entry for entry in others if entry.path > page.path]
        return [*behind, *(entry for entry in others if entry not in behind)][:count]

    def step(self, above: Entry, slug: str) -> Entry | None:
        """The page with this slug right below another, seen by readers or not."""
        found = (e for e in self._entries.values() if e.slug == slug and e.path[:-STEP] == above.path)
        return next(found, None)

    @property
    def first(self) -> Entry:
        """The page at the root of the site."""
        return self._entries[self._root.pk]

    def covers(self, entry: Entry) -> bool:
        """Whether the pages right below this one are all in the book."""
        return entry.depth <= self._root.depth + 1
