"""HTML for schools: what they paste is plain, whole and escaped, whatever editors write."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client

from home.models import PosterWords
from resources.models import Contact
from tests.home.editing import text_of

pytestmark = pytest.mark.django_db
LINK = "/leaflets/link-to-us/"
ALLOWED = {"h2": set(), "p": set(), "ul": set(), "li": set(), "a": {"href", "referrerpolicy"}}


class Pasted(HTMLParser):
    """What a school's page gets: its tags in order, each of them closed, its links and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= ALLOWED[tag], (tag, attrs)
        self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def snippet(client: Client, name: str) -> str:
    """What stands in the box with this name, as somebody copies it. A browser leaves out the first line break."""
    html = client.get(LINK).content.decode()
    [shown] = re.findall(rf'<textarea[^>]* id="{name}"[^>]*>\n(.*?)</textarea>', html, re.DOTALL)
    assert "<" not in shown
    return unescape(shown)


def test_with_numbers_it_is_plain_html_with_the_day_they_were_checked(client: Client) -> None:
    pasted = Pasted(snippet(client, "with-numbers"))
    assert not pasted.open
    assert pasted.links[0] == "https://phoenix.example/"
    assert "tel:999" in pasted.links
    assert "tel:08001111" in pasted.links
    assert "Numbers checked on 21 November 2026." in pasted.words


def test_without_numbers_there_is_nothing_that_grows_old(client: Client) -> None:
    pasted = Pasted(snippet(client, "without-numbers"))
    assert not pasted.open
    assert pasted.links == ["https://phoenix.example/"]
    assert not re.search(r"\d", pasted.words)


def test_as_text_it_has_the_same_words_and_no_tag(client: Client) -> None:
    text = snippet(client, "as-text")
    assert "<" not in text
    assert "Under 19? Childline, free: Call 0800 1111" in text
    assert "phoenix.example" in text


def test_what_editors_write_cannot_break_the_page_it_is_pasted_into(client: Client) -> None:
    words = PosterWords.objects.get(audience="", style="plain")
    words.heading, words.text = "</textarea><script>x()</script>", "“A” & <b>B</b> > C"
    words.save()
    Contact.objects.filter(key="mash").update(label="</li></ul><img src=x>")
    pasted = Pasted(snippet(client, "with-numbers"))
    assert not pasted.open
    assert "</textarea><script>x()</script>" in pasted.words
    assert "“A” & <b>B</b> > C" in pasted.words
    assert "<script>x()" not in client.get(LINK).content.decode()


def test_without_words_the_page_still_helps(client: Client) -> None:
    PosterWords.objects.update(live=False)
    said = text_of(client.get(LINK))
    assert "Nobody has published words for this yet" in said
    assert "0800 1111" in said
