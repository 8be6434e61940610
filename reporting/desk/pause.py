"""Pausing the concern form, and lifting the pause: for duty managers, who have Django's permission for it."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reporting.desk.access import is_duty_manager, page_for_managers, page_for_officers
from reporting.inbox.audit import Action, note
from reporting.inbox.models import Officer, Pause

#: How many earlier pauses the page lists.
HISTORY = 20
AT = "%Y-%m-%dT%H:%M"


class PauseForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the stubs alone
    """Why, and until when."""

    until = forms.DateTimeField(
        required=False,
        input_formats=[AT],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "in"}, format=AT),
        error_messages={"invalid": "Write the day and the time, or leave it empty."},
    )

    class Meta:
        model = Pause
        fields = ["reason", "until"]
        widgets = {"reason": forms.Select(attrs={"class": "in"})}
        error_messages = {"reason": {"required": "Choose a reason."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.choices = [("", "Choose"), *Pause.Reason.choices]

    def clean_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError("Choose a time to come, or leave it empty.")
        return until


def holding() -> Pause | None:
    """The pause that closes the form now, with its officer."""
    return Pause.objects.holding(timezone.now()).select_related("officer__user").order_by("since").first()


@require_http_methods(["GET", "HEAD", "POST"])
@page_for_officers
def pause(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Who paused the form, when and why; and, while it is open, the form to pause it."""
    form = PauseForm(request.POST or None, label_suffix="")
    if request.method == "POST":
        if not is_duty_manager(officer):
            raise PermissionDenied
        if form.is_valid():
            if not holding():
                form.instance.officer, form.instance.since = officer, timezone.now()
                with transaction.atomic():
                    form.save()
                    note(Action.PAUSED, officer=officer, reason=form.instance.reason)
            return redirect("desk:pause")
    people = ("officer__user", "lifted_by__user")
    context = {
        "officer": officer,
        "form": form,
        "holding": holding(),
        "may_pause": is_duty_manager(officer),
        "pauses": Pause.objects.select_related(*people).order_by("-since")[:HISTORY],
    }
    return render(request, "desk/pause.html", context, status=422 if form.errors else 200)


@require_POST
@page_for_managers
def lift(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The form is open again, as far as a pause had closed it."""
    now = timezone.now()
    with transaction.atomic():
        if Pause.objects.holding(now).update(lifted=now, lifted_by=officer):
            note(Action.LIFTED, officer=officer)
    return redirect("desk:pause")
