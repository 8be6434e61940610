"""What somebody has to look at again, and what they note when it is still right. Nothing here unpublishes anything."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from textwrap import shorten
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import transaction
from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page

from home.models.search_words import in_one_line

STILL_RIGHT = "phoenix.still_right"
#: How many days before the day the reminders begin.
DAYS_BEFORE = 30


@dataclass(frozen=True)
class Row:
    """One record in a list for editors, without the record itself: lists are read in one query."""

    label: str
    pk: int
    name: str
    when: Any
    who: int | None
    #: The bank holiday that it is checked for, earlier than its day.
    before: date | None = None

    @property
    def title(self) -> str:
        """Its name in one line; some records have no name but a list of words, one on each line."""
        return shorten(in_one_line(self.name), 80, placeholder=" …")

    @property
    def edit_address(self) -> str:
        return edit_address(self.label, self.pk)

    @property
    def still_right_address(self) -> str:
        """Where somebody says that it is still right; a contact is checked, which takes more than a look."""
        if self.label == "resources.contact":
            return reverse("check_one", args=[self.pk])
        return reverse("still_right", args=[*self.label.split("."), self.pk])


def address_of(record: Any) -> tuple[str, str, int]:
    """How our screens name a record."""
    return record._meta.app_label, record._meta.model_name, record.pk


def edit_address(label: str, pk: int) -> str:
    """Where a record is edited in the CMS."""
    if issubclass(apps.get_model(label), Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    return reverse(f"wagtailsnippets_{label.replace('.', '_')}:edit", args=[pk])


def reviewed_models() -> list[Any]:
    """All kinds of records that somebody has to look at again; they say so by a `review_field`."""
    return [model for model in apps.get_models() if hasattr(model, "review_field")]


def due(today: date) -> list[Row]:
    """Live records to look at again within 30 days or already overdue, the longest overdue first; one query."""
    until = today + timedelta(days=DAYS_BEFORE)
    parts = []
    for model in reviewed_models():
        records = model.objects.filter(live=True, **{f"{model.review_field}__lte": until})
        parts.append(rows(records, model.review_field, "review_owner"))
    return joined(parts, "row_when")


def waiting() -> list[Row]:
    """Drafts by people that are not published yet, the newest first; one query."""
    models: list[Any] = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    parts = [
        rows(
            model.objects.filter(has_unpublished_changes=True, latest_revision__user__isnull=False),
            "latest_revision__created_at",
            "latest_revision__user",
        )
        for model in [Page, *models]
    ]
    return joined(parts, "-row_when")


def rows(records: QuerySet[Any], when: str, who: str) -> QuerySet[Any, Any]:
    """The part of a list that one kind of record gives."""
    model = records.model
    name = "draft_title" if issubclass(model, Page) else getattr(model, "name_field", "name")
    label = Value(model._meta.label_lower, output_field=CharField())
    return (
        records.order_by()
        .annotate(row_label=label, row_name=F(name), row_when=F(when), row_who=F(who))
        .values_list("row_label", "pk", "row_name", "row_when", "row_who")
    )


def joined(parts: list[QuerySet[Any, Any]], order: str) -> list[Row]:
    """One list of all kinds."""
    found = reduce(lambda first, second: first.union(second, all=True), parts)
    return [Row(*values) for values in found.order_by(order)]


def note_still_right(
    user: Any, record: Any, today: date, action: str = STILL_RIGHT, data: dict[str, Any] | None = None
) -> None:
    """Somebody looked at what readers see today, and it is right. The log may say in more words what they did."""
    with transaction.atomic():
        keep(record, record.still_right(today, user.get_full_name()))
        log(record, action, user=user, data=data, uuid=uuid4())


def keep(record: Any, noted: dict[str, Any]) -> None:
    """Write dates and names of reviews onto what readers see. A draft that waits keeps them, too."""
    live = type(record).objects.get(pk=record.pk)
    for name, value in noted.items():
        setattr(live, name, value)
    # The dates alone: Wagtail would check a whole page, and old pages may have faults that are not of today.
    options = {"clean": False} if isinstance(live, Page) else {}
    live.save(update_fields=list(noted), **options)
    if live.has_unpublished_changes and (draft := live.get_latest_revision()):
        draft.content |= {name: None if value is None else str(value) for name, value in noted.items()}
        draft.save(update_fields=["content"])
