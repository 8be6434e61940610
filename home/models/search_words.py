"""What editors teach the search: words that mean the same, pages to show first, and words of people in distress."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Page, RevisionMixin, WorkflowMixin
from wagtail.snippets.blocks import SnippetChooserBlock

from resources.tokens import validate_tokens
from resources.typed_numbers import CheckedWhenLive, ChecksDrafts
from resources.usage import NamingLine

LONGEST_PHRASE = 60


def lines_of(text: str) -> list[str]:
    """The words and phrases of a field that holds one on each line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def validate_phrases(text: str) -> None:
    """Refuse a field without a phrase, or with a line that is a sentence."""
    phrases = lines_of(text)
    if not phrases:
        raise ValidationError("Write at least one word or phrase, each on a line of its own.")
    if long := [phrase for phrase in phrases if len(phrase) > LONGEST_PHRASE]:
        said = "Write a word or a short phrase on each line. Too long: “%(line)s”"
        raise ValidationError(said, params={"line": long[0]})


def in_one_line(text: str) -> str:
    """How lists of the CMS call a record that has no name but its words. A draft may have none yet."""
    return ", ".join(lines_of(text)) or "No words yet"


class TaughtForm(ChecksDrafts, WagtailAdminModelForm):
    """The editor's form of such a record: a draft may be unfinished."""


class Taught(CheckedWhenLive, WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """What an editor teaches the search. The search knows what is live; a draft waits for a second pair of eyes."""

    base_form_class = TaughtForm

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Wagtail unpublishes outside of a transaction, and the new edition of the index belongs to the change.
        with transaction.atomic():
            super().save(*args, **kwargs)


class SearchWords(Taught):
    """Words and phrases that mean the same: whoever looks for one of them finds the others too."""

    words = models.TextField(
        "words that mean the same",
        validators=[validate_phrases],
        help_text="One word or phrase on each line: police, cops, feds. Endings do not matter: nude finds nudes.",
    )

    name_field = "words"
    unread = frozenset(["words"])

    class Meta:
        ordering = ["words"]
        verbose_name = "group of words that mean the same"
        verbose_name_plural = "words that mean the same"

    def __str__(self) -> str:
        return in_one_line(self.words)

    def clean(self) -> None:
        if len(lines_of(self.words)) == 1 and not self.is_checked_as_draft:
            raise ValidationError({"words": "One word alone means the same as nothing. Add a second line."})


class PromotedPage(Taught):
    """A page that is shown first, and marked, when somebody looks for one of these phrases."""

    page = models.OneToOneField(
        Page, models.CASCADE, related_name="+", help_text="Stands above all other results, marked “Start here”"
    )
    words = models.TextField(
        "words people look for",
        validators=[validate_phrases],
        help_text="One word or phrase on each line. Endings do not matter: nude finds nudes.",
    )

    name_field = "words"
    unread = frozenset(["words"])

    class Meta:
        ordering = ["words"]
        verbose_name = "page to show first"
        verbose_name_plural = "pages to show first"

    def __str__(self) -> str:
        return in_one_line(self.words)

    def with_content_json(self, content: dict[str, Any]) -> "PromotedPage":
        """A draft or an old version. If the page that it names was deleted since, it names that of the record."""
        if not Page.objects.filter(pk=content.get("page")).exists():
            content = content | {"page": self.page_id}
        kept: PromotedPage = super().with_content_json(content)
        return kept


class DistressWords(Taught):
    """Phrases of somebody who may be in danger or in despair, and who can help: shown above all results."""

    class Level(models.TextChoices):
        DANGER = "danger", "In danger now: the emergency number stands first"
        HELP = "help", "Needs somebody to talk to"

    name = models.CharField(max_length=60, unique=True, help_text="For this list; readers do not see it")
    level = models.CharField(max_length=6, choices=Level.choices, default=Level.HELP)
    phrases = models.TextField(
        validators=[validate_phrases],
        help_text="One word or phrase on each line, as people would type it. Endings and small typing mistakes "
        "do not matter, and one more word may stand between two.",
    )
    heading = models.CharField(max_length=80, help_text="What readers see above the contacts, in a few kind words")
    text = NamingLine(max_length=250, help_text="One or two kind sentences. Not a number: choose contacts below.")
    contacts = StreamField(
        [("contact", SnippetChooserBlock("resources.Contact"))], blank=True, help_text="Who can help, best first"
    )
    page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", help_text="A page to read, if there is one"
    )
    sort_order = models.PositiveIntegerField(default=1000, help_text="Smaller comes first; at most two are shown")

    unread = frozenset(["phrases"])

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = "words of distress"
        verbose_name_plural = "words of distress"

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        validate_tokens(self.text)

    def contact_ids(self) -> list[Any]:
        """The chosen contacts, without reading them."""
        return [entry["value"] for entry in self.contacts.raw_data]
