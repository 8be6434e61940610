"""No box that a person writes in lends its words to a browser's helpers, some of which send them to a cloud."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from reporting.concern.questions import fields
from reporting.concern.robots import TRAP
from tests.reporting.concern.conftest import Told, text_of

pytestmark = pytest.mark.django_db
#: Kinds of boxes that nobody writes in.
CHOSEN = {"hidden", "radio", "checkbox", "submit"}
QUIET = {"spellcheck": "false", "autocorrect": "off", "translate": "no", "writingsuggestions": "false"}


class Boxes(HTMLParser):
    """Every element of a page that somebody can write in, with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        writable = tag == "textarea" or (tag == "input" and values.get("type", "text") not in CHOSEN)
        if writable or "contenteditable" in values:
            self.found.append(values)


def boxes(response: Any) -> list[dict[str, str | None]]:
    return Boxes(text_of(response)).found


def assert_quiet(box: dict[str, str | None]) -> None:
    assert {name: box.get(name) for name in QUIET} == QUIET, box
    # Only a box about the person themselves may offer what the browser knows (WCAG 1.3.5).
    assert (box.get("autocomplete") == "off") is (box["id"] != "contact-name"), box


@pytest.mark.parametrize("answers", [None, {}, {"change": "yes", "who": "me"}], ids=["new", "error", "change"])
def test_no_box_of_the_form_leaks(client: Client, keys_in_use: None, answers: dict[str, str] | None) -> None:
    address = "/tell-us/questions/"
    found = boxes(client.get(address) if answers is None else client.post(address, answers))
    asked = [field.key for field in fields() if field.kind in ("text", "line")]
    assert [box["name"] for box in found] == [*asked, TRAP], "and the box that people do not see"
    for box in found:
        assert_quiet(box)


def test_no_box_of_the_way_back_leaks(client: Client, told: Told) -> None:
    found = [*boxes(client.get("/tell-us/reply/")), *boxes(client.post("/tell-us/reply/", {"words": told.words}))]
    assert [box["id"] for box in found] == ["words", "text", "text"]
    for box in found:
        assert_quiet(box)


def test_nobody_writes_on_the_other_pages_of_the_way(client: Client, keys_in_use: None) -> None:
    for address in ("/tell-us/", "/tell-us/before-you-start/"):
        assert boxes(client.get(address)) == []
    assert boxes(client.post("/tell-us/questions/", {"story": "A worry"})) == []
