"""The desk by hand, as an officer uses it: sign in, unlock, open a report, write, lock."""

import base64
import uuid
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Request

from tests.browser.conftest import RunningSite


def password_of(site: RunningSite, name: str) -> str:
    lines = (site.data / "demo" / "accounts.txt").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith(f"{name} "))


def passphrase_of(site: RunningSite) -> str:
    return (site.data / "demo" / "officer-passphrase.txt").read_text().strip()


SESSION = """
from importlib import import_module
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest
request = HttpRequest()
request.session = import_module(settings.SESSION_ENGINE).SessionStore()
user = User.objects.get(username={name!r})
login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
record_authentication(request, user, "mfa", type="totp")
request.session.save()
print(request.session.session_key)
"""


def sign_in(page: Page, site: RunningSite, name: str = "officer") -> None:
    """The desk, signed in: with a session as it stands after both factors. `sign_in_by_hand` types them."""
    session = site.python(SESSION.format(name=name))
    host = urlsplit(site.address).hostname or ""
    page.context.add_cookies([{"name": "sessionid", "value": session, "domain": host, "path": "/mash/"}])
    page.goto(f"{site.address}/mash/")


def sign_in_by_hand(page: Page, site: RunningSite, name: str = "officer", password: str = "") -> None:
    sign_in_at(page, site, "/mash/sign-in/", name, password)


def sign_in_at(page: Page, site: RunningSite, path: str, name: str, password: str = "") -> None:
    """Name and password, and then the code, if the password was right."""
    page.goto(site.address + path)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password or password_of(site, name))
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()
    if page.url.endswith("/security/code/"):
        page.get_by_label("Code").fill(fresh_code(site, name))
        with page.expect_navigation():
            page.get_by_role("button", name="Go on").click()


def fresh_code(site: RunningSite, name: str) -> str:
    """A code of this account that was not used before, however many sign-ins the last minute saw: of a new app."""
    return site.python(
        "from allauth.mfa.models import Authenticator\n"
        "from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret\n"
        "from django.contrib.auth.models import User\n"
        "from config.demo.accounts import code_now\n"
        f"user = User.objects.get(username='{name}')\n"
        "Authenticator.objects.filter(user=user, type='totp').delete()\n"
        "TOTP.activate(user, generate_totp_secret())\n"
        "print(code_now(user))"
    )


def unlock(page: Page, site: RunningSite, passphrase: str = "") -> None:
    """Unlock the desk that is on the page; done when the list has its titles."""
    page.get_by_label("Your passphrase").fill(passphrase or passphrase_of(site))
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("button", name="Lock now").wait_for()
    settled(page)


def settled(page: Page) -> None:
    """Every report in the list has its title."""
    page.wait_for_function(
        "() => document.querySelectorAll('#rows tr').length > 0 && "
        "[...document.querySelectorAll('#rows .title')].every((t) => t.textContent !== 'Opening …')"
    )


def open_report(page: Page, reference: str) -> None:
    """From the list to one report; done when all of it is there and the server knows that it was opened."""
    with page.expect_response(lambda answer: answer.url.endswith("/opened/")):
        row(page, reference).get_by_role("link").click()
    page.get_by_role("heading", name=reference).wait_for()


def row(page: Page, reference: str) -> Locator:
    return page.locator(f"#row-{reference}")


def lock_now(page: Page) -> None:
    """Lock; done when the fresh page has come. A new address in the same document is no fresh page."""
    with page.expect_event("load"):
        page.get_by_role("button", name="Lock now").click()
    page.get_by_role("button", name="Unlock").wait_for()


def stored(site: RunningSite, code: str) -> str:
    """What a few lines of Python print beside the running site, with the inbox's models at hand."""
    return site.python(f"from reporting.inbox.models import *\n{code}")


class Leaving:
    """Everything that leaves the browser, to look for what must not."""

    def __init__(self, page: Page) -> None:
        self.seen: list[bytes] = []
        page.on("request", self.note)

    def note(self, request: Request) -> None:
        headers = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
        self.seen.append(f"{request.url}\n{headers}\n".encode() + (request.post_data_buffer or b""))

    def holds(self, words: str) -> bool:
        return any(words.encode() in seen for seen in self.seen)


KEEP = """
import base64, sys, uuid
from datetime import datetime, UTC
from reporting.inbox.models import Letter, Report
from reporting.inbox.receive import new_reference, the_hour
hour = the_hour(datetime.now(UTC))
report = Report.objects.create(id=uuid.UUID("{id}"), reference=new_reference(), received_hour=hour, danger=False)
message = base64.b64decode("{message}")
Letter.objects.create(id=report.pk, report=report, kind="concern", hour=hour, key_fingerprints="", size_bucket=0,
                      pkesk=b"", body=message)
print(report.reference)
"""


def keep_as_it_is(site: RunningSite, message: bytes) -> str:
    """Put any bytes in the place of a sealed concern, as a server in wrong hands could; the report's reference."""
    code = KEEP.format(id=uuid.uuid4(), message=base64.b64encode(message).decode())
    return site.python(code)
