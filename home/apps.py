"""What people read: home, the four doors, guidance, pages about this site."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from home.search import signals  # noqa: F401 (connects)
