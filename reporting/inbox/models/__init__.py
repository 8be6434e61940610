"""What is kept. Nothing here can be opened by the server."""

from reporting.inbox.models.alarm import Alarm
from reporting.inbox.models.audit import AuditHead, AuditLine
from reporting.inbox.models.conversation import Conversation
from reporting.inbox.models.decision import Decision
from reporting.inbox.models.exclusion import Exclusion
from reporting.inbox.models.key import SealingKey
from reporting.inbox.models.letter import Letter
from reporting.inbox.models.officer import Officer, Slot
from reporting.inbox.models.outbox import OutboxMail
from reporting.inbox.models.pause import Pause
from reporting.inbox.models.reply import Reply
from reporting.inbox.models.report import Report
from reporting.inbox.models.tally import Tally
from reporting.inbox.models.vouch import Vouch

__all__ = [
    "Alarm",
    "AuditHead",
    "AuditLine",
    "Conversation",
    "Decision",
    "Exclusion",
    "Letter",
    "Officer",
    "OutboxMail",
    "Pause",
    "Reply",
    "Report",
    "SealingKey",
    "Slot",
    "Tally",
    "Vouch",
]
