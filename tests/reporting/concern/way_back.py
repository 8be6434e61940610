"""The way back as a browser without script walks it, and what its pages say."""

import html
import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from reporting.inbox.models import Report
from reporting.inbox.receive import the_hour
from tests.reporting.concern.conftest import Told, token_on

REPLY, ADD = "/tell-us/reply/", "/tell-us/reply/add/"
MORE = "canary green kettle: it was there again on Friday"


def lines_of(response: Any) -> list[str]:
    """The conversation, line by line, without markup."""
    found = re.search(r'<ol class="msgs" id="messages">(.*?)</ol>', response.content.decode(), re.S)
    assert found, "there is no conversation"
    items = re.findall(r"<li.*?</li>", found[1], re.S)
    return [re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", " ", item))).strip() for item in items]


def shows(response: Any, element: str) -> bool:
    """Whether an element with this id is there and not hidden."""
    found = re.search(rf'<[^>]* id="{element}"[^>]*>', response.content.decode())
    return bool(found) and "hidden" not in found[0]


def heading_of(response: Any) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.S)
    assert found
    return html.unescape(re.sub("<[^>]+>", "", found[1]))


def opened(client: Client, words: str) -> Any:
    return client.post(REPLY, {"words": words})


def added(client: Client, told: Told, text: str = MORE, **changes: str) -> Any:
    """Open the conversation and add to it, as a browser without script does."""
    token = token_on(opened(client, told.words))
    return client.post(ADD, {"words": told.words, "token": token, "text": text} | changes)


def set_report(**changes: object) -> None:
    Report.objects.update(**changes)


def closed_days_ago(days: int) -> dict[str, object]:
    """By the clock on the wall: counted in hours, a day may be another one after the clocks have changed."""
    return {"state": "closed", "closed_hour": the_hour(timezone.localtime().replace(hour=12)) - timedelta(days=days)}
