"""The ten signs in the CMS, and what publishing adds to it."""

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

import home.publishing.hooks  # noqa: F401 (registers)
from home.models import Sign


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


register_snippet(SignViewSet)
