"""Signing in with a real browser: by password and code, and by a passkey that Chromium itself makes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.desking import fresh_code, password_of, sign_in_at, sign_in_by_hand
from tests.browser.looking import violations

pytestmark = pytest.mark.browser
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
TIDY_UP = "from allauth.mfa.models import Authenticator\nAuthenticator.objects.exclude(type='totp').delete()"


@pytest.fixture
def with_key(browser: Browser, site: RunningSite) -> Iterator[Page]:
    """A browser with a virtual security key; a message of the content policy fails the test."""
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    context.close()
    site.python(TIDY_UP)
    assert wrong == []


@pytest.mark.parametrize(
    ("path", "name", "heading"), [("/mash/", "senior", "The desk is locked"), ("/cms/", "colleague", "Phoenix")]
)
def test_a_passkey_is_added_and_then_is_enough(
    with_key: Page, site: RunningSite, path: str, name: str, heading: str
) -> None:
    page = with_key
    sign_in_at(page, site, "/mash/sign-in/" if path == "/mash/" else "/cms/login/", name)
    page.goto(f"{site.address}{path}security/passkeys/add/")
    # A password and a code were given just now; adding a way in asks for a code once more.
    page.get_by_label("Code").fill(fresh_code(site, name))
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What you call it").fill("The small stick")
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert page.locator("main li").count() == 10
    page.goto(f"{site.address}{path}security/")
    expect(page.get_by_text("The small stick", exact=False).first).to_be_visible()
    page.context.clear_cookies()

    page.goto(f"{site.address}{path}")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{site.address}{path}")
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    page.context.clear_cookies()

    # The password alone is still not enough, and the key stands in for the code.
    page.goto(f"{site.address}{path}")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password_of(site, name))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/security/code/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{site.address}{path}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_signing_in_is_accessible(browser: Browser, site: RunningSite, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    link = site.manage("invite", f"newcomer-{scheme}", "desk").splitlines()[1]

    def looks_right() -> None:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 375

    for address in (f"{site.address}/mash/sign-in/", f"{site.address}/cms/login/", link):
        page.goto(address)
        looks_right()
    page.get_by_role("button", name="Set up my account").click()
    page.get_by_role("alert").wait_for()
    looks_right()
    page.goto(f"{site.address}/mash/sign-in/")
    sign_in_by_hand(page, site, "deputy", "wrong")
    looks_right()
    sign_in_by_hand(page, site, "deputy")
    page.goto(f"{site.address}/mash/security/")
    looks_right()
    page.goto(f"{site.address}/mash/security/recovery-codes/new/")
    looks_right()
    page.get_by_label("Code").fill(fresh_code(site, "deputy"))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Make new ones").wait_for()
    looks_right()
    for path in ("passkeys/add/", "app/remove/"):
        page.goto(f"{site.address}/mash/security/{path}")
        looks_right()
    context.close()
