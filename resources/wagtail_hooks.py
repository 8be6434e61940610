"""Contacts and places in the CMS."""

from django.forms import Select
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.hiding import HideView, register_action
from resources.models import Contact, Place
from resources.models.audiences import AUDIENCE_PANELS


class ContactViewSet(SnippetViewSet):
    """One list of services for editors: who they are for, whether we are sure, when somebody last looked."""

    model = Contact
    icon = "mobile-alt"
    menu_label = "Contacts"
    menu_order = 200
    add_to_admin_menu = True
    unpublish_view_class = HideView
    unpublish_template_name = HideView.template_name
    list_display = ["name", "kind", "number_confidence", "hours_confidence", "checked", "live"]
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


class PlaceViewSet(SnippetViewSet):
    """One list of the towns and villages that the concern form offers, and whose they are."""

    model = Place
    icon = "site"
    menu_label = "Places"
    menu_order = 205
    add_to_admin_menu = True
    list_display = ["name", "authority", "checked", "live"]
    list_filter = ["authority", "live"]
    search_fields = ["name"]
    panels = [
        FieldPanel("name"),
        # A plain list: Wagtail's own chooser would offer contacts that are no neighbours.
        FieldPanel("authority", widget=Select),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("checked")], "Is it true?"),
    ]


hooks.register("register_log_actions", register_action)
register_snippet(ContactViewSet)
register_snippet(PlaceViewSet)
