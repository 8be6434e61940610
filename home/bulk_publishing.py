"""Publishing several pages at once in the CMS: those that may not go live are named, before any of them does.

Whatever path a page takes, it is checked once more when it goes live (`NoTypedNumbers`, `Page.save`). From the list of
pages nothing would catch that error, and the editor would meet a broken page instead of a reason.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.hooks import register
from wagtail.models import Page


@register("before_bulk_action")
def name_unfit_pages(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Back to the list with the reasons, if any of the chosen pages may not go live as it is."""
    chosen = [page for page in objects if isinstance(page, Page)] if action_type == "publish" else []
    if chosen and action.cleaned_form.cleaned_data.get("include_descendants"):
        chosen += [draft for page in list(chosen) for draft in page.get_descendants().not_live()]
    reasons = [reason for page in chosen if (reason := reason_against(page.get_latest_revision_as_object()))]
    for reason in reasons:
        messages.error(request, reason)
    return redirect(action.next_url) if reasons else None


def reason_against(page: Page) -> str:
    """Why a page may not go live, in the words of its form; empty if it may."""
    try:
        page.full_clean()
    except ValidationError as error:
        return f"“{page.get_admin_display_title()}” was not published, nor the others. {' '.join(error.messages)}"
    return ""
