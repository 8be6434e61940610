"""The editors' guide: one page inside the CMS, in plain words, with numbers from records and words from the list."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.hooks import register

from home.blocks import BodyBlock
from home.language.lint import entries
from home.models.alert import LONGEST


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """The guide, for everybody who may sign in to the CMS."""

    page_title = "Guide for editors"
    header_icon = "help"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]
    template_name = "cms/guide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        blocks = [
            {"group": block.meta.group, "name": block.label, "what": block.get_description()}
            for block in BodyBlock().child_blocks.values()
        ]
        return context | {"blocks": blocks, "words": entries(), "longest_alert": LONGEST.days}


class GuidePanel(Component):
    """On the first page of the CMS: where the guide is, and what to open at once."""

    order = 50
    template_name = "cms/guide_panel.html"


@register("register_admin_urls")
def guide_address() -> list[URLPattern]:
    return [path("guide/", GuideView.as_view(), name="editors_guide")]


@register("register_admin_menu_item")
def guide_in_menu() -> MenuItem:
    return MenuItem("Guide", reverse("editors_guide"), name="guide", icon_name="help", order=900)


@register("construct_homepage_panels")
def guide_on_first_page(request: HttpRequest, panels: list[Component | Model]) -> None:
    panels.append(GuidePanel())
