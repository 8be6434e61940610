"""One record a service: edited once, shown everywhere. Every number on the site comes from here."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from resources.blocks import HoursBlock, SpecialDaysBlock, WaysBlock
from resources.models.audiences import ForAudiences
from resources.service import Service
from resources.typed_numbers import typed_numbers

#: The ways that a voice or a machine answers on.
RINGS = ("call", "text", "relay")


class Confidence(models.TextChoices):
    """How sure we are of a number or of hours."""

    HIGH = "H", "High: seen on the service’s own page, or rung"
    MEDIUM = "M", "Medium: an older or second-hand source"
    LOW = "L", "Low: from memory"


class ContactForm(WagtailAdminModelForm):
    """Says before publishing why a number that nobody checked stays a draft, or one that stands in the words."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "action-publish" not in self.data:
            return cleaned
        if cleaned.get("number_confidence") != Confidence.HIGH:
            self.add_error("number_confidence", Contact.NOT_SURE)
        for name in Contact.FREE_WORDS:
            if typed_numbers(cleaned.get(name) or ""):
                self.add_error(name, Contact.NUMBER_IN_WORDS)
        return cleaned


class Contact(WorkflowMixin, DraftStateMixin, RevisionMixin, ForAudiences):
    """A helpline, a team, an emergency number. Published only when we are sure of its number."""

    NOT_SURE = (
        "A number with medium or low confidence stays a draft. Ring it or see it on the service’s own page, "
        "set the confidence to high, then publish."
    )

    NUMBER_IN_WORDS = "A phone number stands in these words. Put it under “How to reach it”, where it is checked."
    #: Where somebody could type a number that nobody would check.
    FREE_WORDS = ("label", "for_whom", "hours_words", "cost", "anonymous_words", "about", "cannot")

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", "Emergency"
        LOCAL = "local", "Local"
        NATIONAL = "national", "National"
        NEIGHBOUR = "neighbour", "Neighbouring area"
        SITE = "site", "This website: nobody to talk to about a child"

    #: What people need first is checked each month and before each bank holiday, everything else each quarter.
    MONTHLY = (Kind.EMERGENCY, Kind.LOCAL)

    class OnBill(models.TextChoices):
        NO = "no", "Does not show on the phone bill"
        YES = "yes", "Shows on the phone bill"
        UNKNOWN = "unknown", "Not known"

    class Anonymous(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"
        UNKNOWN = "unknown", "Not known"

    class BankHolidays(models.TextChoices):
        CLOSED = "closed", "Closed"
        AS_USUAL = "as_usual", "As usual"
        AS_SUNDAY = "as_sunday", "As on a Sunday"

    key = models.SlugField(
        unique=True, help_text="Used in texts: [[childline]] becomes the number. Do not change it later."
    )
    name = models.CharField(max_length=80)
    label = models.CharField(max_length=80, blank=True, help_text="Lead-in words in “Need help now?” panels")
    for_whom = models.CharField(max_length=140)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    ways = StreamField(WaysBlock(required=False), blank=True)
    number_confidence = models.CharField(max_length=1, choices=Confidence.choices)
    hours_words = models.CharField(max_length=200, blank=True, help_text="The hours in words")
    hours_confidence = models.CharField(
        max_length=1,
        choices=Confidence.choices,
        default=Confidence.LOW,
        help_text="“Open now” is shown for high confidence only",
    )
    always_open = models.BooleanField(default=False)
    hours = StreamField(HoursBlock(required=False), blank=True)
    bank_holidays = models.CharField(max_length=10, choices=BankHolidays.choices, default=BankHolidays.AS_USUAL)
    special_hours = StreamField(
        SpecialDaysBlock(required=False),
        blank=True,
        help_text="Dates on which other hours count, above all else: early closing before a bank holiday, a day of "
        "training. If somebody stands in while this is closed, give them their longer hours for the same date.",
    )
    cost = models.CharField(max_length=80, blank=True)
    on_bill = models.CharField(max_length=8, choices=OnBill.choices, default=OnBill.UNKNOWN)
    anonymous = models.CharField(max_length=8, choices=Anonymous.choices, default=Anonymous.UNKNOWN)
    anonymous_words = models.CharField(max_length=200, blank=True)
    ages = models.CharField(max_length=60, blank=True)
    about = models.TextField(blank=True)
    cannot = models.CharField("what it cannot do", max_length=250, blank=True)
    website = models.URLField(blank=True)
    source = models.CharField(max_length=200, help_text="Where the number and hours were seen")
    owner = models.CharField(max_length=80, blank=True, help_text="Who answers for this record")
    checked = models.DateField("last checked", null=True, blank=True)
    next_check = models.DateField(null=True, blank=True)
    review_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="who is reminded",
        help_text="Gets a mail when the next check is due. Leave empty to remind all editors",
    )
    in_help_strip = models.BooleanField("in “Need help now?”", default=False)
    when_closed = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stands_in_for",
        help_text="Shown instead in help panels while this one is closed",
    )
    sort_order = models.PositiveIntegerField(default=1000)

    base_form_class = ContactForm
    #: Where the day stands on which somebody has to look again.
    review_field = "next_check"

    class Meta:
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The last guard, whatever path a change came by: what we are not sure of never goes live."""
        # A draft of a live record writes other fields only: its doubts stay in the revision.
        written = kwargs.get("update_fields") or ("live", "number_confidence")
        is_written = "live" in written or "number_confidence" in written
        if is_written and self.live and self.number_confidence != Confidence.HIGH:
            raise ValidationError({"number_confidence": self.NOT_SURE})
        # What follows a change (the search, the snapshot) stands or falls with it.
        with transaction.atomic():
            super().save(*args, **kwargs)

    @property
    def review_months(self) -> int:
        """How long a look at this record lasts: what people need first is looked at most often."""
        return 1 if self.kind in self.MONTHLY else 3

    @property
    def can_be_rung(self) -> bool:
        """Whether to check it by ringing. Nobody rings 999 to try it: such lines are checked on their own page."""
        return self.kind != self.Kind.EMERGENCY and any(block.block_type in RINGS for block in self.ways)

    def how_to_reach(self) -> dict[str, Any]:
        """Everything that pages say of it but words alone: ways, hours, addresses. It changes after a call (four eyes).

        A field that a service gets one day belongs to it until it is named in `Service.WORDS`.
        """
        service = Service.of(self, {self.when_closed_id: str(self.when_closed_id)} if self.when_closed_id else {})
        return {name: value for name, value in service.to_json().items() if name not in Service.WORDS}

    def clean_for_readers(self) -> None:
        """What holds for everybody who publishes, whatever screen they use. Raises ValidationError."""
        if self.number_confidence != Confidence.HIGH:
            raise ValidationError(self.NOT_SURE)
        if any(typed_numbers(getattr(self, name)) for name in self.FREE_WORDS):
            raise ValidationError(self.NUMBER_IN_WORDS)

    def still_right(self, today: date, name: str) -> dict[str, Any]:
        """What to note when somebody rang, or looked on their page, and all of it was right."""
        return {"checked": today, "next_check": today + relativedelta(months=self.review_months)}

    def clean(self) -> None:
        if not self.ways and not self.website:
            raise ValidationError("Give at least one way to reach them, or their website.")
