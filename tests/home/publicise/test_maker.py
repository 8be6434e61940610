"""Posters, leaflets and cards: the words of editors, the numbers of the records, and nothing from the address."""

from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.html import strip_tags

from home.models import PosterWords
from home.publicise.maker import SIZES
from home.telling import tells
from resources.models import AreaBoard, Contact
from tests.home.editing import text_of

pytestmark = pytest.mark.django_db
MAKER = "/leaflets/make/"


def sheet(client: Client, **chosen: str) -> str:
    """The words of what is printed, without the page around it."""
    answer = client.get(MAKER, {"size": "a4"} | chosen)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "<article" in html
    return unescape(strip_tags("<article" + html.split("<article", 1)[1].split("</article>")[0]))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("audience", ["", "young", "parents", "professionals", "councillors"])
def test_there_is_a_sheet_in_both_styles_for_everyone(client: Client, size: str, audience: str) -> None:
    for style in PosterWords.Style.values:
        said = sheet(client, size=size, words=style, **{"for": audience})
        assert "phoenix.example" in said
        assert "Call " in said
        assert "Numbers checked on " in said


def test_numbers_come_from_the_records_and_leave_with_them(client: Client) -> None:
    mash = Contact.objects.get(key="mash")
    assert "Call 0300 456 0108" in sheet(client)
    mash.ways = [("call", "01632 960123")]
    mash.save()
    said = sheet(client)
    assert "01632 960123" in said
    assert "0300 456 0108" not in said
    mash.unpublish()
    assert "01632 960123" not in sheet(client)


def test_the_day_is_the_oldest_of_all_its_numbers(client: Client) -> None:
    Contact.objects.filter(key="childline").update(checked="2026-03-01")
    assert "Numbers checked on 1 March 2026" in sheet(client)
    # A card for everyone has no room for the fourth.
    assert "Numbers checked on 1 March 2026" not in sheet(client, size="card")


@pytest.mark.parametrize("audience", ["", "young", "parents", "professionals", "councillors"])
@pytest.mark.parametrize("size", SIZES)
def test_a_neutral_sheet_says_nothing_of_its_subject(client: Client, size: str, audience: str) -> None:
    said = sheet(client, size=size, words="neutral", board="salisbury", **{"for": audience})
    assert not tells(said)
    names = [name for pair in Contact.objects.values_list("name", "label") for name in pair if name]
    assert not [name for name in names if name in said]
    for word in ("child", "MASH", "safeguard", "Council", "worried", "young"):
        assert word not in said, word
    assert "Someone to talk to" in said


def test_neutral_words_that_tell_are_refused() -> None:
    words = PosterWords.objects.get(audience="young", style="neutral")
    words.heading = "Stop sexual exploitation"
    with pytest.raises(ValidationError, match="pocket"):
        words.save()
    plain = PosterWords.objects.get(audience="young", style="plain")
    plain.text = "Call [[childline]]"
    with pytest.raises(ValidationError, match="Choose the contacts"):
        plain.save()


def test_an_audience_without_words_has_those_for_everyone(client: Client) -> None:
    assert "Not sure if it’s OK?" in sheet(client, **{"for": "young"})
    PosterWords.objects.get(audience="young", style="plain").unpublish()
    assert "Worried about a child?" in sheet(client, **{"for": "young"})


def test_without_any_words_the_numbers_stand_there(client: Client) -> None:
    PosterWords.objects.update(live=False)
    said = text_of(client.get(MAKER, {"size": "a4"}))
    assert "Nobody has published words for this yet" in said
    assert "999" in said


def test_an_area_board_is_named(client: Client) -> None:
    assert "For Stonehenge." in sheet(client, board="stonehenge")
    AreaBoard.objects.get(key="stonehenge").unpublish()
    assert "Stonehenge" not in sheet(client, board="stonehenge")


BAD = ["a" * 10_000, "\0", "‮salisbury", "<script>alert(1)</script>", "%", "999999", "../..", "\ud800"]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: ascii(bad[:12]))
@pytest.mark.parametrize("address", [MAKER, "/leaflets/", "/leaflets/dates/", "/leaflets/link-to-us/"])
def test_what_is_none_of_our_words_counts_as_not_chosen(client: Client, address: str, bad: str) -> None:
    typed = bad.encode("utf-8", "surrogatepass").decode("latin-1")
    for chosen in ({"size": "a4"}, {}):
        words = {name: typed for name in ("for", "board", "words", "size", "kind")} | chosen
        answer = client.get(address, words)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
        assert "aaaaaaaaaa" not in answer.content.decode()


def test_broken_utf_8_is_no_mistake_of_ours(client: Client) -> None:
    answer = client.get(MAKER, QUERY_STRING="size=a4&board=%ff%fe&for=%c3")
    assert answer.status_code == 200
    assert "Worried about a child?" in text_of(answer)


def test_the_code_leads_where_the_site_says_it_stands(client: Client) -> None:
    answer = client.get(MAKER, {"size": "a4"}).content.decode()
    assert 'aria-label="QR code of https://phoenix.example/"' in answer
    assert "<b>phoenix.example</b>" in answer


def test_a_sheet_is_not_for_search_engines_and_the_maker_is(client: Client) -> None:
    assert 'name="robots" content="noindex"' in client.get(MAKER, {"size": "a4"}).content.decode()
    assert "noindex" not in client.get(MAKER).content.decode()
