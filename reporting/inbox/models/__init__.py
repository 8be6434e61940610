"""What is kept. Nothing here can be opened by the server."""

from reporting.inbox.models.conversation import Conversation
from reporting.inbox.models.key import SealingKey
from reporting.inbox.models.outbox import OutboxMail
from reporting.inbox.models.report import Report

__all__ = ["Conversation", "OutboxMail", "Report", "SealingKey"]
