"""What publishing needs to remember: the right to publish alone, the step of asking, and who was reminded when."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from wagtail.models import AbstractGroupApprovalTask

from home.publishing.policy import User, may_publish


class EmergencyPublishing(models.Model):
    """No record, only what the right to publish alone hangs on, as Wagtail does with the right to sign in."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [("publish_alone", "Can publish without a second person, in an emergency")]

    def __str__(self) -> str:
        return "the right to publish alone"


class SecondPairOfEyes(AbstractGroupApprovalTask):
    """The step in Wagtail's workflow where another editor looks. It is not offered to whoever wrote the last change."""

    class Meta:
        verbose_name = "second pair of eyes"

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, str, bool]]:
        return super().get_actions(obj, user) if may_publish(user, obj).allowed else []

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[Any]:
        """What lies on somebody's desk: never what they sent there themselves."""
        return super().get_task_states_user_can_moderate(user, **kwargs).exclude(revision__user=user)


class LastReminder(models.Model):
    """The day on which somebody was last reminded, so that nobody gets two mails a day."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.user}, {self.day}"
