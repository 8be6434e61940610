"""A report: what stands in the clear about a sealed concern, and nothing more."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from reporting.inbox.clocks import Clock, Kind, outcome_by, read_by, step_by
from reporting.inbox.models.key import MAIN_INBOX
from resources.hours import Week
from resources.working_days import team_week


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

    #: Places in the list. What nobody has read comes before everything except Now; what no clock runs for comes last.
    RANKS = [
        (Q(state="closed"), 9),
        (Q(due=None), 5),
        (Q(urgency="red"), 0),
        (Q(state="new") | Q(urgency=""), 1),
        (Q(urgency="amber"), 2),
        (Q(urgency="green"), 3),
    ]
    LAST_RANK, CLOSED_RANK = 4, 9

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
    #: The hour of the first thing that they added and nobody opened, or that opened the report again.
    news_hour = models.DateTimeField(null=True, blank=True)
    #: It looked as if no person had sent it; an officer who has seen it takes the mark off.
    marked = models.BooleanField(default=False)
    closed_hour = models.DateTimeField(null=True, blank=True)
    #: An officer said that it must stay, however old it is: for a court, say.
    preserved = models.BooleanField(default=False)
    inbox = models.CharField(max_length=20, default=MAIN_INBOX)
    #: The officer who has it.
    assignee = models.ForeignKey(
        "inbox.Officer", on_delete=models.SET_NULL, null=True, blank=True, related_name="assigned"
    )
    #: When the first of its clocks runs out; none runs: nothing. Follows from what stands above, and from the team's
    #: hours. It is kept so that the list can be read in its order (docs/decisions/clocks.md).
    due = models.DateTimeField(null=True, blank=True, editable=False)
    rank = models.GeneratedField(
        expression=Case(*(When(which, then=Value(n)) for which, n in RANKS), default=Value(LAST_RANK)),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(fields=["state"], condition=models.Q(marked=True), name="marked_reports"),
            models.Index(fields=["rank", "-danger", "marked", "due", "received_hour", "id"], name="list_of_reports"),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """Whatever is changed, the first clock is told anew."""
        self.due = min((clock.due for clock in self.clocks(team_week())), default=None)
        fields = None if update_fields is None else {*update_fields, "due"}
        super().save(*args, update_fields=fields, **options)

    def clocks(self, week: Week) -> list[Clock]:
        """The clocks that run for it, by the team's hours."""
        state, since = self.State, self.received_hour
        if self.state == state.CLOSED:
            return []
        news: datetime = self.news_hour or since
        running = []
        if self.state == state.NEW:
            running.append(Clock(Kind.READ, read_by(week, "", since)))
        elif self.has_news:
            running.append(Clock(Kind.READ, read_by(week, self.urgency, news)))
        if self.state in (state.NEW, state.OPENED, state.REOPENED):
            running.append(Clock(Kind.STEP, step_by(week, news if self.outcome else since)))
        if self.urgency and not self.outcome:
            running.append(Clock(Kind.OUTCOME, outcome_by(week, self.urgency, since)))
        return running

    @property
    def words_work_until(self) -> date | None:
        """The last day on which the code words open the way back; None while no officer has closed the report."""
        if self.closed_hour is None:
            return None
        return timezone.localdate(self.closed_hour) + timedelta(days=settings.WORDS_DAYS_AFTER_CLOSING)
