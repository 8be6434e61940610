"""Who can help: contacts and places, and later leaflets and the local picture."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"

    def ready(self) -> None:
        from resources import (
            checks,  # noqa: F401 (registers)
            signals,  # noqa: F401 (connects)
        )
