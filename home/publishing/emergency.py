"""The emergency way: one person publishes, says why, and everybody sees it until another person has looked at it.

Both steps stand in Wagtail's own log, which nobody can edit; nothing else is kept.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import BaseLogEntry, DraftStateMixin, ModelLogEntry, PageLogEntry

from home.publishing.guard import emergency
from home.publishing.policy import User

PUBLISHED_ALONE = "phoenix.published_alone"
LOOKED_AT = "phoenix.looked_at"
#: The right that the group of emergency publishers has.
RIGHT = "home.publish_alone"
LOGS: tuple[type[BaseLogEntry], ...] = (PageLogEntry, ModelLogEntry)


def publish_alone(user: User, record: DraftStateMixin, reason: str) -> None:
    """Publish the latest draft of a record without a second person. The reason is logged with it, or neither is kept.

    Raises ValidationError if the draft is not fit to be published by anybody.
    """
    revision = record.get_latest_revision()  # type: ignore[attr-defined]
    with transaction.atomic(), emergency():
        revision.publish(user=user, skip_permission_checks=True)
        log(record, PUBLISHED_ALONE, user=user, data={"reason": reason}, revision=revision)


def unseen() -> Iterator[tuple[BaseLogEntry, Model]]:
    """What was published alone and nobody else has looked at yet, with its record. Time alone takes nothing off."""
    for entries in LOGS:
        seen = entries.objects.filter(action=LOOKED_AT, uuid__isnull=False).values("uuid")
        waiting = _alone(entries).exclude(uuid__in=seen).select_related("user", "content_type")
        # What was deleted since has gone from the site as well.
        yield from ((entry, record) for entry, record in waiting.with_instances() if record)


def find(uuid: UUID) -> BaseLogEntry | None:
    """The entry of one emergency publication."""
    return next((entry for entries in LOGS for entry in _alone(entries).filter(uuid=uuid)), None)


def looked_at(user: User, entry: BaseLogEntry) -> None:
    """Note that somebody else has looked at it. The two entries share a number, which says what was looked at."""
    [(_, record)] = _alone(type(entry)).filter(pk=entry.pk).with_instances()
    log(record, LOOKED_AT, user=user, uuid=entry.uuid)


def _alone(entries: type[BaseLogEntry]) -> Any:
    return entries.objects.filter(action=PUBLISHED_ALONE).order_by("-timestamp")


def register_actions(actions: LogActionRegistry) -> None:
    """Say in Wagtail's histories and reports what our own entries mean."""

    @actions.register_action(PUBLISHED_ALONE)
    class PublishedAlone(LogFormatter):
        label = "Publish alone, in an emergency"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            return f"Published alone, in an emergency: {log_entry.data.get('reason', '')}"

    actions.register_action(LOOKED_AT, "Look at an emergency publication", "Looked at what was published alone")
