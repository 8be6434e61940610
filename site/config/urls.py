"""Every address of Phoenix. Which of them a process serves is decided by its face (`config/faces.py`)."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve as serve_file
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as document_urls
from wagtail.urls import serve_pattern

from config import health, security_txt
from home.crawlers import robots_txt, sitemap_xml
from home.routing import serve
from home.search.views import search
from home.tables import figures_csv
from resources.open_data import contacts_json

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("cms/", include(wagtailadmin_urls)),
    path("mash/", include("reporting.desk.urls")),
    path("tell-us/", include("reporting.concern.urls")),
    path("search/", search, name="search"),
    path("documents/", include(document_urls)),
    path(security_txt.PATH, security_txt.security_txt, name="security_txt"),
    path("robots.txt", robots_txt),
    path("sitemap.xml", sitemap_xml, name="sitemap"),
    path("contacts.json", contacts_json, name="contacts_json"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}img/icon.svg"), name="favicon"),
]
if settings.SERVE_MEDIA:
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", serve_file, {"document_root": settings.MEDIA_ROOT}))
urlpatterns.append(re_path(r"^(?P<path>(?:[\w-]+/)+)figures\.csv$", figures_csv, name="figures_csv"))
# Only the pages themselves: Wagtail's public sign-in and password views would need a session.
# The site's own language has no prefix; every other stands under its code.
urlpatterns += i18n_patterns(re_path(serve_pattern, serve, name="wagtail_serve"), prefix_default_language=False)
