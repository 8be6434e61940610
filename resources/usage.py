"""Where a contact is used: a text that names it as [[key]] counts like a block that chooses it, in Wagtail's own lists.

Wagtail keeps an index of what refers to what, and asks fields and blocks for it. Ours answer with the contacts that
their words name. So the list of where a contact is used, and the warning before it is taken away, leave nothing out.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.functional import lazy
from wagtail.models import ReferenceIndex

from resources.tokens import keys_in

#: What the reference index wants to know: model, primary key, path in the model, path in the content.
Reference = tuple[type[models.Model], Any, str, str]


def contacts_named(text: object) -> Iterator[Reference]:
    """A reference for each contact that a text names. The database is asked when somebody reads its primary key.

    Pages are asked for their references when they are shown, too, to find links; then nobody reads it.
    """
    from resources.models import Contact

    for key in sorted(keys_in(str(text))):
        yield Contact, lazy(primary_key_of(key), str)(), "", ""


def primary_key_of(key: str) -> Callable[[], str]:
    """The primary key of a contact as the index keeps it, read once; empty if there is none (any more)."""
    from resources.models import Contact

    @cache
    def read() -> str:
        return str(Contact.objects.filter(key=key).values_list("pk", flat=True).first() or "")

    return read


class Naming:
    """Mixin of a field of text whose [[keys]] the index knows. For migrations it is a plain field."""

    #: The plain field.
    stored_as: str

    def extract_references(self, value: str) -> Iterator[Reference]:
        return contacts_named(value)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, self.stored_as, args, kwargs


class NamingLine(Naming, models.CharField):
    """A line of text."""

    stored_as = "django.db.models.CharField"


class NamingText(Naming, models.TextField):
    """A text of one or more lines."""

    stored_as = "django.db.models.TextField"


def with_usage(contacts: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The contacts, each with `usage_count`: how many pages and records use it. One query for all of them."""
    source = Concat("base_content_type_id", models.Value("-"), "object_id", output_field=models.CharField())
    uses = (
        ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(contacts.model),
            to_object_id=Cast(models.OuterRef("pk"), models.CharField()),
        )
        .values("to_object_id")
        .annotate(count=models.Count(source, distinct=True))
        .values("count")
    )
    return contacts.annotate(usage_count=Coalesce(models.Subquery(uses), 0))
