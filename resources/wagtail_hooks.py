"""Contacts, authorities, places, area boards, and what there is to hand out or to learn, in the CMS."""

from typing import Any

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, Select
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, UsageCountColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.hiding import HideView, register_action
from resources.models import AreaBoard, Authority, Contact, Leaflet, Place, TrainingDate
from resources.models.audiences import AUDIENCE_PANELS
from resources.usage import with_usage


class UsedColumn(UsageCountColumn):
    """On how many pages and records a contact stands; leads to the list of them."""

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        instance.usage_url = reverse("wagtailsnippets_resources_contact:usage", args=[instance.pk])
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context


USED = UsedColumn("usage_count", label="Used", sort_key="usage_count")


class ContactViewSet(SnippetViewSet):
    """One list of services for editors: who they are for, whether we are sure, when somebody last looked."""

    model = Contact
    icon = "mobile-alt"
    menu_label = "Contacts"
    menu_order = 200
    add_to_admin_menu = True
    unpublish_view_class = HideView
    unpublish_template_name = HideView.template_name
    list_display = ["name", "kind", "number_confidence", "hours_confidence", "checked", USED, "live"]
    list_filter = ["kind", "number_confidence", "hours_confidence", "live"]
    search_fields = ["name", "for_whom", "about"]
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("key"), FieldPanel("label"), FieldPanel("kind")], "Service"),
        MultiFieldPanel([FieldPanel("for_whom"), *AUDIENCE_PANELS, FieldPanel("ages")], "Who it is for"),
        MultiFieldPanel(
            [FieldPanel("ways"), FieldPanel("website"), FieldPanel("number_confidence")], "How to reach it"
        ),
        MultiFieldPanel(
            [
                FieldPanel("hours_words"),
                FieldPanel("hours_confidence"),
                FieldPanel("always_open"),
                FieldPanel("hours"),
                FieldPanel("bank_holidays"),
                FieldPanel("special_hours"),
                FieldPanel("when_closed"),
            ],
            "When it answers",
        ),
        MultiFieldPanel(
            [
                FieldPanel("about"),
                FieldPanel("cost"),
                FieldPanel("on_bill"),
                FieldPanel("anonymous"),
                FieldPanel("anonymous_words"),
                FieldPanel("cannot"),
            ],
            "What people should know",
        ),
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldPanel("owner"),
                FieldPanel("checked"),
                FieldPanel("next_check"),
                FieldPanel("review_owner"),
            ],
            "Is it true?",
        ),
        MultiFieldPanel([FieldPanel("in_help_strip"), FieldPanel("sort_order")], "Where it stands"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        return with_usage(Contact.objects.all())


class AuthorityViewSet(SnippetViewSet):
    """One list of the councils around us: whom to call first, and whose police it is."""

    model = Authority
    icon = "group"
    menu_label = "Authorities"
    menu_order = 203
    add_to_admin_menu = True
    list_display = ["name", "contact", "police", "checked", "live"]
    search_fields = ["name", "police"]
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("key")], "Area"),
        MultiFieldPanel(
            [
                # A plain list: the choice is short, and says at once who there is.
                FieldPanel("contact", widget=Select),
                FieldPanel("police"),
                FieldPanel("note"),
            ],
            "Who answers",
        ),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("checked")], "Is it true?"),
    ]


class PlaceViewSet(SnippetViewSet):
    """One list of towns, villages and postcode districts, and whose they are."""

    model = Place
    icon = "site"
    menu_label = "Places"
    menu_order = 205
    add_to_admin_menu = True
    list_display = ["name", "kind", "area_board", "checked", "live"]
    list_filter = ["kind", "authorities", "area_board", "live"]
    search_fields = ["name"]
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("kind"), FieldPanel("is_main")], "Place"),
        MultiFieldPanel(
            [
                FieldPanel("authorities", widget=CheckboxSelectMultiple),
                FieldPanel("note"),
                # A plain list: all boards in one look.
                FieldPanel("area_board", widget=Select),
            ],
            "Whose it is",
        ),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("checked")], "Is it true?"),
    ]


class AreaBoardViewSet(SnippetViewSet):
    """One list of area boards, under the names they have today."""

    model = AreaBoard
    icon = "home"
    menu_label = "Area boards"
    menu_order = 207
    add_to_admin_menu = True
    list_display = ["name", "also_known_as", "checked", "live"]
    search_fields = ["name", "also_known_as"]
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("also_known_as"), FieldPanel("key")], "Area board"),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("checked")], "Is it true?"),
    ]


class LeafletViewSet(SnippetViewSet):
    """What there is to print, hang up or hand over, and when somebody last read it."""

    model = Leaflet
    icon = "doc-full"
    menu_label = "Leaflets"
    menu_order = 208
    add_to_admin_menu = True
    list_display = ["title", "kind", "language", Column("size_words", label="Size"), "review", "live"]
    list_filter = ["kind", "language", "live"]
    search_fields = ["title", "about"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("kind"), FieldPanel("about"), FieldPanel("language")], "What it is"
        ),
        MultiFieldPanel(AUDIENCE_PANELS, "Who it is for"),
        MultiFieldPanel(
            [FieldPanel("page"), FieldPanel("link"), FieldPanel("document")], "Where it stands: choose one"
        ),
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldPanel("owner"),
                FieldPanel("checked"),
                FieldPanel("review"),
                FieldPanel("review_owner"),
            ],
            "Is it still right?",
        ),
        FieldPanel("sort_order"),
    ]


class TrainingDateViewSet(SnippetViewSet):
    """Briefings and training with their dates; what is past leaves the page by itself and stays here."""

    model = TrainingDate
    icon = "date"
    menu_label = "Training dates"
    menu_order = 209
    add_to_admin_menu = True
    list_display = ["name", "start", "place", "live"]
    search_fields = ["name", "about", "place"]
    panels = [
        FieldPanel("name"),
        FieldPanel("about"),
        MultiFieldPanel([FieldPanel("start"), FieldPanel("end"), FieldPanel("place")], "When and where"),
        MultiFieldPanel(AUDIENCE_PANELS, "Who it is for"),
        # A plain list shows all contacts by name; most of them are few enough to read.
        MultiFieldPanel([FieldPanel("booking", widget=Select), FieldPanel("booking_words")], "How to book"),
        FieldPanel("source"),
    ]


for viewset in (
    ContactViewSet,
    AuthorityViewSet,
    PlaceViewSet,
    AreaBoardViewSet,
    LeafletViewSet,
    TrainingDateViewSet,
):
    register_snippet(viewset)

hooks.register("register_log_actions", register_action)
