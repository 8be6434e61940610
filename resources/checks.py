"""`manage.py check --deploy --database default` names the numbers that nobody should miss, and that are not public."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Notice
from django.db import DatabaseError


@register(Tags.database, deploy=True)
def what_is_never_hidden_is_live(**kwargs: Any) -> list[CheckMessage]:
    """The contacts of PHOENIX_NEVER_HIDDEN: there, and live."""
    from resources.models import Contact

    if not kwargs.get("databases"):
        return []
    try:
        live = set(Contact.objects.filter(key__in=settings.NEVER_HIDDEN, live=True).values_list("key", flat=True))
    except DatabaseError as error:
        return [Notice(f"The contacts could not be read: {type(error).__name__}.", id="phoenix.W023")]
    return [
        Notice(
            f"Readers do not see the contact “{key}”, which should never be missing.",
            hint="Publish it under Contacts in the CMS, or change PHOENIX_NEVER_HIDDEN.",
            id="phoenix.W022",
        )
        for key in settings.NEVER_HIDDEN
        if key not in live
    ]
