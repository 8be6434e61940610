"""What all pages share: a lede, words for the browser tab that give nothing away, and review dates."""

from datetime import date
from http import HTTPMethod
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks import BodyBlock, TableValue
from home.publishing.permissions import DraftCopyForm, TwoPeople
from resources.tokens import validate_tokens


class Audience(models.TextChoices):
    """Who a door is for. It sets the colour of the page head and the voice of the signs."""

    YOUNG = "young", "Young people"
    PARENTS = "parents", "Parents and carers"
    PROFESSIONALS = "professionals", "Professionals"
    COUNCILLORS = "councillors", "Councillors"


#: Words that would tell someone across the room what a young person reads.
TELLING_WORDS = ("sex", "abuse", "exploit", "report", "groom", "rape")


class PhoenixPage(Page):
    """The common part of every page type."""

    lede = models.CharField(max_length=250, blank=True, help_text="One or two sentences under the heading")
    content_note = models.CharField(
        max_length=250, blank=True, help_text="A kind warning before a page that describes what happens"
    )
    written = models.DateField("last reviewed", null=True, blank=True)
    reviewed_by = models.CharField(max_length=120, blank=True, help_text="Leave empty until a named person checked it")
    review = models.DateField("next review", null=True, blank=True)
    review_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="who is reminded",
        help_text="Gets a mail when the next review is due. Leave empty to remind all editors",
    )
    body = StreamField(BodyBlock(required=False), blank=True)

    #: Where the day stands on which somebody has to look again, and how long a look lasts.
    review_field = "review"
    review_months = 12
    copy_form_class = DraftCopyForm

    # Pages are for reading: whatever is posted to one by mistake must not look as if it had arrived.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    # A page behind a sign-in would need a session, and readers have none.
    private_page_options: list[str] = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("lede"),
        FieldPanel("content_note"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("written"), FieldPanel("reviewed_by"), FieldPanel("review"), FieldPanel("review_owner")],
            "Review",
        ),
    ]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title", heading="Words in the browser tab"),
                FieldPanel("search_description"),
                FieldPanel("show_in_menus"),
            ],
            "Address and tab",
        )
    ]

    class Meta:
        abstract = True

    @property
    def audience_code(self) -> str:
        """The audience whose colour and voice this page has; empty for pages that are for everyone."""
        return ""

    @property
    def tab_words(self) -> str:
        """What stands behind "Phoenix – " in the browser tab."""
        return self.seo_title or self.title

    @property
    def up(self) -> Page:
        """The page that the link above the heading leads to."""
        return self.get_parent()

    @property
    def tables(self) -> list[TableValue]:
        """The tables of the body, which `figures.csv` repeats."""
        return [block.value for block in self.body if block.block_type == "table"]

    def permissions_for_user(self, user: Any) -> TwoPeople:
        return TwoPeople(user, self)

    def still_right(self, today: date, name: str) -> dict[str, Any]:
        """What to note when somebody has looked at this page, as it is, on a day."""
        return {
            "written": today,
            "reviewed_by": name,
            "review": today + relativedelta(months=self.review_months),
        }

    def clean(self) -> None:
        super().clean()
        validate_tokens(self.lede)
        if self.audience_code == Audience.YOUNG:
            for name, words in {"slug": self.slug, "seo_title": self.tab_words}.items():
                if any(telling in words.lower() for telling in TELLING_WORDS):
                    raise ValidationError(
                        {name: "Someone could see this over a young person’s shoulder. Choose words that tell nothing."}
                    )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["audience"] = self.audience_code
        return context
