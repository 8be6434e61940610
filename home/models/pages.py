"""Page types. Each says where it may stand, and nothing else."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel

from home.models.base import Audience, PhoenixPage, PhoenixPageForm
from home.page_book import PageBook

#: So many pages to read next are offered; the door has all.
READ_NEXT = 4


class HomePage(PhoenixPage):
    """The first page: help now, the doors, the way to tell us, and what this site is about."""

    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.DoorPage",
        "home.InfoPage",
        "home.FindHelpPage",
        "home.GetHelpPage",
        "home.EasyReadPage",
        "home.MaterialPage",
    ]
    max_count = 1  # type: ignore[assignment]  # the base class says None

    class Meta:
        verbose_name = "home page"

    def why_not_public(self) -> dict[str, str]:
        """Nothing: in another language it is the root of a tree, and nobody sees it."""
        return {}


class DoorPage(PhoenixPage):
    """An audience's landing page."""

    audience = models.CharField(max_length=14, choices=Audience.choices)
    menu_words = models.CharField(max_length=30, help_text="In the menu: Parents and carers")
    card = models.CharField(max_length=60, help_text="One line on the home page")

    template = "home/door_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.GuidancePage", "home.PackPage"]
    content_panels = [
        FieldPanel("audience"),
        FieldPanel("menu_words"),
        FieldPanel("card"),
        *PhoenixPage.content_panels,
    ]

    class Meta:
        verbose_name = "door"

    @property
    def audience_code(self) -> str:
        return self.audience

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["children"] = PageBook.of(request).below(self.path)
        return context


class GuidancePageForm(PhoenixPageForm):
    """Lets a new page, which has no place in the tree yet, know the door it will stand behind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance._door = self.parent_page.specific


class GuidancePage(PhoenixPage):
    """A page of guidance behind a door, in that audience's voice."""

    base_form_class = GuidancePageForm
    template = "home/guidance_page.html"
    parent_page_types = ["home.DoorPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "guidance page"

    @property
    def audience_code(self) -> str:
        return self.door.audience

    @property
    def door(self) -> DoorPage:
        """The door this page stands behind; looked up once."""
        if not hasattr(self, "_door"):
            self._door = DoorPage.objects.ancestor_of(self).get()
        return self._door

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["read_next"] = PageBook.of(request).after(self, READ_NEXT)
        return context


class InfoPage(PhoenixPage):
    """A page for everyone about this site: safety, privacy, accessibility."""

    template = "home/info_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    review_months = 6  # most of them rest on law, which changes

    class Meta:
        verbose_name = "page about this site"
