"""Hiding a contact: one person can do it at once, says why, and sees first what readers will see instead."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import BaseLogEntry
from wagtail.snippets.views.snippets import UnpublishView

HIDDEN = "phoenix.hidden"


class HideForm(forms.Form):
    """Why readers should not see it any more. Colleagues read it; they are the ones who look for the right number."""

    reason = forms.CharField(
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What is wrong with it?",
        help_text="Everybody who works in the CMS can read this. Name no child and nobody who told us something.",
    )


class HideForSureForm(HideForm):
    """The same, and a second question, for what people need when it is worst."""

    sure = forms.BooleanField(label="I know that readers will not find this number here, and I want to hide it now")


class HideView(UnpublishView):
    """In the place of Wagtail's "Unpublish", which asks for no reason."""

    page_title = "Hide from readers"
    success_message = "“%(object)s” is hidden. To show it again, somebody publishes it."
    template_name = "publishing/hide_contact.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self.form_class(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        with transaction.atomic():
            log(self.object, HIDDEN, user=request.user, data={"reason": self.form.cleaned_data["reason"]})
            response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    @property
    def form_class(self) -> type[HideForm]:
        return HideForSureForm if self.is_needed else HideForm

    @property
    def is_needed(self) -> bool:
        """Whether it is one that the site should never be without."""
        return self.object.key in settings.NEVER_HIDDEN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = getattr(self, "form", None) or self.form_class()
        stand_in = self.object.stands_in_for.filter(live=True)
        return context | {"form": form, "is_needed": self.is_needed, "stands_in_for": stand_in}


def register_action(actions: LogActionRegistry) -> None:
    """Say in Wagtail's histories and reports what our entry means."""

    @actions.register_action(HIDDEN)
    class Hidden(LogFormatter):
        label = "Hide a contact"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            return f"Hidden from readers: {log_entry.data.get('reason', '')}"
