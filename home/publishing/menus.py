"""The buttons under a page or record in the CMS: "Publish" only for whoever may, and the emergency way beside it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import DraftStateMixin

from home.publishing.emergency import RIGHT
from home.publishing.policy import has_publish_right, is_for_the_team, may_publish, needs_two
from home.publishing.review import address_of
from home.publishing.rung import WROTE_NUMBER, has_to_be_rung, may_confirm

ASK = "You wrote the last change. An editor publishes it: choose “Submit to Second pair of eyes” when it is ready."


class RecordMenuItem(ActionMenuItem):
    """A button that leads to one of our own screens for this record."""

    address_name = ""

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse(self.address_name, args=address_of(record_in(parent_context)))


class PublishAloneItem(RecordMenuItem):
    label = "Publish alone, in an emergency"
    name = "action-publish-alone"
    icon_name = "warning"
    address_name = "publish_alone"


class RingFirstItem(RecordMenuItem):
    label = "Ring it, then publish"
    name = "action-ring-first"
    icon_name = "mobile-alt"
    address_name = "ring_first"


class CheckItem(RecordMenuItem):
    label = "Check it: is it still right?"
    name = "action-check"
    icon_name = "check"

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("check_one", args=[record_in(parent_context).pk])


class StillRightItem(RecordMenuItem):
    label = "I looked at it: still right"
    name = "action-still-right"
    icon_name = "check"
    address_name = "still_right"


def record_in(context: dict[str, Any]) -> Any:
    """The page or record that a menu belongs to; None while it is being made."""
    return context.get("page") or context.get("instance")


def choose_items(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Take "Publish" away where it would be refused or would do nothing, and offer what can be done instead."""
    record = record_in(context)
    model = type(record) if record else context.get("model")
    if record is None or record.pk is None:
        if model and needs_two(model):
            drop_publish(items)
        return
    if not isinstance(record, DraftStateMixin):
        return
    is_waiting = record.has_unpublished_changes or not record.live
    decision = may_publish(request.user, record)
    draft = record.get_latest_revision()  # type: ignore[attr-defined]
    to_ring = is_waiting and draft is not None and has_to_be_rung(record, draft)
    if needs_two(type(record)) and not (decision.allowed and is_waiting and not to_ring):
        drop_publish(items)
    if context.get("view") != "edit" or not has_publish_right(request.user, record):
        return
    if to_ring and may_confirm(request.user, draft):
        items.insert(0, RingFirstItem(order=0))
    if (to_ring or (not decision.allowed and is_waiting)) and request.user.has_perm(RIGHT):
        items.append(PublishAloneItem())
    if record.live and hasattr(record, "how_to_reach"):
        items.append(CheckItem())
    elif record.live and hasattr(record, "review_field"):
        items.append(StillRightItem())


def drop_publish(items: list[Any]) -> None:
    """Take the publish button out of a menu."""
    items[:] = [item for item in items if item.name != "action-publish"]


def say_why(request: HttpRequest, record: Any) -> None:
    """Above a draft that its author has open: why there is no "Publish", and what to do."""
    if request.method != "GET" or not isinstance(record, DraftStateMixin) or not record.has_unpublished_changes:
        return
    decision, draft = may_publish(request.user, record), record.get_latest_revision()  # type: ignore[attr-defined]
    if decision.allowed and has_to_be_rung(record, draft) and not may_confirm(request.user, draft):
        messages.info(request, WROTE_NUMBER)
    if not decision.allowed:
        says_whom = is_for_the_team(type(record)) or has_publish_right(request.user, record)
        messages.info(request, decision.reason if says_whom else ASK)
