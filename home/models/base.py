"""What all pages share: a lede, words for the browser tab that give nothing away, and review dates."""

from datetime import date
from http import HTTPMethod
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction

from home.blocks import BodyBlock, TableValue
from home.language.preview import CheckedInPreview
from home.models.language import InOneLanguage
from home.page_book import PageBook
from home.publishing.permissions import DraftCopyForm, TwoPeople
from home.telling import TELLING_WORDS, tells
from resources.models.reviewed import Reviewed
from resources.tokens import keys_in, validate_tokens
from resources.typed_numbers import ChecksDrafts, NoTypedNumbers
from resources.usage import NamingLine

__all__ = ["TELLING_WORDS", "Audience", "PhoenixPage", "PhoenixPageForm"]


class Audience(models.TextChoices):
    """Who a door is for. It sets the colour of the page head and the voice of the signs."""

    YOUNG = "young", "Young people"
    PARENTS = "parents", "Parents and carers"
    PROFESSIONALS = "professionals", "Professionals"
    COUNCILLORS = "councillors", "Councillors"


class PhoenixPageForm(ChecksDrafts, WagtailAdminPageForm):
    """The editor's form of every page: a draft may be unfinished, what is published may not."""


class PhoenixPage(CheckedInPreview, NoTypedNumbers, InOneLanguage, Reviewed, Page):
    """The common part of every page type."""

    lede = NamingLine(max_length=250, blank=True, help_text="One or two sentences under the heading")
    content_note = models.CharField(
        max_length=250, blank=True, help_text="A kind warning before a page that describes what happens"
    )
    written = models.DateField("last reviewed", null=True, blank=True)
    reviewed_by = models.CharField(max_length=120, blank=True, help_text="Leave empty until a named person checked it")
    body = StreamField(BodyBlock(required=False), blank=True)
    easy_read = models.ForeignKey(
        "home.EasyReadPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="Easy Read version",
    )

    base_form_class = PhoenixPageForm
    copy_form_class = DraftCopyForm

    # Pages are for reading: whatever is posted to one by mistake must not look as if it had arrived.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    # A page behind a sign-in would need a session, and readers have none.
    private_page_options: list[str] = []
    #: The routing saw in passing that no restriction keeps anybody from this page.
    is_open_to_all = False

    review_panels = [
        MultiFieldPanel(
            [FieldPanel("written"), FieldPanel("reviewed_by"), FieldPanel("review"), FieldPanel("review_owner")],
            "Review",
        )
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("lede"),
        FieldPanel("content_note"),
        FieldPanel("body"),
        FieldPanel("easy_read"),
        *review_panels,
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
    def schema_type(self) -> str:
        """What the page is in the words of schema.org."""
        return "FAQPage" if any(block.block_type == "questions" for block in self.body) else "WebPage"

    @property
    def is_overdue(self) -> bool:
        """Whether somebody should have looked at this page again by now."""
        return self.review is not None and self.review < timezone.localdate()

    @property
    def tables(self) -> list[TableValue]:
        """The tables of the body, which `figures.csv` repeats."""
        return [block.value for block in self.body if block.block_type == "table"]

    @property
    def linked_pages(self) -> set[int]:
        """The primary keys of all pages that the body links to."""
        references = self.body.stream_block.extract_references(self.body)
        return {int(key) for model, key, *_ in references if model is Page}

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """What Wagtail finds with two queries; none, without a query, where the routing has looked already."""
        return PageViewRestriction.objects.none() if self.is_open_to_all else super().get_view_restrictions()

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
            shown = {"slug": self.slug, "seo_title": self.tab_words, "search_description": self.search_description}
            for name, words in shown.items():
                if tells(words):
                    raise ValidationError(
                        {name: "Someone could see this over a young person’s shoulder. Choose words that tell nothing."}
                    )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        book = PageBook.of(request, self)
        book.find(self.linked_pages)
        trail, here = book.trail(self), book.url_of(self)
        audience = (trail[-1].audience if trail else "") or self.audience_code
        context |= {
            "trail": trail,
            "here": here,
            "canonical": request.build_absolute_uri(here),
            "audience": audience,
            "audience_words": Audience(audience).label if audience else "",
            # For a search engine. A young person's page says nothing of itself unless an editor found harmless words.
            "description": self.search_description
            or ("" if audience == Audience.YOUNG or keys_in(self.lede) else self.lede),
        }
        return context
