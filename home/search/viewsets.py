"""The words of the search in the CMS, under one entry of the menu."""

from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.models import DistressWords, PromotedPage, SearchWords


class SearchWordsViewSet(SnippetViewSet):
    """Words that mean the same."""

    model = SearchWords
    icon = "list-ul"
    menu_label = "Words that mean the same"
    list_display = ["__str__", LiveStatusTagColumn()]
    search_fields = ["words"]
    panels = [FieldPanel("words")]


class PromotedPageViewSet(SnippetViewSet):
    """Pages to show first."""

    model = PromotedPage
    icon = "pick"
    menu_label = "Pages to show first"
    list_display = ["page", Column("words", label="Words people look for", accessor=str), LiveStatusTagColumn()]
    search_fields = ["words"]
    panels = [FieldPanel("words"), FieldPanel("page")]


class DistressWordsViewSet(SnippetViewSet):
    """Words of distress, and who can help."""

    model = DistressWords
    icon = "warning"
    menu_label = "Words of distress"
    list_display = [
        "name",
        Column("get_level_display", label="Level", sort_key="level"),
        "heading",
        LiveStatusTagColumn(),
    ]
    search_fields = ["name", "phrases"]
    panels = [
        FieldPanel("name"),
        FieldPanel("level"),
        FieldPanel("phrases"),
        FieldPanel("heading"),
        FieldPanel("text"),
        FieldPanel("contacts"),
        FieldPanel("page"),
        FieldPanel("sort_order"),
    ]


class SearchViewSetGroup(SnippetViewSetGroup):
    """What editors teach the search. The records take effect when they are published."""

    items = (SearchWordsViewSet, PromotedPageViewSet, DistressWordsViewSet)
    menu_label = "Search words"
    menu_icon = "search"
    menu_order = 220
