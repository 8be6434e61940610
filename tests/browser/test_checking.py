"""Checking a contact on a phone, in a real browser: the list, one tap, the way back; axe finds nothing."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import RunningSite
from tests.browser.desking import sign_in_at
from tests.browser.looking import violations

pytestmark = pytest.mark.browser
MAKE_DUE = """
from django.utils import timezone
from resources.models import Contact
Contact.objects.filter(key__in=["police-999", "childline"]).update(next_check=timezone.localdate())
print(Contact.objects.get(key="childline").pk)
"""


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_number_is_checked_with_one_tap_and_taken_back(browser: Browser, site: RunningSite, colours: str) -> None:
    number = site.python(MAKE_DUE).strip()
    context = browser.new_context(viewport={"width": 375, "height": 800}, color_scheme=colours)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in_at(page, site, "/cms/login/", "editor")
    page.wait_for_url("**/cms/")

    for address in (f"check-these/{number}/", f"snippets/resources/contact/unpublish/{number}/", "check-these/"):
        page.goto(f"{site.address}/cms/{address}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
    card = page.locator(f"#contact-{number}")
    assert card.locator("a[href='tel:08001111']").count() == 1
    tap = card.get_by_role("button", name="Rang it, it is right")
    assert tap.bounding_box()["height"] >= 44  # type: ignore[index]
    tap.click()
    expect(page.get_by_text("Childline was checked today.")).to_be_visible()
    expect(card).to_have_count(0)
    page.get_by_role("button", name=re.compile("Take it back")).click()
    expect(page.locator(f"#contact-{number}")).to_be_visible()
    context.close()
