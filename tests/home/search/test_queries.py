"""What people look for, in their own words, finds what the shipped content has for them; on every database alike."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from resources.book import ContactBook

pytestmark = pytest.mark.django_db
QUERIES: list[dict[str, str]] = yaml.safe_load(Path(__file__).with_name("queries.yaml").read_text())
FIRST = 3


def results(page: str) -> list[str]:
    """The addresses of the results, in their order."""
    return re.findall(r'<li><h3><a href="/([^"]*?)/?">', page)


def panel(page: str) -> str:
    """The help above the results."""
    return "".join(re.findall(r'<section class="call n".*?</section>', page, re.S))


@pytest.mark.parametrize("entry", QUERIES, ids=[entry["query"] for entry in QUERIES])
def test_a_query_is_answered(client: Client, entry: dict[str, Any]) -> None:
    page = html.unescape(client.post("/search/", {"words": entry["query"]}).content.decode())
    book = ContactBook.load()
    if "page" in entry:
        assert entry["page"] in results(page)[:FIRST]
    if "contact" in entry:
        assert f">{book.services[entry['contact']].name}</h3>" in page
    if "help" in entry:
        assert f'class="tel" href="{book.services[entry["help"]].first.href}"' in panel(page)
    else:
        assert not panel(page)
    if "also" in entry:
        assert f"‘{entry['also']}’" in page
    else:
        assert "We also looked for" not in page


def test_there_are_sixty_queries_and_all_four_audiences_are_among_them() -> None:
    assert len({entry["query"] for entry in QUERIES}) >= 60
    doors = {entry["page"].split("/")[0] for entry in QUERIES if "page" in entry}
    assert doors >= {"young-people", "parents-and-carers", "professionals", "councillors"}
