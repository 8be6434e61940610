"""Each fact of the source documents stands on the page that `docs/source-facts.md` names, or says why it does not."""

import html
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
FILE = Path(__file__).resolve().parents[2] / "docs/source-facts.md"
NOT_CARRIED = "not carried: "


class Fact(NamedTuple):
    """One row of the file."""

    fact: str
    page: str
    words: str


@cache
def facts() -> list[Fact]:
    """Every row that is not a heading or the line under one."""
    rows = [line for line in FILE.read_text().splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [Fact(*cell) for cell in cells if cell[0] != "fact" and set(cell[0]) != {"-"}]


def shown(client: Client, address: str) -> str:
    """What a reader sees of a page, in one line."""
    response = client.get(f"/{address}/")
    assert response.status_code == 200, address
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    inline = re.sub(r"</?(b|strong|em|a|span)\b[^>]*>", "", main)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inline)).split())


def missing(client: Client, rows: list[Fact]) -> list[Fact]:
    """The facts whose words do not stand on their page."""
    carried = [fact for fact in rows if not fact.page.startswith(NOT_CARRIED)]
    pages = {address: shown(client, address) for address in {fact.page for fact in carried}}
    return [fact for fact in carried if fact.words not in pages[fact.page]]


def test_every_fact_stands_where_the_file_says(client: Client) -> None:
    assert missing(client, facts()) == []


def test_a_fact_that_was_lost_is_found(client: Client) -> None:
    kept = Fact("a fact", "councillors/local-picture-2015", "a key strategic risk")
    lost = kept._replace(words="words that no page has")
    elsewhere = kept._replace(page="councillors/your-part")
    assert missing(client, [kept, lost, elsewhere]) == [lost, elsewhere]


def test_every_row_has_its_words_or_its_reason() -> None:
    for fact in facts():
        if fact.page.startswith(NOT_CARRIED):
            assert len(fact.page) > len(NOT_CARRIED) + 20 and not fact.words, fact
        else:
            assert len(fact.words) >= 3 and re.fullmatch(r"[a-z0-9/-]+", fact.page), fact


def test_both_documents_are_covered_and_no_fact_stands_twice() -> None:
    text = FILE.read_text()
    assert text.index("## The Area Board's minute") < text.index("## The Partnership Profile")
    assert len(facts()) >= 130
    assert len({fact.fact for fact in facts()}) == len(facts())
