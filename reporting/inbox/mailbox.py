"""Which mailbox an inbox has."""

from django.conf import settings

from reporting.inbox.models.key import RESTRICTED_INBOX


def mailbox_of(inbox: str) -> str:
    """The address of an inbox's mailbox. What is restricted never goes to the team's."""
    return str(settings.RESTRICTED_MAIL_TO if inbox == RESTRICTED_INBOX else settings.MAIL_TO)
