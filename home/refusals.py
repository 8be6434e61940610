"""Tells editors why a page is not public, instead of failing. The page itself says what forbids it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from home.models.language import InOneLanguage


def refused(request: HttpRequest, page: Page) -> bool:
    """Whether readers must not see this state of a page; then the editor has a message that says why."""
    reasons = page.why_not_public() if isinstance(page, InOneLanguage) else {}
    if reasons:
        messages.error(request, f"“{page.get_admin_display_title()}” is not public. {' '.join(reasons.values())}")
    return bool(reasons)


def before_publish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """On the edit page: what was typed is kept as a draft."""
    return redirect("wagtailadmin_pages:edit", page.pk) if refused(request, page) else None


def before_bulk(request: HttpRequest, action: str, objects: list[Any], view: Any) -> HttpResponse | None:
    """In the list of pages: if one of those chosen is refused, none is published."""
    if action != "publish":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    if view.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [below for page in pages for below in page.get_descendants().not_live()]
    # Every page is asked, so that the editor reads all the reasons at once.
    reasons = [refused(request, page.get_latest_revision_as_object()) for page in pages]
    return redirect(view.next_url) if any(reasons) else None
