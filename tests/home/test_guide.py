"""The editors’ guide: for everybody who signs in, true to what the CMS does, and following its own advice."""

import html
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from home.blocks import BodyBlock
from home.language.lint import entries, lint
from home.reading_age import grade, lines_of_page
from resources.models import Contact
from resources.typed_numbers import typed_numbers
from tests.home.editing import text_of

pytestmark = pytest.mark.django_db


def guide(editor: Any) -> str:
    answer = editor.get("/cms/guide/")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def main_of(page: str) -> str:
    return page[page.index('<div class="guide"') : page.index("</div>\n", page.index('id="words"'))]


def test_only_those_who_sign_in_see_it(client: Client) -> None:
    assert client.get("/cms/guide/").status_code == 302


def test_it_stands_in_the_menu_and_on_the_first_page(editor: Any) -> None:
    first = text_of(editor.get("/cms/"))
    assert 'href="/cms/guide/#someone-tells-you"' in first
    assert first.count("/cms/guide/") >= 3


def test_it_says_first_what_to_do_when_somebody_tells_an_editor_about_harm(editor: Any) -> None:
    page = main_of(guide(editor))
    start = page.index('id="someone-tells-you"')
    assert start < page.index('id="pages"')
    section = page[start : page.index("</section>", start)]
    for said in (
        "keep it secret",
        "Do not ask for details",
        "Write down their words",
        "safeguarding lead",
        "Write nothing",
    ):
        assert said in section
    night = Contact.objects.get(key=settings.TEAM_CONTACT).when_closed
    for key in (settings.EMERGENCY_CONTACT, settings.TEAM_CONTACT, night.key):
        assert Contact.objects.get(key=key).ways[0].value in section


def test_its_numbers_come_from_records(editor: Any) -> None:
    from pathlib import Path

    assert typed_numbers(Path("templates/cms/guide.html").read_text()) == []
    contact = Contact.objects.get(key=settings.TEAM_CONTACT)
    contact.ways = [("call", "020 7946 0018")]
    contact.save()
    assert "020 7946 0018" in guide(editor)


def test_it_names_every_part_of_a_page_and_every_word(editor: Any) -> None:
    page = main_of(guide(editor))
    for block in BodyBlock().child_blocks.values():
        assert f'<th scope="row">{block.label}</th><td>{block.get_description()}</td>' in page
    for entry in entries():
        assert ", ".join(entry.words) in page
        assert entry.write in page


def test_it_follows_its_own_advice(editor: Any) -> None:
    page = main_of(guide(editor))
    lines = lines_of_page(f"<main>{page}</main>", without="table")
    assert len(lines) > 50
    assert grade(lines) <= 6
    # The words that it names stand in quotation marks.
    assert lint(lines, "professionals") == []


def test_its_links_lead_somewhere(editor: Any) -> None:
    import re

    page = guide(editor)
    for anchor in re.findall(r'href="#([\w-]+)"', main_of(page)):
        assert f'id="{anchor}"' in page
