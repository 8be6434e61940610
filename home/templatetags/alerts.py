"""The alert banners of a page."""

from typing import Any

from django import template
from django.db import DatabaseError

from home.models import Alert
from home.page_book import PageBook

register = template.Library()


@register.simple_tag(takes_context=True)
def alerts_now(context: dict[str, Any]) -> list[Alert]:
    """What this page's readers should know now, in one query, two if they lead elsewhere.

    None on pages that are made without the database."""
    if "request" not in context or context.get("bare_foot"):
        return []
    try:
        alerts = list(Alert.objects.on_now(context.get("audience", "")))
        # All pages that they lead to at once, if the answer does not know them anyway.
        if named := [alert.page_id for alert in alerts if alert.page_id]:
            PageBook.of(context["request"]).find(named)
        return alerts
    except DatabaseError:
        return []
