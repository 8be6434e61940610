"""House rules as system checks: `manage.py check --deploy` says what must be put right before going live."""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Notice
from django.utils import timezone

from config import onion, security_txt

PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")


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
    problems: list[CheckMessage] = []
    if settings.MAIL_CONTENT not in ("sealed", "notice"):
        problems.append(
            Error(
                f"PHOENIX_MAIL_CONTENT is “{settings.MAIL_CONTENT}”.",
                hint="Choose “sealed” (the sealed report itself) or “notice” (only that one waits).",
                id="phoenix.E005",
            )
        )
    addresses = {
        "PHOENIX_MAIL_FROM": settings.MAIL_FROM,
        "PHOENIX_MAIL_TO": settings.MAIL_TO,
        "PHOENIX_RESTRICTED_MAIL_TO": settings.RESTRICTED_MAIL_TO,
    }
    for name, address in addresses.items():
        if address and not PLAIN_ADDRESS.fullmatch(address):
            problems.append(
                Error(
                    f"{name} is not one plain mail address.",
                    hint="Write it without a name, like mash@example.org: browsers seal it into each report as it is.",
                    id="phoenix.E006",
                )
            )
    return problems + [
        Error(
            f"{name} is not set.",
            hint="Reports would be stored but not delivered to the team's mailbox.",
            id="phoenix.E004",
        )
        for name in missing
    ]


@register(Tags.security, deploy=True)
def security_contact(**kwargs: Any) -> list[CheckMessage]:
    """Somebody who finds a hole must know whom to tell, and the file that says so must not be stale (RFC 9116)."""
    contact, day, today = settings.SECURITY_CONTACT, security_txt.expires(), timezone.localdate()
    if not contact or day is None:
        return [
            Notice(
                "PHOENIX_SECURITY_CONTACT is not set, or PHOENIX_SECURITY_EXPIRES is not a day like 2027-05-21.",
                hint=f"Without both there is no /{security_txt.PATH}.",
                id="phoenix.W007",
            )
        ]
    problems: list[CheckMessage] = []
    if not contact.startswith(("mailto:", "https://", "tel:")):
        problems.append(
            Notice(
                f"PHOENIX_SECURITY_CONTACT is “{contact}”.",
                hint="Write it as an address that a program can open, like mailto:security@example.org.",
                id="phoenix.W008",
            )
        )
    if not today + timedelta(days=30) <= day <= today + timedelta(days=366):
        problems.append(
            Notice(
                f"/{security_txt.PATH} expires on {day:%d %B %Y}.",
                hint="See that the contact is right, then set PHOENIX_SECURITY_EXPIRES: a month ahead to a year ahead.",
                id="phoenix.W009",
            )
        )
    return problems


@register(Tags.security)
def onion_address(**kwargs: Any) -> list[CheckMessage]:
    """A slip in the onion address would send the readers of Tor Browser nowhere, or to somebody else."""
    address = settings.ONION_ADDRESS
    if not address:
        return []
    host = onion.host_of(address)
    if not host:
        return [
            Error(
                f"PHOENIX_ONION_ADDRESS is “{address}”, which is no onion address of version 3.",
                hint="Write scheme and host alone, as the file “hostname” of the onion service has it: http://….onion",
                id="phoenix.E024",
            )
        ]
    if not {host, ".onion", "*"} & set(settings.ALLOWED_HOSTS):
        return [
            Error(
                "PHOENIX_HOSTS does not have the onion address.",
                hint=f"Add {host}: without it the site answers nobody who comes that way.",
                id="phoenix.E025",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def recaptcha_cost(**kwargs: Any) -> list[CheckMessage]:
    """What a council pays for reCAPTCHA, before it goes live with it; and one key without the other."""
    keys = [settings.RECAPTCHA_PUBLIC_KEY, settings.RECAPTCHA_PRIVATE_KEY]
    if all(keys):
        return [
            Notice(
                "reCAPTCHA is on: Google learns who opens the form for telling us, and may leave a cookie there.",
                hint="Each person’s internet address goes from their browser to Google before they have written a "
                "word, and Trusted Types rest on these pages. Form and privacy pages say so; let the data "
                "protection officer agree first (docs/decisions/recaptcha.md).",
                id="phoenix.W026",
            )
        ]
    if any(keys):
        return [
            Notice(
                "Of the two keys of reCAPTCHA one is missing.",
                hint="It stays off. Set RECAPTCHA_PUBLIC_KEY and RECAPTCHA_PRIVATE_KEY, or neither.",
                id="phoenix.W027",
            )
        ]
    return []
