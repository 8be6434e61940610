from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The officers' side: what they may see, still sealed, and where what they write is kept."""

    name = "reporting.desk"
    label = "desk"
    verbose_name = "Desk"
