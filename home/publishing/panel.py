"""What editors see first when they sign in: what to look at again, what waits, what somebody published alone."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.publishing import emergency
from home.publishing.review import due, edit_address, waiting
from resources.checking import to_check

#: Longer lists are cut, and say so.
MOST = 12


class LookAgainPanel(Component):
    """Three short lists in a fixed number of queries, however much content there is."""

    name = "look_again"
    template_name = "publishing/panel.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        today = timezone.localdate()
        to_look_at, drafts = due(today), waiting()
        alone = [
            {
                "entry": entry,
                "edit_address": edit_address(record._meta.label_lower, record.pk),
                "is_mine": entry.user_id == request.user.pk,
            }
            for entry, record in emergency.unseen()
        ]
        names = self.names(row.who for row in (*to_look_at[:MOST], *drafts[:MOST]))
        return {
            "request": request,
            "today": today,
            "due": [(row, names.get(row.who), row.when < today) for row in to_look_at[:MOST]],
            "more_due": max(len(to_look_at) - MOST, 0),
            "waiting": [(row, names.get(row.who), row.who == request.user.pk) for row in drafts[:MOST]],
            "more_waiting": max(len(drafts) - MOST, 0),
            "alone": alone,
            "to_check": to_check(today).count(),
            "is_editor": policy_registry.get_by_type(Page).user_has_permission(request.user, "publish"),
        }

    @staticmethod
    def names(keys: Any) -> dict[int | None, str]:
        """How people are called, by their keys."""
        users = get_user_model().objects.in_bulk({key for key in keys if key})
        return {key: user.get_full_name() or user.get_username() for key, user in users.items()}
