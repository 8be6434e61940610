"""Who may publish what: one person writes, another one publishes. Every question about it is answered here.

`guard` holds every path to this policy; menus and lists only ask it what to offer.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Revision
from wagtail.permissions import policy_registry

#: Numbers, places, texts of the concern form, pages on law: no setting lets one person publish these.
COMPULSORY = frozenset(
    [
        *("resources.contact", "resources.authority", "resources.place", "resources.areaboard"),
        *("home.sign", "home.infopage", "home.formtext"),
    ]
)
#: What the safeguarding team has to read before anybody else does: a second editor is not enough.
FOR_THE_TEAM = frozenset(["home.formtext"])
#: What Wagtail and we keep about a record, and no reader reads. Changing it makes nobody an author.
BOOKKEEPING = frozenset(
    [
        *("pk", "path", "depth", "numchild", "url_path", "draft_title", "owner", "alias_of"),
        *("latest_revision", "latest_revision_created_at", "live_revision", "live", "has_unpublished_changes"),
        *("first_published_at", "last_published_at", "go_live_at", "expire_at", "expired"),
        *("locked", "locked_at", "locked_by", "wagtail_admin_comments"),
        *("written", "reviewed_by", "review", "review_owner", "checked", "next_check"),
    ]
)

WROTE_LAST = "You wrote the last change. Ask another editor to look at it and publish. Your change is kept as a draft."
FOR_THE_TEAM_TO_READ = (
    "Somebody of the safeguarding team reads these words and publishes them: choose “Submit to Safeguarding review” "
    "when they are ready. Until then the old words stand."
)
NEW = "What is new starts as a draft. Ask another editor to look at it and publish."

#: Somebody who signed in to the CMS.
User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Decision:
    """Whether somebody may publish, and if not, why, in words for them."""

    allowed: bool
    reason: str = ""


YES = Decision(True)


def needs_two(model: type[Model]) -> bool:
    """Whether one person alone may not publish records of this kind."""
    is_compulsory = model._meta.label_lower in COMPULSORY
    return issubclass(model, DraftStateMixin) and (is_compulsory or settings.FOUR_EYES_EVERYWHERE)


def is_for_the_team(model: type[Model]) -> bool:
    """Whether the second person has to be of the safeguarding team."""
    return model._meta.label_lower in FOR_THE_TEAM


def has_publish_right(user: User, record: Model) -> bool:
    """Whether somebody's role lets them publish such records at all."""
    allowed: bool = policy_registry.get(record).user_has_permission_for_instance(user, "publish", record)
    return allowed


def may_publish(user: User, record: Model, revision: Revision | None = None) -> Decision:
    """Whether `user` may make `revision` of the record (if none is given, the latest) what readers see."""
    if not needs_two(type(record)):
        return YES
    # Asked anew: a page in the editor was made from a draft, which remembers what was live when it was written.
    live = type(record)._base_manager.filter(pk=record.pk, live=True).values_list("live_revision", flat=True).first()
    revision = revision or record.get_latest_revision()  # type: ignore[attr-defined]
    if revision is None:
        return Decision(False, NEW)
    shown = Revision.objects.filter(pk=live).first() if live else None
    if shown and readable(shown) == readable(revision):
        return YES  # nothing changes for readers
    if is_for_the_team(type(record)) and not has_publish_right(user, record):
        return Decision(False, FOR_THE_TEAM_TO_READ)
    return Decision(False, WROTE_LAST) if author_of(revision) == user.pk else YES


def author_of(revision: Revision) -> int | None:
    """The key of the user who made the change that `revision` shows; None for what was loaded.

    Wagtail makes a revision of each publishing and each saving, so those that repeat the one before are passed by.
    """
    author, content = revision.user_id, readable(revision)
    for before in earlier_than(revision):
        if readable(before) != content:
            break
        author = before.user_id
    return author


def earlier_than(revision: Revision) -> QuerySet[Revision]:
    """The revisions of the same record before this one, the latest first."""
    same = Revision.objects.filter(base_content_type=revision.base_content_type_id, object_id=revision.object_id)
    until = revision.created_at or timezone.now()
    return same.filter(created_at__lte=until).exclude(pk=revision.pk).order_by("-created_at", "-pk")


def readable(revision: Revision) -> dict[str, Any]:
    """What readers would see of a revision."""
    # As it is stored: a revision that was just made still has days and times as objects.
    content = json.loads(json.dumps(revision.content, cls=DjangoJSONEncoder))
    # A StreamField is a text of JSON in it, and PostgreSQL gives the names of its blocks in an order of its own.
    model: Any = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    blocks = {field.name for field in model._meta.fields if isinstance(field, StreamField)}
    return {
        name: json.loads(value) if name in blocks and isinstance(value, str) else value
        for name, value in content.items()
        if name not in BOOKKEEPING
    }
