"""The words of posters, leaflets and wallet cards: kept by editors, printed with numbers from the contact records."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin
from wagtail.snippets.blocks import SnippetChooserBlock

from home.models.base import Audience
from home.telling import tells
from resources.models.reviewed import Reviewed
from resources.typed_numbers import CheckedWhenLive, ChecksDrafts

#: Nothing at all is the audience of what is for everyone, as it is for pages.
FOR_WHOM = [("", "Everyone"), *Audience.choices]
#: More than this would be too small to read on a poster.
MOST_CONTACTS = 4


class PosterForm(ChecksDrafts, WagtailAdminModelForm):
    """The editor's form of a poster's words: a draft may be unfinished."""


class PosterWords(CheckedWhenLive, WorkflowMixin, DraftStateMixin, RevisionMixin, Reviewed):
    """What a poster says to one audience, plainly or so that nobody who sees it knows what it is about."""

    class Style(models.TextChoices):
        """Whether it names its subject."""

        PLAIN = "plain", "Plain"
        NEUTRAL = "neutral", "Neutral"

    audience = models.CharField(max_length=14, choices=FOR_WHOM, blank=True)
    style = models.CharField(max_length=7, choices=Style.choices, default=Style.PLAIN)
    heading = models.CharField(max_length=50, help_text="A few words that can be read from across a room")
    text = models.CharField(max_length=200, help_text="Two or three short sentences, on posters and leaflets")
    card_text = models.CharField(max_length=80, help_text="One short sentence, on a wallet card")
    contacts = StreamField(
        [("contact", SnippetChooserBlock("resources.Contact"))],
        min_num=1,
        max_num=MOST_CONTACTS,
        help_text="Whom to call, best first. A wallet card has room for three",
    )
    written = models.DateField("last reviewed", null=True, blank=True)

    base_form_class = PosterForm
    name_field = "heading"

    class Meta:
        ordering = ["audience", "style"]
        verbose_name = "words of a poster"
        verbose_name_plural = "words of posters"
        constraints = [models.UniqueConstraint(fields=["audience", "style"], name="one_poster_an_audience_and_style")]

    def __str__(self) -> str:
        return f"{self.get_audience_display()}, {self.get_style_display().lower()}: {self.heading}"

    def clean(self) -> None:
        if self.is_checked_as_draft:
            return
        errors = {}
        for name in ("heading", "text", "card_text"):
            words = getattr(self, name)
            if "[[" in words:
                errors[name] = "Choose the contacts below: their numbers are printed under the words."
            elif self.style == self.Style.NEUTRAL and tells(words):
                errors[name] = "Somebody may find this in a pocket. Choose words that tell nothing."
        if errors:
            raise ValidationError(errors)

    def still_right(self, today: date, name: str) -> dict[str, Any]:
        """What to note when somebody has read the words, and all of them are right."""
        return {"written": today, "review": today + relativedelta(months=self.review_months)}

    def contact_ids(self) -> list[Any]:
        """The chosen contacts, without reading them."""
        return [entry["value"] for entry in self.contacts.raw_data]
