"""The screens of checking: what is due today, one contact, the call before a change is published."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.models import ModelLogEntry
from wagtail.permissions import policy_registry

from home.checking import history
from home.checking.history import How
from home.models import LinkCheck
from home.publishing.policy import may_publish
from home.publishing.review import edit_address
from home.publishing.rung import RING_FIRST, WROTE_NUMBER, confirm, has_to_be_rung, mark_of, may_confirm
from home.publishing.views import Screen, record_of
from resources.checking import holiday_ahead, importance, to_check
from resources.models import Contact
from resources.service import Service

#: How many of those that are due next are named below those that are due.
NEXT = 10


@dataclass
class Task:
    """One contact to check, with everything that somebody needs who holds a phone."""

    contact: Contact
    entries: list[ModelLogEntry]
    links: list[LinkCheck]

    @property
    def service(self) -> Service:
        """What pages say of it."""
        return Service.of(self.contact, {})

    @property
    def last(self) -> ModelLogEntry | None:
        return history.standing(self.entries)

    @property
    def tried_today(self) -> bool:
        today = timezone.localdate()
        return any(
            entry.action == history.NOT_REACHED and timezone.localdate(entry.timestamp) == today
            for entry in self.entries
        )

    @property
    def is_overdue(self) -> bool:
        return self.contact.next_check is not None and self.contact.next_check < timezone.localdate()

    @property
    def edit_address(self) -> str:
        return edit_address("resources.contact", self.contact.pk)


def tasks(contacts: list[Contact]) -> list[Task]:
    """The tasks of these contacts, in their order, in two queries."""
    entries, links = history.recent(contacts), LinkCheck.by_address()
    return [task(contact, entries.get(str(contact.pk), []), links) for contact in contacts]


def task(contact: Contact, entries: list[ModelLogEntry], links: dict[str, LinkCheck]) -> Task:
    service = Service.of(contact, {})
    addresses = dict.fromkeys([contact.website, *(way.href for way in service.ways)])
    return Task(contact, entries, [links[address] for address in addresses if address in links])


def may_check(user: Any) -> bool:
    """Whether somebody's role lets them say that a contact is right."""
    allowed: bool = policy_registry.get_by_type(Contact).user_has_permission(user, "publish")
    return allowed


class CheckScreen(Screen):
    """A screen for those who may publish contacts; everybody else is sent to the first page with a word."""

    header_icon = "mobile-alt"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_check(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class CheckThese(CheckScreen, TemplateView):
    """What to check today, the most important first; what was done today, with the way to take it back."""

    page_title = "Check these today"
    template_name = "checking/check_these.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        due = tasks(sorted(to_check(today).select_related("review_owner"), key=importance))
        done = history.done_on(today)
        names = Contact.objects.in_bulk({int(entry.object_id) for entry in done})
        later = Contact.objects.filter(live=True, next_check__gt=today).order_by("next_check", "sort_order")
        listed = {task.contact.pk for task in due}
        return super().get_context_data(**kwargs) | {
            "today": today,
            "holiday": holiday_ahead(today),
            "to_do": [task for task in due if not task.tried_today],
            "tried": [task for task in due if task.tried_today],
            "done": [
                (entry, names[int(entry.object_id)])
                for entry in done
                if entry.action == history.CHECKED and int(entry.object_id) in names
            ],
            "later": [contact for contact in later[: NEXT + len(listed)] if contact.pk not in listed][:NEXT],
            "broken": LinkCheck.objects.exclude(outcome=LinkCheck.Outcome.FINE),
            "asked": LinkCheck.objects.order_by("-asked").first(),
        }


class CheckOne(CheckScreen, TemplateView):
    """One contact: the same as in the list, and its whole history."""

    page_title = "Check a contact"
    template_name = "checking/check_one.html"

    def get_page_subtitle(self) -> str:
        return self.contact.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.contact = get_object_or_404(Contact, pk=self.kwargs["pk"], live=True)
        entries = list(history.entries_of([self.contact]))
        return super().get_context_data(**kwargs) | {
            "task": task(self.contact, entries, LinkCheck.by_address()),
            "today": timezone.localdate(),
        }


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: rang it, seen on their page, or not reached."""
    contact = record_of(request, "resources", "contact", pk)
    what, today = request.POST.get("what"), timezone.localdate()
    if not isinstance(contact, Contact) or not contact.live or what not in (*How.values, "not_reached"):
        raise Http404
    if what == "not_reached":
        history.note_not_reached(request.user, contact)
        messages.info(request, f"Noted: {contact.name} could not be reached today. It is asked again tomorrow.")
    elif (last := history.standing(list(history.entries_of([contact])))) and is_repeat(last, request, what):
        messages.info(request, f"It is already noted that you checked {contact.name} today.")
    else:
        history.note_right(request.user, contact, what, today)
        messages.success(request, f"Thank you. {contact.name} was checked today.")
    return redirect("check_these")


def is_repeat(last: ModelLogEntry, request: HttpRequest, what: str) -> bool:
    """Whether the same person tapped the same twice."""
    is_same = (last.user_id, last.data.get("how")) == (request.user.pk, what)
    return is_same and timezone.localdate(last.timestamp) == timezone.localdate()


@require_POST
def undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a check back that was a mistake."""
    entry: Any = history.find(uuid)
    if entry is None:
        raise Http404
    contact = record_of(request, "resources", "contact", int(entry.object_id))
    if history.undo(request.user, entry):
        messages.success(request, f"Taken back. {contact.name} has its dates of before.")
    else:
        messages.warning(request, f"Something was noted about {contact.name} after that, so it was not taken back.")
    return redirect("check_these")


class RungForm(forms.Form):
    """The compulsory answer before a changed number, hour or address is published. It is kept in the log."""

    rung = forms.BooleanField(label="I rang it and it is right")
    mark = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, can_be_rung: bool, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"mark": now}})
        self.now = now
        if not can_be_rung:
            self.fields["rung"].label = "I opened their own page and it is right"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("mark") != self.now:
            raise ValidationError("Somebody changed it while you rang. Look again at what stands here now.")
        return cleaned


class RingFirst(Screen, FormView):
    """The second person rings what the draft says, says so, and publishes it if they may."""

    page_title = "Ring it, then publish"
    header_icon = "mobile-alt"
    template_name = "checking/ring_first.html"
    form_class = RungForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.record = record_of(request, **kwargs)
        self.revision = self.record.get_latest_revision()
        if not isinstance(self.record, Contact) or self.revision is None:
            raise Http404
        self.draft: Contact = self.revision.as_object()
        self.back = edit_address("resources.contact", self.record.pk)
        if not has_to_be_rung(self.record, self.revision):
            return redirect(self.back)
        if not may_confirm(request.user, self.revision):
            messages.warning(request, WROTE_NUMBER)
            return redirect(self.back)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.draft.name

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"can_be_rung": self.draft.can_be_rung, "now": mark_of(self.revision)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = Contact.objects.filter(pk=self.record.pk, live=True).first()
        return super().get_context_data(**kwargs) | {
            "why": RING_FIRST,
            "service": Service.of(self.draft, {}),
            "draft": self.draft,
            "before": Service.of(before, {}) if before else None,
            "revision": self.revision,
            "back": self.back,
            "may_publish": may_publish(self.request.user, self.record, self.revision).allowed,
        }

    def form_valid(self, form: RungForm) -> HttpResponse:
        user = self.request.user
        try:
            self.draft.clean_for_readers()
            how = How.RANG if self.draft.can_be_rung else How.SEEN
            confirm(user, self.record, self.revision, how)
            if not may_publish(user, self.record, self.revision).allowed:
                messages.success(
                    self.request, "It is noted that you rang it. You wrote the last change, so somebody else publishes."
                )
                return redirect(self.back)
            publish(user, self.record, self.revision)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
            return self.form_invalid(form)
        messages.success(self.request, "Published. It is noted that you rang it.")
        return redirect(self.back)


def publish(user: Any, record: Any, revision: Any) -> None:
    """Publish what was confirmed; where it waits in a workflow, by approving it there."""
    waiting = record.current_workflow_task_state
    if waiting and waiting.revision_id == revision.pk and may_approve(user, record, waiting.task.specific):
        waiting.task.specific.on_action(waiting, user, "approve")
    else:
        revision.publish(user=user)


def may_approve(user: Any, record: Any, step: Any) -> bool:
    """Whether a step of a workflow is theirs to approve."""
    return "approve" in {name for name, _, _ in step.get_actions(record, user)}
