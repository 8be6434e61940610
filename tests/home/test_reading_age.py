"""Young people's pages: words that a child of ten can read, and honest answers to what they ask first."""

import html
import re

import pytest
from django.test import Client

from home.models import DoorPage, GuidancePage
from home.models.base import TELLING_WORDS
from home.reading_age import grade, lines_of_page, sentences, syllables

pytestmark = pytest.mark.django_db
HARDEST = 5.0
#: A sentence from the council's paper. Nobody should have to read this twice to get help.
HARD = (
    "Grooming refers to actions deliberately aimed at establishing an emotional connection and trust with a child "
    "or young person in order to increase the likelihood of them engaging in sexual behaviour or exploitation."
)
PROMISE = (
    "We lock what you write. The MASH team opens it. A spare key is kept in a safe in case theirs is lost. We share "
    "what we must to keep a child safe, often with police, school and a parent, and we try to tell you first."
)
ASKED_FIRST = [
    "Will he know it was me?",
    "Will school be told?",
    "Am I in trouble?",
    "What if I still like him?",
    "What if I’m not out?",
    "Will you tell my parents?",
    "Will the police come?",
]


def young_pages() -> list[DoorPage | GuidancePage]:
    """The door for young people and all that stands behind it."""
    door = DoorPage.objects.get(audience="young")
    return [door, *GuidancePage.objects.live().descendant_of(door)]


def page_of(client: Client, page: DoorPage | GuidancePage) -> str:
    return html.unescape(client.get(page.get_url()).content.decode())


# --- The measure ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("you", 1),
        ("don’t", 1),
        ("they’re", 1),
        ("made", 1),
        ("loves", 1),
        ("helped", 1),
        ("wanted", 2),
        ("table", 2),
        ("people", 2),
        ("picture", 2),
        ("messages", 3),
        ("secret", 2),
        ("exploit", 2),
    ],
)
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_heading_or_a_list_item_ends_its_sentence() -> None:
    page = "<p>Not this.</p><main><h1>Two words</h1><ul><li>One <b>bold</b> item</li><li>Go. Stop?</li></ul></main>"
    assert sentences(lines_of_page(page)) == [["Two", "words"], ["One", "bold", "item"], ["Go"], ["Stop"]]


def test_the_grade_is_the_published_formula() -> None:
    # 6 words in 2 sentences, 7 syllables.
    assert grade(["You can tell us. It’s private."]) == pytest.approx(0.39 * 3 + 11.8 * 7 / 6 - 15.59)
    assert grade([]) == 0


def test_a_hard_sentence_is_found_hard_and_its_plain_form_is_not() -> None:
    assert grade([HARD]) > 2 * HARDEST
    assert grade(["Some people are kind to you so that you trust them. Then they ask for sex."]) < HARDEST


# --- The pages --------------------------------------------------------------------------------------------------


def test_every_young_persons_page_can_be_read_by_a_child_of_ten(client: Client) -> None:
    grades = {page.slug: grade(lines_of_page(page_of(client, page))) for page in young_pages()}
    assert len(grades) >= 15
    assert {slug: hard for slug, hard in grades.items() if hard > HARDEST} == {}


def test_no_single_line_for_young_people_is_hard(client: Client) -> None:
    """An easy page must not hide one hard paragraph. The promise sentence is the same for everybody."""
    for page in young_pages():
        for line in lines_of_page(page_of(client, page)):
            if len(sentences([line])) and len(line.split()) >= 25 and line != PROMISE:
                assert grade([line]) <= 7, (page.slug, line)


def test_titles_give_nothing_away_and_differ() -> None:
    pages = young_pages()
    for name in ("title", "slug", "tab_words"):
        values = [getattr(page, name).lower() for page in pages]
        assert len(set(values)) == len(values), name
        assert not [value for value in values if any(word in value for word in TELLING_WORDS)], name


def test_every_young_persons_page_leads_to_help_and_the_door_leads_to_it(client: Client) -> None:
    door, *behind = young_pages()
    of_door = page_of(client, door)
    for page in behind:
        assert f'href="{page.get_url()}"' in of_door, page.slug
        text = page_of(client, page)
        main = text[text.index("<main") : text.index("</main>")]
        assert 'href="/tell-us/' in main, page.slug
        assert 'class="tel"' in main, page.slug


@pytest.mark.parametrize("question", ASKED_FIRST)
def test_what_young_people_ask_first_is_answered_by_name(client: Client, question: str) -> None:
    answers = [
        answer
        for page in young_pages()
        for answer in re.findall(
            rf"<summary[^>]*>{re.escape(question)}</summary>(.*?)</details>", page_of(client, page), re.S
        )
    ]
    assert answers
    assert all(len(re.sub("<.*?>", "", answer).split()) >= 15 for answer in answers)


def test_pages_for_young_people_promise_no_more_than_we_can_keep(client: Client) -> None:
    for page in young_pages():
        said = " ".join(lines_of_page(page_of(client, page)))
        assert not re.search(r"\b(guarantee|100%|completely|totally)", said, re.I), page.slug
        assert "!" not in said, page.slug
        assert not re.search(r"\b(victim|disclos|perpetrator|alleg)", said, re.I), page.slug
        for sentence in re.findall(r"[^.]*spare key[^.]*\.", said):
            assert PROMISE in said, (page.slug, sentence)


def test_a_page_for_young_people_is_small_enough_for_an_old_phone(client: Client) -> None:
    import gzip

    sizes = {page.slug: len(gzip.compress(client.get(page.get_url()).content)) for page in young_pages()}
    assert {slug: size for slug, size in sizes.items() if size > 12 * 1024} == {}
