"""Who can help: contacts and places, and later leaflets and the local picture."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"

    def ready(self) -> None:
        from resources import signals  # noqa: F401 (connects)
