"""Texts name a contact, readers get its number: as a link, safely, and never brackets."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.rich_text import RichText

from resources.book import ContactBook
from resources.models import Contact
from resources.tokens import keys_in, number_link, with_numbers

MakeService = Callable[..., Any]
LINK = '<a class="num-link" dir="ltr" href="tel:01632960001">01632 960 001</a>'


@pytest.fixture
def book(service: MakeService) -> ContactBook:
    return ContactBook.of(
        [
            service("line", ("call", "01632 960 001"), ("chat", "https://chat.example/")),
            service("texts", ("text", {"number": "01632 960 002", "word": "HELP ME"})),
            service("chat", ("chat", "https://chat.example/?a=1&b=2"), name="Chat <b>& more"),
            service("nothing", name="A website only", website="https://site.example/"),
        ]
    )


def test_a_token_becomes_a_call_link(book: ContactBook) -> None:
    assert with_numbers("Call [[line]].", book) == f"Call {LINK}."


@pytest.mark.parametrize("token", ["[[line]]", "[[ line ]]", "[[line ]]", "[[\u00a0line\u00a0]]"])
def test_spaces_in_a_token_do_no_harm(book: ContactBook, token: str) -> None:
    assert with_numbers(token, book) == LINK


def test_every_token_of_a_text_is_replaced(book: ContactBook) -> None:
    shown = with_numbers("[[line]], [[line]] or [[texts]]", book)
    assert shown.count(LINK) == 2
    assert 'href="sms:01632960002?body=HELP%20ME">01632 960 002</a>' in shown
    assert "[[" not in shown


def test_a_service_without_a_number_is_linked_by_its_name(book: ContactBook) -> None:
    link = '<a href="https://chat.example/?a=1&amp;b=2" rel="noreferrer">Chat &lt;b&gt;&amp; more</a>'
    assert number_link(book, "chat") == link


def test_a_service_with_no_way_at_all_leads_to_help(book: ContactBook) -> None:
    assert number_link(book, "nothing") == '<a href="/find-help/">A website only</a>'


def test_plain_words_are_escaped(book: ContactBook) -> None:
    shown = with_numbers("<script>alert(1)</script> & [[line]]", book)
    assert shown == f"&lt;script&gt;alert(1)&lt;/script&gt; &amp; {LINK}"


def test_rich_text_keeps_its_tags(book: ContactBook) -> None:
    shown = with_numbers(RichText("<p>Call <b>[[line]]</b> &amp; wait</p>"), book)
    assert f"<p>Call <b>{LINK}</b> &amp; wait</p>" in shown


def test_a_page_link_in_rich_text_leads_to_the_page(book: ContactBook, db: None) -> None:
    from wagtail.models import Page

    page = Page.objects.get(slug="privacy")
    shown = with_numbers(RichText(f'<p><a linktype="page" id="{page.pk}">[[line]] and privacy</a></p>'), book)
    assert '<a href="/privacy/">' in shown


def test_nothing_is_nothing(book: ContactBook) -> None:
    assert with_numbers("", book) == ""


def test_what_is_no_token_stays_as_it_was_written(book: ContactBook) -> None:
    assert with_numbers("[line] [[Line]] [[]]", book) == "[line] [[Line]] [[]]"


def test_the_keys_of_a_text() -> None:
    assert keys_in("[[a]] and [[ b-2 ]], [[a]] again, but not [c]") == {"a", "b-2"}


@pytest.mark.parametrize("key", ["emerald", "gone-since"])
def test_a_token_of_a_contact_that_is_not_live_shows_a_way_to_help(db: None, key: str) -> None:
    shown = with_numbers(f"Call [[{key}]] today.", ContactBook.load())
    assert shown == 'Call <a href="/find-help/">Find help</a> today.'


def test_a_number_that_became_a_doubt_leaves_every_text(db: None, client: Any) -> None:
    Contact.objects.filter(key="samaritans").update(live=False)
    page = client.get("/young-people/is-this-ok/").content.decode()
    assert "116 123" not in page
    assert 'Call <a href="/find-help/">Samaritans</a>.' in page
    assert "[[" not in page
