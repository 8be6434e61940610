"""The one place that no path to publishing can go round: a record that goes live, or that is scheduled to.

It looks at what is written to the database, so it does not matter which of Wagtail's screens asked for it. Who asks is
the person signed in to the CMS. Commands have none: what they publish was approved before (`publish_scheduled`) or
comes from whoever installs the site (`load_content`).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import pre_save
from wagtail.log_actions import get_active_log_context
from wagtail.models import DraftStateMixin, Revision

from home.publishing.policy import NEW, User, may_publish, needs_two
from home.publishing.rung import RING_FIRST, has_to_be_rung

_in_emergency: ContextVar[bool] = ContextVar("in_emergency", default=False)


class Refused(Exception):
    """One person tried to publish what needs two. `reason` says so in words for them; `record` stays a draft."""

    def __init__(self, reason: str, record: Model) -> None:
        super().__init__(reason)
        self.reason = reason
        self.record = record


class NotRung(Refused):
    """Somebody tried to publish another number, hour or address that nobody but its writer has rung."""


def watch_all() -> None:
    """Watch every kind of record that can be published, and the revisions that schedules stand in."""
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin):
            pre_save.connect(check_going_live, sender=model, dispatch_uid=f"going live: {model._meta.label}")
    pre_save.connect(check_scheduling, sender=Revision, dispatch_uid="scheduling")


@contextmanager
def emergency() -> Iterator[None]:
    """Let one person publish alone. Whoever uses this writes down who, what and why."""
    token = _in_emergency.set(True)
    try:
        yield
    finally:
        _in_emergency.reset(token)


def check_going_live(
    sender: type[Model], instance: Any, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Before a record is saved: refuse if readers would see another version of it than before."""
    user = get_active_log_context().user
    if user is None or _in_emergency.get() or not instance.live or not needs_two(sender):
        return
    if update_fields is not None and not {"live", "live_revision"} & set(update_fields):
        return  # Wagtail notes a new draft that way; what is live stays as it is
    before = sender._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    if before is None:
        raise Refused(NEW, instance)
    if before.live and before.live_revision_id == instance.live_revision_id:  # type: ignore[attr-defined]
        return
    # Wagtail publishes the latest revision and says which it is; code that sets `live` by hand may name an older one.
    for revision in (None, instance.live_revision):
        refuse_unless_fit(user, before, revision)


def check_scheduling(
    sender: type[Model], instance: Revision, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Before a revision is saved: to choose a time for it is to approve it."""
    user = get_active_log_context().user
    if user is None or _in_emergency.get() or instance.approved_go_live_at is None:
        return
    if update_fields is not None and "approved_go_live_at" not in update_fields:
        return
    refuse_unless_fit(user, instance.content_object, instance)


def refuse_unless_fit(user: User, record: Any, revision: Revision | None) -> None:
    """Raise the refusal if `user` may not publish this revision of the record (if none is given, the latest)."""
    decision = may_publish(user, record, revision)
    if not decision.allowed:
        raise Refused(decision.reason, record)
    if has_to_be_rung(record, revision):
        raise NotRung(RING_FIRST, record)
