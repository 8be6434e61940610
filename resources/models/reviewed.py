"""What somebody reads again when its day has come."""

from django.conf import settings
from django.db import models


class Reviewed(models.Model):
    """A record with the day of its next review, and who is reminded of it. Nothing is hidden for being overdue."""

    review = models.DateField("next review", null=True, blank=True)
    review_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="who is reminded",
        help_text="Gets a mail when the next review is due. Leave empty to remind all editors",
    )

    #: The list of reviews finds it by this name (home/publishing/review.py).
    review_field = "review"
    review_months = 12

    class Meta:
        abstract = True
