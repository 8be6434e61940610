"""Tells editors why a page is not public, instead of failing. The page itself says what forbids it.

Whatever path a page takes, it is checked once more when it goes live. From the list of pages nothing would catch that
error, and the editor would meet a broken page instead of a reason.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from home.models.language import InOneLanguage


def reasons_against(page: Page) -> list[str]:
    """Why readers must not see this state of a page, in the words of its form; nothing if they may."""
    reasons = list(page.why_not_public().values()) if isinstance(page, InOneLanguage) else []
    try:
        page.full_clean()
    except ValidationError as error:
        reasons += error.messages
    return reasons


def before_publish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """On the edit page: what was typed is kept as a draft."""
    reasons = reasons_against(page)
    if reasons:
        messages.error(request, f"“{page.get_admin_display_title()}” is not public. {' '.join(reasons)}")
    return redirect("wagtailadmin_pages:edit", page.pk) if reasons else None


def before_bulk(request: HttpRequest, action: str, objects: list[Any], view: Any) -> HttpResponse | None:
    """In the list of pages: if one of those chosen is refused, none is published, and all the reasons are given."""
    if action != "publish":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    if pages and view.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [below for page in list(pages) for below in page.get_descendants().not_live()]
    refused = [(page, reasons) for page in pages if (reasons := reasons_against(page.get_latest_revision_as_object()))]
    for page, reasons in refused:
        title = page.get_admin_display_title()
        messages.error(request, f"“{title}” was not published, nor the others. {' '.join(reasons)}")
    return redirect(view.next_url) if refused else None
