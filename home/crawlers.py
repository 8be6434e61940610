"""What search engines are told: which pages there are. What they must not list says so itself, in a header or a tag.

robots.txt forbids nothing: a list of paths to keep away from would tell everybody where staff sign in, and a page that
may not be fetched cannot say that it must not be listed.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from home.languages import address_of
from home.models import GetHelpPage


class PageSitemap(Sitemap[Page]):
    """All pages that readers can see, in every language, with the day on which each was last published.

    Raises Http404 where there is no site.
    """

    def __init__(self, request: HttpRequest) -> None:
        site = Site.find_for_request(request)
        if not site:
            raise Http404
        self.root: Page = site.root_page

    def items(self) -> Iterable[Page]:
        own = self.root.get_descendants(inclusive=True)
        pages = (own | Page.objects.filter(pk__in=GetHelpPage.objects.values("pk"))).live().public()
        return pages.order_by("path").select_related("locale").only("url_path", "last_published_at", "locale")

    def location(self, page: Page) -> str:
        return address_of(page.url_path, page.locale.language_code)

    def lastmod(self, page: Page) -> datetime | None:
        return page.last_published_at


@require_safe
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sitemap loads every page whole; an address and a date are enough here."""
    sitemaps: dict[str, Any] = {"pages": PageSitemap(request)}
    return sitemap(request, sitemaps)


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Everything may be fetched."""
    address = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(f"User-agent: *\nDisallow:\n\nSitemap: {address}\n", content_type="text/plain; charset=utf-8")
