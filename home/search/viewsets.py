"""The words of the search in the CMS, under one entry of the menu."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.models import DistressWords, PromotedPage, SearchWords


class SearchWordsViewSet(SnippetViewSet):
    """Words that mean the same."""

    model = SearchWords
    icon = "list-ul"
    menu_label = "Words that mean the same"
    list_display = ["__str__"]
    search_fields = ["words"]
    panels = [FieldPanel("words")]


class PromotedPageViewSet(SnippetViewSet):
    """Pages to show first."""

    model = PromotedPage
    icon = "pick"
    menu_label = "Pages to show first"
    list_display = ["__str__", "page"]
    search_fields = ["words"]
    panels = [FieldPanel("words"), FieldPanel("page")]


class DistressWordsViewSet(SnippetViewSet):
    """Words of distress, and who can help."""

    model = DistressWords
    icon = "warning"
    menu_label = "Words of distress"
    list_display = ["name", "level", "heading"]
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
    """What editors teach the search. The records take effect when they are saved."""

    items = (SearchWordsViewSet, PromotedPageViewSet, DistressWordsViewSet)
    menu_label = "Search words"
    menu_icon = "search"
    menu_order = 220
