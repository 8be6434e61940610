"""The way from an address to its page in three queries (the site, the page book, the page), where Wagtail's needs two
for each part of the address. Everything else stays Wagtail's own work.
"""

from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from home.languages import root_of
from home.page_book import PageBook


def route(request: HttpRequest, path: str) -> RouteResult | None:
    """The live page at an address, as `Page.route_for_request` would find it, or None."""
    site = Site.find_for_request(request)
    if not site:
        return None
    root = root_of(site)
    if root is None:
        return None
    parts = [part for part in path.split("/") if part]
    branch = Subquery(Page.objects.child_of(root).filter(slug=parts[0]).values("path")[:1]) if parts else None
    book = PageBook.read(request, root, branch)
    entry = book.first
    if not parts and not entry.language.is_own:
        # The address of another language alone leads to its get-help page: its home page shows nothing.
        helps = book.below(entry.path)
        if not helps:
            return None
        entry = helps[0]
    while parts and book.covers(entry) and (below := book.step(entry, parts[0])):
        entry, parts = below, parts[1:]
    if parts and book.covers(entry) and entry.model.route is Page.route:
        return None
    page = entry.model._default_manager.filter(pk=entry.pk).first()
    if not page:
        return None
    # Nobody could pass a restriction: readers have no session to sign in with.
    if entry.has_restrictions and page.get_view_restrictions():
        return None
    page.is_open_to_all = True
    try:
        return page.route(request, parts)
    except Http404:
        return None


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, told where the page is: it looks there before it searches."""
    request._wagtail_route_for_request = route(request, path)  # type: ignore[attr-defined]
    return wagtail_serve(request, path)
