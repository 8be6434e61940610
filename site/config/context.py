"""Names that every template may use: who runs this site, and where Exit goes. No query, no request needed."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest | None) -> dict[str, Any]:
    """The names of `settings`, under the words that templates use."""
    return {
        "council": settings.COUNCIL,
        "area": settings.AREA,
        "team": settings.TEAM,
        "team_long": settings.TEAM_LONG,
        "team_contact": settings.TEAM_CONTACT,
        "emergency_contact": settings.EMERGENCY_CONTACT,
        "exit_address": settings.EXIT_ADDRESS,
        "exit_tab": settings.EXIT_TAB,
        "is_demo": settings.DEMO,
        "recaptcha_key": settings.RECAPTCHA_PUBLIC_KEY if settings.RECAPTCHA_PRIVATE_KEY else "",
        "replies": settings.REPLIES,
        "is_called_at_night": bool(settings.NIGHT_ALARM_TO),
        "words_days": settings.WORDS_DAYS_AFTER_CLOSING,
    }


def staff(request: HttpRequest) -> dict[str, Any]:
    """Signed-in names and messages, on staff paths only: public paths have neither."""
    from config.faces import Face

    if getattr(request, "face", Face.PUBLIC) is Face.PUBLIC:
        return {}
    from django.contrib.auth.context_processors import auth
    from django.contrib.messages.context_processors import messages

    return auth(request) | messages(request)
