"""The second look at rich text: what cannot harm stays whole, everything else goes."""

import pytest
from wagtail.rich_text import RichText

from home.blocks import WordsBlock
from home.cleaning import TAGS, clean_html


@pytest.mark.parametrize(
    ("dirty", "gone"),
    [
        ("<p>a<script>alert(1)</script></p>", ["<script"]),
        ("<p>a</p><style>p { display: none }</style>", ["<style"]),
        ('<p onclick="alert(1)">a</p>', ["onclick", "alert"]),
        ('<p style="display: none" class="big" id="x">a</p>', ["style", "class", "id="]),
        ('<p>a <a href="javascript:alert(1)">b</a></p>', ["javascript", "href"]),
        ('<p>a <a href="JaVaScRiPt&#58;alert(1)">b</a></p>', ["alert"]),
        ('<p>a <a href=" java\tscript:alert(1)">b</a></p>', ["alert"]),
        ('<p>a <a href="data:text/html,b">b</a></p>', ["data:"]),
        ('<p>a <a href="https://x.example" target="_blank" onmouseover="b()">b</a></p>', ["target", "onmouseover"]),
        ('<p>a<img src="https://x.example/1.gif" onerror="b()"></p>', ["<img", "x.example", "onerror"]),
        ('<p>a</p><iframe src="https://x.example"></iframe>', ["<iframe", "x.example"]),
        ('<p>a</p><form action="/"><input name="b"></form>', ["<form", "<input"]),
        ("<p>a<svg><script>alert(1)</script></svg></p>", ["<svg", "<script"]),
        ('<h2 onfocus="b()">a</h2><h1>b</h1>', ["onfocus", "<h1"]),
        ("<p>a<!-- a note --></p>", ["<!--", "note"]),
    ],
)
def test_what_could_run_fetch_or_disguise_is_taken_out(dirty: str, gone: list[str]) -> None:
    clean = clean_html(dirty)
    assert ">a" in clean  # the words themselves stay
    for part in gone:
        assert part not in clean


@pytest.mark.parametrize(
    "kept",
    [
        '<h2 data-block-key="abc12">Heading</h2><h3 data-block-key="abc13">Smaller</h3>',
        '<p data-block-key="abc14"><b>bold</b>, <strong>strong</strong>, <i>i</i> and <em>em</em>.<br>Next</p>',
        '<ul><li data-block-key="abc15">One</li></ul><ol><li data-block-key="abc16">First</li></ol>',
        '<p><a linktype="page" id="5">a page of ours</a></p>',
        '<p><a href="https://www.gov.uk/">elsewhere</a></p>',
        '<p><a href="mailto:somebody@phoenix.example">a mail</a> or <a href="tel:01632960001">a call</a></p>',
        '<p><a href="/find-help/">a path</a>, <a href="#today">a place on this page</a></p>',
        "<p>Call [[police-999]]. “Fish &amp; chips”, 3 &lt; 5, it’s fine – ok?</p>",
    ],
)
def test_what_the_editor_offers_stays_as_it_is(kept: str) -> None:
    assert clean_html(kept) == kept


def test_cleaning_twice_is_cleaning_once() -> None:
    once = clean_html('<p onclick="b()">a &amp; b <script>x</script></p>')
    assert clean_html(once) == once


def test_every_allowed_tag_is_one_that_readers_may_meet() -> None:
    assert not TAGS & {"script", "style", "iframe", "img", "form", "input", "svg", "object", "h1", "div", "span"}


def test_text_of_a_page_is_cleaned_when_it_is_saved() -> None:
    dirty = RichText('<p onclick="b()" data-block-key="abc12">Words <a linktype="page" id="5">here</a></p>')
    clean = WordsBlock().clean(dirty)
    assert clean.source == '<p data-block-key="abc12">Words <a linktype="page" id="5">here</a></p>'


def test_the_editor_offers_nothing_that_cleaning_takes_out() -> None:
    made_by = {"h2": "h2", "h3": "h3", "bold": "b", "ul": "ul", "ol": "ol", "link": "a"}
    assert {made_by[feature] for feature in WordsBlock().features} <= TAGS
