"""House rules as system checks: `manage.py check --deploy` says what must be put right before going live."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def privacy_settings(**kwargs: Any) -> list[CheckMessage]:
    """Settings that would let something about a reporter, or their words, leave the house."""
    problems: list[CheckMessage] = []
    if settings.ADMINS or settings.MANAGERS:
        problems.append(
            Error(
                "ADMINS and MANAGERS must be empty.",
                hint="Django mails error reports to them, and those could carry what a person told us.",
                id="phoenix.E001",
            )
        )
    if any("Temporary" in handler for handler in settings.FILE_UPLOAD_HANDLERS):
        problems.append(
            Error(
                "An upload handler writes to disk.",
                hint="Keep FILE_UPLOAD_HANDLERS at the memory handler: a body may hold a concern.",
                id="phoenix.E002",
            )
        )
    if settings.DEMO:
        problems.append(
            Error(
                "These are the demonstration's settings.",
                hint="Set DJANGO_SETTINGS_MODULE=config.settings.production.",
                id="phoenix.E003",
            )
        )
    return problems


@register(Tags.security, deploy=True)
def delivery_settings(**kwargs: Any) -> list[CheckMessage]:
    """Without a mail server, a sender and the team's address no report reaches the mailbox."""
    missing = [
        name
        for name, value in {
            "PHOENIX_SMTP_HOST": settings.EMAIL_HOST,
            "PHOENIX_MAIL_FROM": settings.MAIL_FROM,
            "PHOENIX_MAIL_TO": settings.MAIL_TO,
            "PHOENIX_ADDRESS": settings.ADDRESS,
        }.items()
        if not value
    ]
    return [
        Error(
            f"{name} is not set.",
            hint="Reports would be stored but not delivered to the team's mailbox.",
            id="phoenix.E004",
        )
        for name in missing
    ]
