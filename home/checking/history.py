"""Who checked which contact, when and how: it stands in Wagtail's own log, which nobody can edit."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import BaseLogEntry, ModelLogEntry

from home.publishing.review import STILL_RIGHT, keep, note_still_right
from home.publishing.rung import CONFIRMED
from resources.hiding import HIDDEN
from resources.models import Contact

CHECKED = "phoenix.checked"
NOT_REACHED = "phoenix.not_reached"
UNDONE = "phoenix.check_undone"
LOADED = "phoenix.loaded"
#: What the history of a contact's checks shows, of all that Wagtail logs about it.
ABOUT_CHECKS = (CHECKED, NOT_REACHED, UNDONE, LOADED, STILL_RIGHT, CONFIRMED, HIDDEN)
#: Lists of work look back so far; the page of one contact shows everything.
DAYS_BACK = 400


class How(models.TextChoices):
    """How somebody found that it is right."""

    RANG = "rang", "Rang it"
    SEEN = "seen", "Looked at their own page"


def note_right(user: Any, contact: Contact, how: str, today: date) -> None:
    """Somebody checked it, and all of it is right. What the dates were before is kept, for `undo`."""
    before = {name: str(getattr(contact, name) or "") for name in ("checked", "next_check")}
    note_still_right(user, contact, today, CHECKED, {"how": how, "before": before})


def note_not_reached(user: Any, contact: Contact) -> None:
    """Somebody tried, and nobody answered. It stays due, so it is asked again tomorrow."""
    log(contact, NOT_REACHED, user=user)


def undo(user: Any, entry: ModelLogEntry) -> bool:
    """Take a check back that was noted by mistake: the dates are as before. False if something came after it."""
    contact = Contact.objects.get(pk=entry.object_id)
    last = entries_of([contact]).filter(action__in=(CHECKED, UNDONE, STILL_RIGHT)).first()
    if last is None or last.pk != entry.pk:
        return False
    dates = {name: date.fromisoformat(value) if value else None for name, value in entry.data["before"].items()}
    with transaction.atomic():
        keep(contact, dates)
        log(contact, UNDONE, user=user, uuid=entry.uuid)
    return True


def find(uuid: UUID) -> ModelLogEntry | None:
    """The entry of one check."""
    return ModelLogEntry.objects.filter(action=CHECKED, uuid=uuid).first()


def entries_of(contacts: Iterable[Contact]) -> QuerySet[ModelLogEntry]:
    """What the log says of the checks of some contacts, the latest first."""
    kind = ContentType.objects.get_for_model(Contact)
    keys = [str(contact.pk) for contact in contacts]
    found = ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys, action__in=ABOUT_CHECKS)
    return found.select_related("user")


def recent(contacts: Iterable[Contact]) -> dict[str, list[ModelLogEntry]]:
    """The same by contact, for lists; one query."""
    found = defaultdict(list)
    for entry in entries_of(contacts).filter(timestamp__gte=timezone.now() - timedelta(days=DAYS_BACK)):
        found[entry.object_id].append(entry)
    return found


def standing(entries: list[ModelLogEntry]) -> ModelLogEntry | None:
    """The check that the dates of a contact come from; none if it was loaded, or the last one was taken back."""
    for entry in entries:
        if entry.action in (CHECKED, STILL_RIGHT):
            return entry
        if entry.action == UNDONE:
            return None
    return None


def done_on(day: date) -> list[ModelLogEntry]:
    """What was noted on a day, the latest first; what was taken back again is left out."""
    since = timezone.make_aware(datetime.combine(day, time(0)))
    kind = ContentType.objects.get_for_model(Contact)
    noted = ModelLogEntry.objects.filter(
        content_type=kind, action__in=(CHECKED, NOT_REACHED, UNDONE), timestamp__gte=since
    ).select_related("user")
    entries = list(noted)
    taken_back = {entry.uuid for entry in entries if entry.action == UNDONE}
    return [entry for entry in entries if entry.action == NOT_REACHED or entry.uuid not in taken_back]


def register_actions(actions: LogActionRegistry) -> None:
    """Say in Wagtail's histories and reports what our entries mean."""

    @actions.register_action(CHECKED)
    class Checked(LogFormatter):
        label = "Check a contact"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            return f"{How(log_entry.data.get('how', How.SEEN)).label}: it is right"

    @actions.register_action(LOADED)
    class Loaded(LogFormatter):
        label = "Load a contact"

        def format_message(self, log_entry: BaseLogEntry) -> str:
            day, source = log_entry.data.get("checked"), log_entry.data.get("source", "")
            seen = f", where it was checked on {date_format(date.fromisoformat(day), 'j F Y')}" if day else ""
            return f"Loaded from {log_entry.data.get('file', '')}{seen}. Source: {source}"

    actions.register_action(NOT_REACHED, "Try to reach a contact", "Could not reach them")
    actions.register_action(UNDONE, "Take a check back", "Noted by mistake: the check was taken back")
