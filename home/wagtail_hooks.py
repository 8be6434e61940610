"""The signs, the alerts and the words of the search in the CMS, and why a page is not public."""

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.hooks import register
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

import home.publishing.hooks  # noqa: F401 (registers)
from home import autosave, guide  # noqa: F401 (register their hooks)
from home.language import checker  # noqa: F401
from home.models import Alert, Sign
from home.refusals import before_bulk, before_publish
from home.search.viewsets import SearchViewSetGroup
from resources.models.audiences import AUDIENCE_PANELS

register("before_publish_page", before_publish)
register("before_bulk_action", before_bulk)


class SignViewSet(SnippetViewSet):
    """One list of signs for editors; each is told in three voices side by side."""

    model = Sign
    icon = "list-ul"
    menu_label = "Signs"
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["name", "young", "live"]
    search_fields = ["name", "young", "parents", "professionals"]
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("key"), FieldPanel("icon"), FieldPanel("source")], "Sign"),
        MultiFieldPanel([FieldPanel("young"), FieldPanel("parents"), FieldPanel("professionals")], "In three voices"),
        FieldPanel("sort_order"),
    ]


class AlertViewSet(SnippetViewSet):
    """Alert banners: what readers should know for a while."""

    model = Alert
    icon = "warning"
    menu_label = "Alerts"
    menu_order = 215
    add_to_admin_menu = True
    list_display = ["text", "get_level_display", "state", "start", "end"]
    search_fields = ["text"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("level"), FieldPanel("text"), FieldPanel("page"), FieldPanel("link_words")], "Alert"
        ),
        MultiFieldPanel([FieldPanel("everyone"), *AUDIENCE_PANELS], "Who sees it"),
        MultiFieldPanel([FieldPanel("start"), FieldPanel("end")], "When"),
    ]


register_snippet(SignViewSet)
register_snippet(AlertViewSet)
register_snippet(SearchViewSetGroup)
