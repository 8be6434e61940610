"""What people read: home, the four doors, guidance, pages about this site."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate
        from wagtail.permissions import register_permission_policy

        from home import checks, form_texts  # noqa: F401 (checks registers)
        from home.models import FormText
        from home.publishing import guard, permissions, roles
        from home.search import (
            distress,
            signals,  # noqa: F401 (connects)
        )
        from resources import distress as lists
        from resources import form_texts as texts

        register_permission_policy(FormText, permissions.ReadByTheTeam(FormText))
        guard.watch_all()
        lists.provide(distress.patterns)
        texts.provide(form_texts.published)
        post_migrate.connect(roles.make_roles, sender=self, dispatch_uid="roles")
