"""The wiring as a Django app, for its checks and its tests' sake only; it has no models."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the house rules as system checks."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401 (registers)
