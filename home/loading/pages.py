"""Pages from `home/content/pages/`: first every page in its place, then the bodies, which may link to any of them."""

from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from home.loading.bodies import Bodies
from home.loading.ledger import Outcome, load_once
from home.models import (
    DoorPage,
    FindHelpPage,
    GetHelpPage,
    GuidancePage,
    HomePage,
    InfoPage,
    MaterialPage,
    PackPage,
    WhoToContactPage,
)

TYPES: dict[str, type[Page]] = {
    "home": HomePage,
    "door": DoorPage,
    "guidance": GuidancePage,
    "info": InfoPage,
    "find-help": FindHelpPage,
    "get-help": GetHelpPage,
    "who-to-contact": WhoToContactPage,
    "material": MaterialPage,
    "pack": PackPage,
}
SAME_NAME = (
    *("title", "lede", "content_note", "written", "review", "audience", "card", "search_description"),
    *("shows", "figures_note"),
)
#: Fields that name another page by its address.
PAGES_NAMED = ("figures_page", "questions_page")


def address_of(page: Page, home: Page | None) -> str:
    """`parents-and-carers/signs`, as the data files write it; home is empty."""
    return page.url_path.removeprefix(home.url_path).strip("/") if home else ""


def ensure_home(entry: dict[str, Any]) -> Page:
    """The home page at the root of the site, instead of the page that Wagtail's own set-up left there."""
    if home := HomePage.objects.filter(locale=Locale.get_default()).first():
        return home
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title=entry["title"], slug="phoenix", live=False))
    before = Site.objects.filter(is_default_site=True).first()
    site = before or Site(is_default_site=True)
    welcome = site.root_page if before else None
    site.hostname, site.site_name, site.root_page = "localhost", settings.WAGTAIL_SITE_NAME, home
    site.save()
    if welcome and welcome.specific_class is Page:
        welcome.delete()
    return home


def ensure_place(entry: dict[str, Any], pages: dict[str, Page]) -> None:
    """Make the page without its body, so that others can link to it. A page that exists is left as it is."""
    address = entry["address"]
    if address in pages:
        return
    parent_address, _, slug = address.rpartition("/")
    parent = pages[parent_address]
    page = TYPES[entry["page"]](slug=slug, title=entry["title"], live=False)
    if entry["page"] == "door":
        page.audience, page.menu_words, page.card = entry["audience"], entry["menu"], entry["card"]
    pages[address] = parent.add_child(instance=page)


def fill(page: Page, entry: dict[str, Any], bodies: Bodies) -> None:
    """Set the page's fields from an entry, and publish it."""
    for name in SAME_NAME:
        if name in entry and hasattr(page, name):
            setattr(page, name, entry[name])
    for name in PAGES_NAMED:
        if name in entry:
            setattr(page, name, bodies.pages.get(entry[name]))
    page.seo_title = entry.get("tab", "")
    if "menu" in entry:
        page.show_in_menus = True
        if hasattr(page, "menu_words"):
            page.menu_words = entry["menu"]
    page.body = [bodies.block(block) for block in entry.get("body", [])]
    page.body.stream_block.clean(page.body)
    page.full_clean()
    page.save_revision().publish()


def load_pages(entries: list[dict[str, Any]]) -> list[Outcome]:
    """Load all pages; a parent stands before its children in `entries`."""
    home = ensure_home(entries[0])
    existing = {address_of(page, home): page.specific for page in home.get_descendants(inclusive=True)}
    was_there = set(existing) if home.live else set()
    skipped = {e["address"] for e in entries if _deleted(e, was_there)}
    wanted = [e for e in entries if e["address"] not in skipped]
    pages = dict(existing)
    for entry in wanted:
        ensure_place(entry, pages)
    bodies = Bodies(pages)
    outcomes = [Outcome.KEPT] * len(skipped)
    for entry in wanted:
        page = pages[entry["address"]]

        def save(record: Page | None, entry: dict[str, Any] = entry, page: Page = page) -> None:
            fill(page, entry, bodies)

        known = page if entry["address"] in was_there else None
        outcomes.append(load_once(f"page {entry['address'] or '/'}", entry, known, save))
    return outcomes


def _deleted(entry: dict[str, Any], was_there: set[str]) -> bool:
    """Whether an editor deleted or moved this page since it was loaded; it, and what stood below it, stays away."""
    from home.models import LoadedContent

    loaded = LoadedContent.objects.filter(name=f"page {entry['address'] or '/'}").exists()
    parent = entry["address"].rpartition("/")[0]
    parent_gone = parent not in was_there and LoadedContent.objects.filter(name=f"page {parent}").exists()
    return entry["address"] not in was_there and (loaded or (bool(parent) and parent_gone))
