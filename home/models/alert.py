"""The alert banner: something that readers should know now, and only for a while."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import DraftStateMixin, Page, PreviewableMixin, RevisionMixin

from home.models.base import Audience
from home.telling import tells
from resources.models.audiences import ForAudiences
from resources.tokens import validate_tokens
from resources.typed_numbers import CheckedWhenLive, ChecksDrafts
from resources.usage import NamingLine

#: What is still true after this belongs on a page.
LONGEST = timedelta(days=60)


class AlertForm(ChecksDrafts, WagtailAdminModelForm):
    """The editor's form of an alert: a draft may be unfinished."""


class AlertQuerySet(models.QuerySet["Alert"]):
    """Alerts by time and by reader."""

    def on_now(self, audience: str, now: datetime | None = None) -> "AlertQuerySet":
        """What readers of a page see now, the most urgent first. Pages that are for everyone have no audience."""
        now = now or timezone.now()
        reached = models.Q(everyone=True)
        if audience:
            reached |= models.Q(**{f"for_{audience}": True})
        return self.filter(reached, live=True, start__lte=now, end__gt=now).select_related("page")


class Alert(CheckedWhenLive, PreviewableMixin, DraftStateMixin, RevisionMixin, ForAudiences):
    """A banner at the top of pages. It begins and ends by itself, to the minute, without anybody or any job."""

    class Level(models.IntegerChoices):
        """How urgent it is. Words carry it; no level is red."""

        INFORMATION = 1, "For your information"
        IMPORTANT = 2, "Important"
        URGENT = 3, "Urgent"

    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.INFORMATION)
    text = NamingLine(
        max_length=250, help_text="One or two short sentences. For a phone number write its key, like [[childline]]."
    )
    page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="page with more",
        help_text="Where readers learn more",
    )
    link_words = models.CharField(max_length=60, blank=True, help_text="Words of that link; else the page’s title")
    everyone = models.BooleanField(default=True, help_text="On every page, also on the first page and on the form")
    start = models.DateTimeField("begins", default=timezone.now)
    end = models.DateTimeField("ends", help_text=f"At most {LONGEST.days} days after it begins. It ends by itself.")

    base_form_class = AlertForm
    #: What lists of the CMS call it.
    name_field = "text"
    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-level", "-start", "pk"]
        indexes = [models.Index(fields=["end"])]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.text[:60]}"

    def clean(self) -> None:
        validate_tokens(self.text)
        if self.is_checked_as_draft:
            return
        errors: dict[str, str] = {}
        if self.start and self.end and self.end <= self.start:
            errors["end"] = "It must end after it begins."
        elif self.start and self.end and self.end - self.start > LONGEST:
            errors["end"] = f"At most {LONGEST.days} days. What is still true then belongs on a page."
        if not self.everyone and not self.audiences:
            errors["everyone"] = "Choose who sees it: everyone, or at least one of the doors."
        if self.everyone or self.for_young:
            for name, words in {"text": self.text, "link_words": self.words_of_link}.items():
                if tells(words):
                    errors[name] = (
                        "Young people see this too, and someone could see it over their shoulder. "
                        "Choose words that tell nothing."
                    )
        if errors:
            raise ValidationError(errors)

    @property
    def audiences(self) -> list[Audience]:
        """The doors behind which it shows; none if it is for everyone alone."""
        return [audience for audience in Audience if getattr(self, f"for_{audience}")]

    @property
    def words_of_link(self) -> str:
        """What the link to more says; empty without a link."""
        return (self.link_words or self.page.title) if self.page else ""

    @property
    def state(self) -> str:
        """Where it is in its life, for the list of editors."""
        now = timezone.now()
        if not self.live:
            return "Draft"
        if now < self.start:
            return "Not begun"
        return "On now" if now < self.end else "Ended"

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "home/alert_preview.html"
