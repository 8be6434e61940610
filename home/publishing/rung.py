"""A new number, hour or address shows only after somebody who did not write it has rung it and said so.

Kinds of records take part by having `how_to_reach()`: what readers would use to get through. What somebody confirmed
stands in Wagtail's own log, with a mark of exactly what they rang; a later change asks again.
"""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from wagtail.log_actions import LogActionRegistry, LogFormatter, log, registry
from wagtail.models import BaseLogEntry, Revision

from home.publishing.policy import User, author_of, earlier_than

CONFIRMED = "phoenix.confirmed"
WROTE_NUMBER = (
    "You changed how to reach them. Somebody else has to ring it before readers see it. Your change is kept as a draft."
)
RING_FIRST = "Ring it before you publish: the way to reach them has changed, or readers do not see it now."


def has_to_be_rung(record: Model, revision: Revision | None = None) -> bool:
    """Whether readers would get through in another way than now, and nobody has confirmed that it is right."""
    if not hasattr(record, "how_to_reach"):
        return False
    revision = revision or record.get_latest_revision()  # type: ignore[attr-defined]
    # Asked anew, as in `policy.may_publish`.
    now = type(record)._base_manager.filter(pk=record.pk, live=True).first()
    if now is not None and mark(now) == mark_of(revision):
        return False
    return not confirmations(record, revision)


def may_confirm(user: User, revision: Revision) -> bool:
    """Whether somebody may say that it is right: anybody but whoever wrote it."""
    return writer_of(revision) != user.pk


def confirm(user: User, record: Model, revision: Revision, way: str) -> None:
    """Note that somebody rang it, or saw it where they could, and that it is right."""
    data = {"way": way, "mark": mark_of(revision)}
    log(record, CONFIRMED, user=user, data=data, revision=revision)


def confirmations(record: Model, revision: Revision) -> list[BaseLogEntry]:
    """Who confirmed what the revision says, since it was written and since readers last saw the record."""
    entries = registry.get_logs_for_instance(record)
    since = began(revision).created_at
    if hidden := entries.filter(action="wagtail.unpublish").order_by("-timestamp").first():
        since = max(since, hidden.timestamp)
    writer, is_about = writer_of(revision), mark_of(revision)
    found = entries.filter(action=CONFIRMED, timestamp__gte=since)
    return [entry for entry in found if entry.data.get("mark") == is_about and entry.user_id != writer]


def writer_of(revision: Revision) -> int | None:
    """The key of the user who wrote how to reach them; of what was loaded, whoever changed its draft last."""
    return began(revision).user_id or author_of(revision)


def began(revision: Revision) -> Revision:
    """The revision in which the way to reach them was written as it stands in this one."""
    first, is_about = revision, mark_of(revision)
    for before in earlier_than(revision):
        if mark_of(before) != is_about:
            break
        first = before
    return first


def mark_of(revision: Revision) -> str:
    return mark(revision.as_object())


def mark(record: Any) -> str:
    """A short mark of how to reach them, the same as long as that is the same."""
    reach = json.dumps(record.how_to_reach(), cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(reach.encode()).hexdigest()


def register_action(actions: LogActionRegistry) -> None:
    """Say in Wagtail's histories and reports what our entry means."""

    @actions.register_action(CONFIRMED)
    class Confirmed(LogFormatter):
        label = "Ring before publishing"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            how = "Rang it" if log_entry.data.get("way") == "rang" else "Looked at their own page"
            return f"{how} before it was published: it is right"
