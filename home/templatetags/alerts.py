"""The alert banners of a page."""

from typing import Any

from django import template
from django.db import DatabaseError

from home.models import Alert

register = template.Library()


@register.simple_tag(takes_context=True)
def alerts_now(context: dict[str, Any]) -> list[Alert]:
    """What this page's readers should know now, in one query. None on pages that are made without the database."""
    if "request" not in context or context.get("bare_foot"):
        return []
    try:
        return list(Alert.objects.on_now(context.get("audience", "")))
    except DatabaseError:
        return []
