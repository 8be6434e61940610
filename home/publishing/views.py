"""Three small screens of the CMS: publish alone, "still right", "looked at"."""

from typing import Any
from uuid import UUID

from django import forms
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import DraftStateMixin

from home.publishing import emergency
from home.publishing.policy import has_publish_right
from home.publishing.review import edit_address, note_still_right


def record_of(request: HttpRequest, app: str, model: str, pk: Any) -> Any:
    """The record that an address names, for somebody whose role lets them publish it; 404 or 403 for everybody else."""
    try:
        found: Any = apps.get_model(app, model)
    except LookupError:
        raise Http404 from None
    if not issubclass(found, DraftStateMixin):
        raise Http404
    record = get_object_or_404(found, pk=pk)
    if not has_publish_right(request.user, record):
        raise PermissionDenied
    return record


class ReasonForm(forms.Form):
    """Why it cannot wait. Colleagues read it afterwards."""

    reason = forms.CharField(
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Why can this not wait for a second person?",
        help_text="Everybody who works in the CMS can read this. Name no child and nobody who told us something.",
    )


class Screen(WagtailAdminTemplateMixin):
    """A page of the CMS that stands by itself, under its own heading."""

    breadcrumbs_items: list[dict[str, str]] = []


class PublishAlone(Screen, FormView):
    """The emergency way: asks for a reason, then publishes the latest draft."""

    page_title = "Publish alone, in an emergency"
    header_icon = "warning"
    template_name = "publishing/publish_alone.html"
    form_class = ReasonForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(emergency.RIGHT):
            raise PermissionDenied
        self.record = record_of(request, **kwargs)
        self.back = edit_address(self.record._meta.label_lower, self.record.pk)
        if self.record.get_latest_revision() is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.record.get_latest_revision_as_object())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        revision = self.record.get_latest_revision()
        return super().get_context_data(**kwargs) | {"record": self.record, "revision": revision, "back": self.back}

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        try:
            emergency.publish_alone(self.request.user, self.record, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
            return self.form_invalid(form)
        messages.success(
            self.request, "Published. Everybody sees it on their start page until somebody else has looked."
        )
        return redirect(self.back)


class StillRight(Screen, TemplateView):
    """Somebody looked at what readers see, and it is right: one press, no draft, no publishing."""

    page_title = "Still right?"
    header_icon = "check"
    template_name = "publishing/still_right.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.record = record_of(request, **kwargs)
        if not hasattr(self.record, "review_field"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        noted = self.record.still_right(timezone.localdate(), "")
        address = edit_address(self.record._meta.label_lower, self.record.pk)
        return super().get_context_data(**kwargs) | {
            "record": self.record,
            "next": noted[self.record.review_field],
            "back": address,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note_still_right(request.user, self.record, timezone.localdate())
        messages.success(request, f"Thank you. “{self.record}” was looked at today.")
        return redirect("wagtailadmin_home")


@require_POST
def looked_at(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A second person has looked at what somebody published alone."""
    entry: Any = emergency.find(uuid)
    if entry is None:
        raise Http404
    record_of(request, entry.content_type.app_label, entry.content_type.model, entry.object_id)
    if entry.user_id == request.user.pk:
        messages.warning(request, "You published this yourself. Ask somebody else to look at it.")
    else:
        emergency.looked_at(request.user, entry)
        messages.success(request, "Thank you. It is noted that you looked at it.")
    return redirect("wagtailadmin_home")
