"""What people read: home, the four doors, guidance, pages about this site."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from home import checks  # noqa: F401 (registers)
        from home.publishing import guard, roles
        from home.search import (
            distress,
            signals,  # noqa: F401 (connects)
        )
        from resources.distress import provide

        guard.watch_all()
        provide(distress.patterns)
        post_migrate.connect(roles.make_roles, sender=self, dispatch_uid="roles")
