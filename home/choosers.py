"""Chooser blocks that know which record was chosen and leave the reading to the books of the answer.

A plain chooser block reads its records when a page is shown, with a query for each kind of block, although the page
book and the contact book have them already. The values of these blocks hold a primary key and nothing else, until
somebody asks for more; what is stored, and what editors see, is the same.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class UnreadMixin:
    """For a chooser block: its value is a record of which only the key was read. It may have been deleted since."""

    model_class: type[Model]
    #: The block of Wagtail that stores the same; migrations name that one, and need not know of ours.
    stored_as: str

    def deconstruct(self) -> tuple[str, Any, Any]:
        return (self.stored_as, *super().deconstruct()[1:])  # type: ignore[misc]

    def to_python(self, value: Any) -> Model | None:
        return self.bulk_to_python([value])[0]

    def bulk_to_python(self, values: Iterable[Any]) -> list[Model | None]:
        key = self.model_class._meta.pk.attname
        return [value and self.model_class.from_db(None, [key], [value]) for value in values]

    def get_form_state(self, value: Model | None) -> Any:
        return super().get_form_state(self.read(value))  # type: ignore[misc]

    def render_basic(self, value: Model | None, context: Any = None) -> Any:
        return super().render_basic(self.read(value), context)  # type: ignore[misc]

    def read(self, value: Model | None) -> Model | None:
        """The whole record, or None if it was deleted."""
        return value and self.model_class._default_manager.filter(pk=value.pk).first()


class PageChoice(UnreadMixin, blocks.PageChooserBlock):
    """A page, which templates look up in the page book."""

    stored_as = "wagtail.blocks.PageChooserBlock"


class ContactChoice(UnreadMixin, SnippetChooserBlock):
    """A contact, which templates look up in the contact book."""

    stored_as = "wagtail.snippets.blocks.SnippetChooserBlock"
