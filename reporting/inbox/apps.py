"""What is kept: sealed reports, public keys, and the mails that wait for delivery."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "reporting.inbox"
    label = "inbox"

    def ready(self) -> None:
        from reporting.inbox import checks  # noqa: F401 (registers)
