"""What people read: home, the four doors, guidance, pages about this site."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from home import checks  # noqa: F401 (registers)
