"""“How we protect what you tell us” says nothing that `docs/protection-claims.md` does not show or explain."""

import ast
import html
import re
from functools import cache
from pathlib import Path

import pytest
from django.test import Client

from home.reading_age import grade, lines_of_page

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
PAGE = "/how-we-protect-what-you-tell-us/"
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
#: Words that promise more than anybody can keep.
TOO_MUCH = r"\b(only|no one else|nobody else|complete(ly)?|total(ly)?|guarantee\w*|100%|impossible|always)\b"


@cache
def rows() -> list[tuple[str, str]]:
    """Sentence and what shows it, for each row but the head."""
    lines = (ROOT / "docs/protection-claims.md").read_text().splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [(sentence, shown) for sentence, shown in cells[2:]]


def lines(client: Client) -> list[str]:
    """What the page says, without the line of its review dates."""
    page = html.unescape(client.get(PAGE).content.decode())
    return lines_of_page(re.sub(r'<p class="meta">.*?</p>', "", page))


def sentences(client: Client) -> list[str]:
    """Every sentence of the page. A heading or a link of its own has no full stop, and claims nothing."""
    parts = [part for line in lines(client) for part in re.split(r"(?<=[.?!])\s+", line)]
    return [part for part in parts if part.endswith((".", "?", "!"))]


def test_every_sentence_says_what_shows_it(client: Client) -> None:
    assert len(sentences(client)) >= 40
    assert [sentence for sentence in sentences(client) if sentence not in dict(rows())] == []


def test_every_row_is_a_sentence_of_the_page_and_stands_once(client: Client) -> None:
    claims = [sentence for sentence, _ in rows()]
    assert sorted(claims) == sorted(set(sentences(client)))


def test_every_row_names_a_test_or_says_why_there_is_none() -> None:
    for sentence, shown in rows():
        assert TEST.search(shown) or re.match(r"(people|outside): .{15,}", shown), sentence


def test_every_test_that_is_named_exists() -> None:
    named = {found for _, shown in rows() for found in TEST.findall(shown)}
    assert len(named) >= 40
    assert {(file, name) for file, name in named if name not in collected_from(file)} == set()


@cache
def collected_from(file: str) -> set[str]:
    """The test functions of a file that pytest would collect; none if there is no such file."""
    path = ROOT / file
    tree = ast.parse(path.read_text()) if path.exists() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_a_test_that_is_not_there_is_noticed() -> None:
    assert "test_no_such_thing" not in collected_from("tests/home/test_walk.py")
    assert collected_from("tests/home/test_no_such_file.py") == set()


def test_nothing_on_the_page_promises_too_much(client: Client) -> None:
    said = " ".join(lines(client))
    assert re.findall(TOO_MUCH, said, re.I) == []
    assert re.findall(TOO_MUCH, "It is completely safe: only they, and no one else.", re.I)


def test_the_first_part_is_for_everybody(client: Client) -> None:
    plain = lines(client)
    end = plain.index("For people who know about this")
    assert grade(plain[:end]) <= 6
    assert grade(plain[end:]) <= 12
