"""The ten signs and the words of the search in the CMS."""

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import Sign
from home.search.viewsets import SearchViewSetGroup


class SignViewSet(SnippetViewSet):
    """One list of signs for editors; each is told in three voices side by side."""

    model = Sign
    icon = "list-ul"
    menu_label = "Signs"
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["name", "young"]
    search_fields = ["name", "young", "parents", "professionals"]
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("key"), FieldPanel("icon"), FieldPanel("source")], "Sign"),
        MultiFieldPanel([FieldPanel("young"), FieldPanel("parents"), FieldPanel("professionals")], "In three voices"),
        FieldPanel("sort_order"),
    ]


register_snippet(SignViewSet)
register_snippet(SearchViewSetGroup)
