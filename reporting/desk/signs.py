"""What an officer's browser looks for in what people wrote: threats to life, and the editors' words of distress."""

from functools import lru_cache
from pathlib import Path

import yaml
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from reporting.desk.access import data_for_officers, say
from reporting.inbox.models import Officer
from resources.snapshot import distress_from_snapshot


@lru_cache(maxsize=1)
def threats() -> str:
    """A pattern for plain words (`resources.distress.plain`) that may tell of a threat to life."""
    phrases = yaml.safe_load((Path(__file__).parent / "threats.yaml").read_text())
    return f" (?:{'|'.join(phrases)}) "


@require_safe
@data_for_officers
def signs(request: HttpRequest, officer: Officer) -> JsonResponse:
    """The patterns. They are the same for every report, so asking tells nothing."""
    return say({"lists": [{"pattern": threats()}, *({"pattern": found.pattern} for found in distress_from_snapshot())]})
