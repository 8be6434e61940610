"""What pages say of code words and replies follows the council's setting, and nobody's text says otherwise unseen."""

from typing import Any

import pytest
from django.test import Client

from home.checks import no_page_promises_replies_that_are_off
from tests.home.test_legal_pages import words_of

pytestmark = pytest.mark.django_db
SAYS = {
    "open": "With them you can read what the team writes to you. We don’t keep your words.",
    "one": "They can write once, and you can answer.",
    "off": "We do not write back on this site",
}


@pytest.mark.parametrize("slug", ["your-privacy", "privacy"])
@pytest.mark.parametrize("replies", SAYS)
def test_the_privacy_pages_say_what_the_setting_is(client: Client, settings: Any, slug: str, replies: str) -> None:
    settings.REPLIES = replies
    said = words_of(client, slug)
    assert [way for way, words in SAYS.items() if words in said] == [replies]
    assert ("Your six code words" in said) is (replies != "off")
    assert ("If you come back with your code words" in said) is (slug == "privacy" and replies != "off")


def test_pages_that_promise_replies_which_are_off_are_named(settings: Any) -> None:
    assert no_page_promises_replies_that_are_off(databases=["default"]) == []
    settings.REPLIES = "off"
    assert no_page_promises_replies_that_are_off() == []
    said = " ".join(warning.msg for warning in no_page_promises_replies_that_are_off(databases=["default"]))
    assert "How we protect what you tell us" in said
    assert "“Your privacy”" not in said
