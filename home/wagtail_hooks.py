"""Signs, alerts, texts of the form, words of posters and of the search in the CMS, and why a page is not public."""

from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.hooks import register
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

import home.checking.hooks
import home.publishing.hooks  # noqa: F401 (registers)
from home import autosave, guide  # noqa: F401 (register their hooks)
from home.language import checker  # noqa: F401
from home.models import Alert, FormText, PosterWords, Sign
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
    list_display = ["text", "level", "state", "start", "end"]
    search_fields = ["text"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("level"), FieldPanel("text"), FieldPanel("page"), FieldPanel("link_words")], "Alert"
        ),
        MultiFieldPanel([FieldPanel("everyone"), *AUDIENCE_PANELS], "Who sees it"),
        MultiFieldPanel([FieldPanel("start"), FieldPanel("end")], "When"),
    ]


class PosterWordsViewSet(SnippetViewSet):
    """What posters, leaflets and cards say; the maker adds numbers, address and code."""

    model = PosterWords
    icon = "openquote"
    menu_label = "Poster words"
    menu_order = 209
    add_to_admin_menu = True
    list_display = ["heading", "audience", "style", "review", "live"]
    list_filter = ["audience", "style", "live"]
    search_fields = ["heading", "text", "card_text"]
    panels = [
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("style")], "For whom, and how plainly"),
        MultiFieldPanel([FieldPanel("heading"), FieldPanel("text"), FieldPanel("card_text")], "Words"),
        FieldPanel("contacts"),
        MultiFieldPanel([FieldPanel("written"), FieldPanel("review"), FieldPanel("review_owner")], "Review"),
    ]


class FormTextViewSet(SnippetViewSet):
    """The texts of the concern form in the order in which a person meets them. All of them are there: none is added."""

    model = FormText
    icon = "form"
    menu_label = "Texts of the form"
    menu_order = 211
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    list_display = ["name", "words", LiveStatusTagColumn()]
    search_fields = ["name", "words"]
    panels = [HelpPanel(template="cms/form_text.html"), FieldPanel("words")]


register_snippet(SignViewSet)
register_snippet(FormTextViewSet)
register_snippet(PosterWordsViewSet)
register_snippet(AlertViewSet)
register_snippet(SearchViewSetGroup)
