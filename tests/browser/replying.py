"""The way back by hand: what the desk writes to a reporter, the code words typed, more added."""

import base64
import re

from django.conf import settings
from playwright.sync_api import Page

from reporting.sealing import read
from reporting.sealing.code_words import derive
from tests.browser.conftest import RunningSite, gpg_opens
from tests.browser.telling import Told, follow
from tests.replies import lock, reply_data

LETTER = """
import base64
from reporting.inbox.models import Letter
for letter in Letter.objects.filter(report__reference="{reference}", kind="{kind}").order_by("mail__pk"):
    print(base64.b64encode(letter.message).decode())
"""
# Placeholders stand for the officer's keys: nothing here opens anything with them.
REPLY = """
import base64
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from reporting.inbox.models import Officer, Reply, Report
from reporting.inbox.receive import the_hour
user, _ = User.objects.get_or_create(username="officer")
officer, _ = Officer.objects.get_or_create(
    user=user, defaults={{"fingerprint": "0" * 40, "public_key": "-", "locked_key": "-"}}
)
report = Report.objects.get(reference="{reference}")
report.state, report.has_news = Report.State.OPENED, False
report.save()
hour = the_hour(timezone.now()) + timedelta(hours={hours})
Reply.objects.create(report=report, hour=hour, officer=officer, locked=base64.b64decode("{locked}"))
"""


def letters(site: RunningSite, reference: str, kind: str) -> list[dict[str, object]]:
    """What a report's letters of a kind say, opened with gpg from the database, in the order in which they came."""
    dumped = site.python(LETTER.format(reference=reference, kind=kind)).split()
    return [read(gpg_opens(site, base64.b64decode(sealed))) for sealed in dumped]


def reply_key(site: RunningSite, reference: str) -> str:
    """What locks replies: it lies inside of the sealed concern, where the desk reads it."""
    [concern] = letters(site, reference, "concern")
    return str(concern["reply_key"])


def key_of(told: Told) -> str:
    """The same, made of the code words."""
    return derive(" ".join(told.words), settings.CODE_WORDS_SALT).reply_key


def write_back(site: RunningSite, told: Told, text: str, hours: int = 0, **changes: object) -> None:
    """An officer has read the concern and writes back, some hours from now."""
    locked = lock(reply_data(text) | changes, key_of(told))
    coded = base64.b64encode(locked).decode()
    site.python(REPLY.format(reference=told.reference, locked=coded, hours=hours))


def type_words(page: Page, site: RunningSite, typed: str) -> None:
    """Come to the reply page and press the button, with whatever stands for the words."""
    page.goto(f"{site.address}/tell-us/reply/")
    page.locator("#words").fill(typed)
    press(page, "See your reply")


def press(page: Page, name: str) -> None:
    """Press a button that leads to a new page without script, and changes this one with it."""
    button = page.get_by_role("button", name=name)
    if has_script(page):
        button.click()
    else:
        follow(button)


def has_script(page: Page) -> bool:
    """Whether the page does it all in the browser: the note beside the lock says so."""
    return page.locator("[data-with-script]:visible").count() > 0


def open_reply(page: Page, site: RunningSite, words: list[str], separator: str = " ") -> None:
    """Read the conversation."""
    type_words(page, site, separator.join(words))
    page.locator("#messages:visible").wait_for()


def add_more(page: Page, text: str) -> None:
    """Write something and send it; ends on the conversation as it is then."""
    page.locator("#text").fill(text)
    press(page, "Send to the MASH team")
    page.locator("#thanks:visible").wait_for()


def shown(page: Page) -> list[str]:
    """The lines of the conversation, each on one line."""
    return [re.sub(r"\s+", " ", line).strip() for line in page.locator("#messages li").all_inner_texts()]
