"""Help in front of Send for somebody in distress. Nothing is noted: it is worked out while the page is made."""

from typing import Any

from django import template
from django.views.decorators.debug import sensitive_variables

from reporting.concern.addition import AdditionForm
from reporting.concern.distress import helpers
from reporting.concern.form import ConcernForm
from resources.distress import found_in
from resources.snapshot import distress_from_snapshot

register = template.Library()


@register.inclusion_tag("components/distress.html", takes_context=True)
@sensitive_variables()
def help_in_distress(context: dict[str, Any], form: ConcernForm | AdditionForm | None = None) -> dict[str, Any]:
    """Help with what was written; without a form, a place for the script that looks by itself."""
    found = found_in(form.texts() if form else (), distress_from_snapshot())
    book = context["contacts"]
    return {
        "contacts": book,
        "emergency_contact": context["emergency_contact"],
        "is_shown": bool(found),
        "services": helpers(found, book),
    }
