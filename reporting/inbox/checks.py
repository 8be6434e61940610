"""`manage.py check --deploy --database default` says whether a concern could be taken."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from reporting.inbox.keys import InboxClosed, usable_keys


@register(Tags.database, deploy=True)
def keys_are_usable(**kwargs: Any) -> list[CheckMessage]:
    """Without a usable inbox key and recovery key the form shows the phone numbers."""
    if not kwargs.get("databases"):
        return []
    try:
        usable_keys()
    except InboxClosed as closed:
        return [
            Error(
                str(closed),
                hint="Put keys in use with `manage.py use_key`. Until then /tell-us/ shows the phone numbers.",
                id="phoenix.E010",
            )
        ]
    except DatabaseError as error:
        return [Error(f"The database did not answer: {type(error).__name__}.", id="phoenix.E011")]
    return []
