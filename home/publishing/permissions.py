"""What Wagtail's screens may offer: publishing only to somebody who may publish what waits there."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy

from home.publishing.policy import User, may_publish, needs_two


class TwoPeople(PagePermissionTester):
    """Wagtail's answers, with one more question before publishing: did somebody else write it?"""

    def can_publish(self) -> bool:
        return self.has_publish_right() and may_publish(self.user, self.page).allowed

    def has_publish_right(self) -> bool:
        """Whether the role allows it, whoever wrote the last change."""
        return bool(super().can_publish())

    # To take a plan or a version back needs one person only.
    def can_unschedule(self) -> bool:
        return self.has_publish_right()

    def can_publish_subpage(self) -> bool:
        """A new page comes from one person, so it starts as a draft."""
        below = self.page.specific_class.creatable_subpage_models()
        return bool(super().can_publish_subpage()) and not any(needs_two(model) for model in below)


class DraftCopyForm(CopyForm):
    """Copies start as drafts where publishing needs two people: nobody else has seen the copy in its new place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_two(self.page.specific_class):
            for name in ("publish_copies", "alias"):
                self.fields.pop(name, None)


class ReadByTheTeam(ModelPermissionPolicy):
    """For records that are what they are, each made by the code, with words that the safeguarding team has to read.

    Nobody adds or deletes one. Publishing, and taking back to the words that are shipped, is for those who were given
    that right; being an administrator is not enough.
    """

    def user_has_permission(self, user: User, action: str) -> bool:
        if action in ("add", "delete"):
            return False
        if action == "publish":
            return self.was_given(user, action)
        return bool(super().user_has_permission(user, action))

    def was_given(self, user: User, action: str) -> bool:
        """Whether somebody, or a group of theirs, has a right by name."""
        app, _, name = self._get_permission_name(action).partition(".")
        rights = Permission.objects.filter(content_type__app_label=app, codename=name)
        return user.is_active and rights.filter(Q(group__user=user.pk) | Q(user=user.pk)).exists()
