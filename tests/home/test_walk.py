"""One walk over every published page: the public rules, each of which fails here when broken."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from resources.models import AreaBoard

pytestmark = pytest.mark.django_db


class Seen(HTMLParser):
    """Collects what a page consists of: tags, attributes, and addresses that a browser would fetch."""

    FETCHED = {
        ("script", "src"),
        ("link", "href"),
        ("img", "src"),
        ("iframe", "src"),
        ("source", "src"),
        ("use", "href"),
    }

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.inline_scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if ("rel", "canonical") not in attrs:  # which says where the page is, and fetches nothing
            self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "script" and data.strip():
            self.inline_scripts.append(data)

    @property
    def fetched(self) -> list[str]:
        return [value for tag, name, value in self.attributes if (tag, name) in self.FETCHED]


def attributes(response: Any, tag: str) -> list[tuple[str, str]]:
    """Name and value of every attribute of the elements with this tag."""
    seen = Seen(response.content.decode())
    return [(name, value) for found, name, value in seen.attributes if found == tag]


#: Pages that editors do not own.
FORM_PAGES = ["/tell-us/", "/tell-us/before-you-start/", "/tell-us/questions/", "/tell-us/reply/", "/search/"]


def addresses() -> list[str]:
    """Every published page, the pack of every area board, and the form."""
    pages = Page.objects.live().public().exclude(depth=1)
    packs = [f"/councillors/pack/{board.key}/" for board in AreaBoard.objects.filter(live=True)]
    return [page.get_url() for page in pages] + packs + FORM_PAGES


def walk(client: Client):  # type: ignore[no-untyped-def]
    for address in addresses():
        yield address, client.get(address)


def test_the_walk_reaches_every_kind_of_page(client: Client) -> None:
    assert len(addresses()) >= 14


def test_every_page_answers_with_one_heading_and_a_way_out(client: Client, keys_in_use: None) -> None:
    for address, response in walk(client):
        seen = Seen(response.content.decode())
        assert response.status_code == 200, address
        assert seen.tags.count("h1") == 1, address
        exits = [value for tag, name, value in seen.attributes if (tag, name) == ("a", "data-exit")]
        assert exits, address
        assert ("html", "lang", "en-GB") in seen.attributes, address


def test_no_page_sets_a_cookie_or_touches_a_session(client: Client, keys_in_use: None) -> None:
    for address, response in walk(client):
        assert not response.cookies, address
        assert "Set-Cookie" not in response.headers, address
        assert "Cookie" not in response.headers.get("Vary", ""), address


def test_every_page_has_the_strict_policy(client: Client, keys_in_use: None) -> None:
    for address, response in walk(client):
        policy = dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'", address
        assert policy["script-src"] == "'self'", address
        assert policy["style-src"] == "'self'", address
        assert policy["frame-ancestors"] == "'none'", address
        assert "unsafe" not in response.headers["Content-Security-Policy"], address
        assert response.headers["X-Content-Type-Options"] == "nosniff", address


def test_no_page_holds_inline_script_style_or_a_third_party(client: Client, keys_in_use: None) -> None:
    for address, response in walk(client):
        seen = Seen(response.content.decode())
        assert not seen.inline_scripts, address
        assert "style" not in seen.tags, address
        assert not [a for a in seen.attributes if a[1] == "style" or a[1].startswith("on")], address
        assert not [f for f in seen.fetched if re.match(r"(https?:)?//", f)], address


def test_ids_are_unique_on_every_page(client: Client, keys_in_use: None) -> None:
    for address, response in walk(client):
        ids = [value for _, name, value in Seen(response.content.decode()).attributes if name == "id"]
        assert len(ids) == len(set(ids)), (address, {i for i in ids if ids.count(i) > 1})


def test_every_link_inside_the_site_leads_somewhere(client: Client, keys_in_use: None) -> None:
    pages = {address: Seen(response.content.decode()) for address, response in walk(client)}
    for address, seen in pages.items():
        for tag, name, value in seen.attributes:
            if (tag, name) != ("a", "href") or value.startswith(("http", "tel:", "sms:", "mailto:")):
                continue
            if value.endswith(("/figures.csv", "/contacts.json")):
                assert client.get(value).status_code == 200, value
                continue
            path, _, anchor = value.partition("#")
            target = pages.get(path or address)
            assert target, f"{address} links to {value}"
            assert not anchor or any(a == ("id", anchor) for a in ((n, v) for _, n, v in target.attributes)), value


def test_form_pages_are_stored_nowhere_and_guidance_is_always_asked_for_anew(client: Client, keys_in_use: None) -> None:
    for address, response in walk(client):
        expected = "no-store" if address.startswith("/tell-us/") else "no-cache"
        assert expected in response.headers["Cache-Control"], address


def test_a_page_is_not_sent_again_when_it_has_not_changed(client: Client) -> None:
    address = "/privacy/"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_phone_numbers_stand_in_records_only(client: Client, keys_in_use: None) -> None:
    """Whatever looks like a number in a page's text is the words of a call link, or part of a record's own card."""
    import pathlib

    for folder in ("templates", "home/content", "reporting", "static/js", "site"):
        for file in pathlib.Path(folder).rglob("*"):
            if file.suffix in (".html", ".yaml", ".py", ".js") and "migrations" not in file.parts:
                found = re.findall(r"\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|\b116 ?\d{3}\b", file.read_text())
                assert not [f for f in found if not f.startswith("01632")], (file, found)
