"""A pack for an area board: county figures that say so, the questions of their own page, today's numbers, a poster."""

import pytest
from django.test import Client
from wagtail.models import Page

from resources.models import AreaBoard, Contact
from tests.home.editing import text_of

pytestmark = pytest.mark.django_db
PACKS = "/councillors/pack/"


def test_every_board_has_a_page_and_the_list_leads_there(client: Client) -> None:
    said = client.get(PACKS).content.decode()
    assert AreaBoard.objects.count() == 18
    for board in AreaBoard.objects.all():
        assert f'href="{PACKS}{board.key}/"' in said
        pack = client.get(f"{PACKS}{board.key}/")
        assert f"{board.name} Area Board: a pack" in text_of(pack)
        assert f'<link rel="canonical" href="http://testserver{PACKS}{board.key}/">' in pack.content.decode()
    assert "Stonehenge (Amesbury)" in text_of(client.get(PACKS))


def test_figures_are_the_countys_and_the_pack_says_so_before_them(client: Client) -> None:
    said = text_of(client.get(f"{PACKS}salisbury/"))
    assert "They are for the whole of Wiltshire, in 2015." in said
    assert said.index("none of them is about your area") < said.index("82") < said.index("Partnership Profile")


def test_the_questions_are_those_of_their_page(client: Client) -> None:
    page = Page.objects.get(slug="scrutiny-questions").specific
    page.body = [("text", {"heading": "New questions", "anchor": "", "text": "<p>What is new?</p>"})]
    page.save_revision().publish()
    said = text_of(client.get(f"{PACKS}salisbury/"))
    assert "What is new?" in said
    assert "How many children do we know" not in said
    page.unpublish()
    assert "What is new?" not in text_of(client.get(f"{PACKS}salisbury/"))


def test_numbers_are_those_of_the_records(client: Client) -> None:
    mash = Contact.objects.get(key="mash")
    mash.ways = [("call", "01632 960123")]
    mash.save()
    said = text_of(client.get(f"{PACKS}salisbury/"))
    assert said.count("01632 960123") >= 2  # in the list, and on the poster
    assert "For Salisbury." in said


@pytest.mark.parametrize("bad", ["nowhere", "a" * 10_000, "%00", "%E2%80%AEsalisbury", "%ff%fe", "salisbury/more"])
def test_a_board_that_is_not_there_gets_a_kind_page_with_the_numbers(client: Client, bad: str) -> None:
    answer = client.get(f"{PACKS}{bad}/")
    assert answer.status_code == 404
    assert "999" in text_of(answer)


def test_a_withdrawn_board_has_no_pack(client: Client) -> None:
    AreaBoard.objects.get(key="salisbury").unpublish()
    assert client.get(f"{PACKS}salisbury/").status_code == 404
    assert "Salisbury" not in text_of(client.get(PACKS)).split("Choose your board")[1].split("tell whoever")[0]
