"""The way back to a reporter: what their code words find, and for how long."""

from django.utils import timezone

from reporting.inbox import replies
from reporting.inbox.models import Conversation


def find(lookup_digest: str) -> Conversation | None:
    """The conversation that these code words lead to, with its report; None if there is none, or no longer."""
    if not replies.are_offered():
        return None
    found = Conversation.objects.select_related("report").filter(lookup_digest=lookup_digest).first()
    if found is None:
        return None
    last_day = found.report.words_work_until
    return found if last_day is None or timezone.localdate() <= last_day else None
