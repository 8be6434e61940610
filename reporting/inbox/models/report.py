"""A report: what stands in the clear about a sealed concern, and nothing more."""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from reporting.inbox.models.key import MAIN_INBOX


class Report(models.Model):
    """One concern and all that came of it. Every word is sealed: in its letters (`Letter`) and replies (`Reply`)."""

    class State(models.TextChoices):
        NEW = "new", "New"
        OPENED = "opened", "Opened"
        CHECKING = "checking", "Being checked"
        WAITING = "waiting", "Waiting for the sender’s answer"
        PROPOSED = "proposed", "Waiting for a second officer"
        DECIDED = "decided", "Decision made"
        CLOSED = "closed", "Closed"
        REOPENED = "reopened", "Opened again"

    class Urgency(models.TextChoices):
        RED = "red", "Now"
        AMBER = "amber", "Today"
        GREEN = "green", "This week"
        BLUE = "blue", "Information"

    class Outcome(models.TextChoices):
        """What an officer decided. The codes are kept in the clear, so they name no person, place or team."""

        POLICE_NOW = "police-now", "Police at once"
        STRATEGY = "strategy", "Strategy discussion"
        SECTION_47 = "section-47", "Enquiry under section 47"
        SECTION_17 = "section-17", "Assessment under section 17"
        OPEN_CASE = "open-case", "Joined to an open case"
        EXPLOITATION = "exploitation", "Passed to the exploitation team"
        EARLY_HELP = "early-help", "Early help"
        MISSING = "missing", "Response to a missing child"
        INTELLIGENCE = "intelligence", "Police intelligence only"
        CRIME = "crime", "Police crime report"
        OTHER_AREA = "other-area", "Passed to another area"
        STAFF = "staff", "Allegation about staff"
        NRM = "nrm", "Referral for modern slavery"
        ADVICE = "advice", "Advice given"
        UNKNOWN_CHILD = "unknown-child", "No further action: the child cannot be found"
        THRESHOLD = "threshold", "No further action: threshold not met"
        DUPLICATE = "duplicate", "The same as another report"
        NOT_REAL = "not-real", "A test, or malicious"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=6, unique=True)
    received_hour = models.DateTimeField()
    danger = models.BooleanField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    urgency = models.CharField(max_length=5, choices=Urgency.choices, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    #: The key of the authority's record that it was passed to, if it was.
    authority = models.CharField(max_length=50, blank=True)
    #: The sender has added something that no officer has opened yet.
    has_news = models.BooleanField(default=False)
    #: It looked as if no person had sent it; an officer who has seen it takes the mark off.
    marked = models.BooleanField(default=False)
    closed_hour = models.DateTimeField(null=True, blank=True)
    inbox = models.CharField(max_length=20, default=MAIN_INBOX)

    class Meta:
        indexes = [models.Index(fields=["state"], condition=models.Q(marked=True), name="marked_reports")]

    def __str__(self) -> str:
        return self.reference

    @property
    def words_work_until(self) -> date | None:
        """The last day on which the code words open the way back; None while no officer has closed the report."""
        if self.closed_hour is None:
            return None
        return timezone.localdate(self.closed_hour) + timedelta(days=settings.WORDS_DAYS_AFTER_CLOSING)
