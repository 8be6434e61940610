"""Pages of what others need to make this site known: leaflets, posters, dates, a link, and a pack an area board."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from home.models.base import PhoenixPage
from home.page_book import PageBook


class MaterialPage(PhoenixPage):
    """A page around one of four things that are made from records. The words before and after it are the editors'."""

    class Shows(models.TextChoices):
        """What stands on the page; each has a module in `home/publicise/` and a template of the same name."""

        LEAFLETS = "leaflets", "The list of leaflets and documents"
        MAKER = "maker", "The maker of posters, leaflets and cards"
        DATES = "dates", "The dates of briefings and training"
        LINK = "link", "HTML for others who link to this site"

    shows = models.CharField("what it shows", max_length=8, choices=Shows.choices)

    parent_page_types = ["home.HomePage", "home.MaterialPage"]
    subpage_types = ["home.MaterialPage"]
    content_panels = [FieldPanel("shows"), *PhoenixPage.content_panels]

    class Meta:
        verbose_name = "page of leaflets and posters"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.publicise import CONTEXTS

        context = super().get_context(request, *args, **kwargs)
        context["children"] = PageBook.of(request).below(self.path)
        return context | CONTEXTS[self.shows](request)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        from home.publicise import maker

        is_sheet = self.shows == self.Shows.MAKER and maker.wanted_size(request)
        return "publicise/sheet.html" if is_sheet else f"publicise/{self.shows}.html"


class PackPage(PhoenixPage):
    """A councillor's pack: the list of area boards, and below it one page to print for each of them."""

    figures_page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The pack shows this page’s figures",
    )
    figures_note = models.CharField(
        max_length=250, blank=True, help_text="How to read these figures: for which area, and for when"
    )
    questions_page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The pack shows this page’s text",
    )

    parent_page_types = ["home.DoorPage"]
    subpage_types: list[str] = []
    content_panels = [
        *PhoenixPage.content_panels[:-1],
        PageChooserPanel("figures_page"),
        FieldPanel("figures_note"),
        PageChooserPanel("questions_page"),
        *PhoenixPage.content_panels[-1:],
    ]

    class Meta:
        verbose_name = "pack for area boards"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """`salisbury/` below this page is the pack of that board; anything else is not there."""
        from home.publicise.pack import board_of

        if self.live and len(path_components) == 1 and (board := board_of(path_components[0])):
            return RouteResult(self, kwargs={"board": board})
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.publicise import pack

        context = super().get_context(request, *args, **kwargs)
        board = kwargs.get("board")
        context["canonical"] = f"{context['canonical']}{board.key}/" if board else context["canonical"]
        return context | pack.context(request, self, board)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "publicise/board_pack.html" if kwargs.get("board") else "publicise/packs.html"
