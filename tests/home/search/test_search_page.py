"""The search page: words that are posted and kept nowhere, kind answers to whatever is typed, few queries."""

import html
import io
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import DistressWords, DoorPage, GuidancePage, PromotedPage, SearchWords
from home.reading_age import grade, lines_of_page
from home.search.lexicon import Lexicon
from resources.models import Contact
from tests.home.search.test_queries import panel, results

pytestmark = pytest.mark.django_db
SECRET = "xylophonequartz"
ODD = [
    "",
    " ",
    "\0",
    "childline\0",
    "x" * 100_000,
    "grooming " * 10_000,
    "🙂🙃",
    "👩‍👩‍👧",
    "אני צריך עזרה",
    "‮abc",
    "ﬁnd ＨＥＬＰ",
    "naïve café",
    '"grooming',
    "'; DROP TABLE home_indexedpage; --",
    "100%",
    "_",
    "%",
    "a AND b OR NOT c NEAR(d)",
    "title:x*",
    "grooming & !parents | (x:*)",
    "<script>alert(1)</script>",
    "[[childline]]",
    "{{ 7|add:7 }}",
    "../../etc/passwd",
    "the of and",
    "a'b''c",
    "’s",
    "-",
    "0800 1111",
    "\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
]


def ask(client: Client, words: str, **options: Any) -> str:
    """The page that a search is answered with."""
    response = client.post("/search/", {"words": words}, **options)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


# --- Words go nowhere ---------------------------------------------------------------------------------------------


def test_results_are_stored_nowhere_and_their_address_and_title_tell_nothing(client: Client) -> None:
    response = client.post("/search/", {"words": SECRET})
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert not response.cookies
    page = response.content.decode()
    assert "<title>Phoenix – search</title>" in page
    assert re.findall(r'<form[^>]*method="(\w+)" action="([^"]+)"', page) == [("post", "/search/")]
    assert page.count(SECRET) == 1  # in the box, to be changed


def test_words_in_the_address_are_neither_read_nor_repeated(client: Client) -> None:
    plain = client.get("/search/")
    assert client.get(f"/search/?q={SECRET}&words=grooming").content == plain.content
    assert results(client.post(f"/search/?words={SECRET}", {"words": ""}).content.decode()) == []
    assert "no-cache" in plain.headers["Cache-Control"]


@pytest.mark.parametrize("words", [SECRET, f"grooming {SECRET}", f"kill myself {SECRET}", SECRET * 100])
def test_nothing_of_a_search_is_kept(client: Client, words: str) -> None:
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        before = contents()
        ask(client, words)
        assert contents() == before
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert SECRET not in heard.getvalue()
    files = [file for file in Path(settings.DATA_DIR).rglob("*") if file.is_file()]
    assert not [file for file in files if SECRET.encode() in file.read_bytes()]
    assert SECRET not in repr(Lexicon.current())


def test_not_even_python_remembers_the_words(client: Client) -> None:
    """`re` keeps the patterns it compiled, and would keep known words as well as unknown ones."""
    re.purge()  # what other tests left
    ask(client, "grooming")
    kept = [key for key in re._cache if "groom" in repr(key)]  # type: ignore[attr-defined]
    assert kept == []


def contents() -> dict[str, list[Any]]:
    """Every row of every table."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.managed
    }


def test_a_search_writes_nothing(client: Client, django_assert_max_num_queries: Any) -> None:
    ask(client, "grooming")
    with django_assert_max_num_queries(20) as queries:
        ask(client, "grooming signs")
    assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}


def test_a_search_from_a_bookmark_of_another_site_is_answered_like_any_other(client: Client) -> None:
    """Old browsers send neither header; a search changes nothing, so nobody is turned away."""
    ask(client, "grooming", headers={"Origin": "null"})
    ask(client, "grooming", headers={"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"})


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_get_a_kind_page(client: Client, method: str) -> None:
    response = getattr(client, method)("/search/")
    assert response.status_code == 405
    assert "<h1>" in response.content.decode()


# --- Whatever is typed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
def test_whatever_is_typed_gets_a_page_with_numbers_to_call(client: Client, words: str) -> None:
    response = client.post("/search/", {"words": words})
    assert response.status_code == 200
    page = response.content.decode()
    assert "\0" not in page
    assert "<script>alert" not in page
    assert results(page) or 'class="tel"' in page


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_that_is_no_form_is_no_error_of_ours(client: Client, kind: str) -> None:
    response = client.post("/search/", b"\xff\xfe%ZZ&&==;words", content_type=kind)
    assert response.status_code in (200, 400)
    assert "<h1>" in response.content.decode()


def test_a_whole_story_is_not_searched_but_a_cry_for_help_in_it_is_heard(client: Client) -> None:
    page = ask(client, "It started in the summer and it was fine. " * 10 + "Now I want to die.")
    assert "That is a lot of words" in page
    assert "Feel you can’t go on?" in page
    assert results(page) == []


def test_when_nothing_is_found_there_are_things_to_try_doors_and_numbers(client: Client) -> None:
    page = ask(client, SECRET)
    assert "We did not find that" in page
    assert page.count('class="tel"') >= 3
    for door in DoorPage.objects.live():
        assert f'<a class="tap" href="{door.get_url()}">' in page
    assert 'href="/tell-us/"' in page


def test_at_most_ten_results_are_shown_and_the_rest_is_counted(client: Client) -> None:
    page = ask(client, "child police help")
    assert len(results(page)) == 10
    assert re.search(r"There are \d+ more\.", page)


def test_the_words_that_were_found_stand_out_and_numbers_come_from_records(client: Client) -> None:
    contact = Contact.objects.get(key="samaritans")
    contact.ways = [("call", "01632 960111")]
    contact.save()
    page = ask(client, "samaritans listen day night")
    assert "<mark>listen</mark>" in page
    assert '<a class="num-link" dir="ltr" href="tel:01632960111">01632 960111</a>' in page
    assert "[[" not in page


def test_a_word_that_exists_is_not_put_right(client: Client) -> None:
    door = DoorPage.objects.get(audience="parents")
    page = GuidancePage(title="Groming", slug="groming", live=False)
    door.add_child(instance=page)
    assert "We also looked for ‘grooming’" in ask(client, "groming")
    page.save_revision().publish()
    answer = ask(client, "groming")
    assert "We also looked" not in answer
    assert results(answer) == ["parents-and-carers/groming"]


# --- What editors teach it ----------------------------------------------------------------------------------------


def test_words_that_editors_call_the_same_find_the_same(client: Client) -> None:
    assert results(ask(client, SECRET)) == []
    SearchWords.objects.create(words=f"{SECRET}\nforeign tongue\ninterpreter")
    assert "parents-and-carers/other-languages" in results(ask(client, f"{SECRET}s"))[:3]
    assert "parents-and-carers/other-languages" in results(ask(client, "foreign tongues"))[:3]


def test_a_page_that_editors_promote_stands_first_and_is_marked(client: Client) -> None:
    page = GuidancePage.objects.get(slug="near-the-border")
    promoted = PromotedPage.objects.create(page=page, words="grooming gangs")
    answer = ask(client, "tell me of grooming gangs")
    assert results(answer)[0] == "parents-and-carers/near-the-border"
    assert answer.count('<span class="tag">Start here</span>') == 1
    assert results(ask(client, "grooming"))[0] != "parents-and-carers/near-the-border"
    page.unpublish()
    assert "near-the-border" not in ask(client, "grooming gangs")
    promoted.delete()
    assert "Start here" not in ask(client, "grooming gangs")


def test_words_of_distress_put_help_above_all_results_the_most_urgent_first(client: Client) -> None:
    page = ask(client, "he is outside, I want to die, I was raped")
    headings = re.findall(r'<h2 id="help-\d">(.*?)</h2>', page)
    assert headings == ["In danger now? Call for help", "Feel you can’t go on? Talk to someone now"]
    assert re.findall(r'class="tel" href="([^"]+)"', panel(page))[0] == "tel:999"
    assert page.index("help-1") < page.index('<ol class="results')


@pytest.mark.parametrize(
    "words", ["kill my self", "KILL MYSELF!!!", "i wanna die", "killl myself", "i’m suicidal", "want to just die"]
)
def test_distress_is_heard_however_it_is_typed(client: Client, words: str) -> None:
    assert "tel:116123" in panel(ask(client, words))


def test_help_is_whoever_is_live_now(client: Client) -> None:
    Contact.objects.get(key="samaritans").delete()
    page = panel(ask(client, "kill myself"))
    assert "tel:116123" not in page
    assert "tel:08001111" in page


def test_the_emergency_number_stands_above_even_when_editors_deleted_the_phrases(client: Client) -> None:
    DistressWords.objects.all().delete()
    assert re.findall(r'class="tel" href="([^"]+)"', panel(ask(client, "help me"))) == ["tel:999"]
    DistressWords.objects.create(name="One", phrases="quagga", heading="Heading", text="Text", level="danger")
    assert re.findall(r'class="tel" href="([^"]+)"', panel(ask(client, "quagga"))) == ["tel:999"]
    assert not panel(ask(client, "help me"))


# --- Plain words --------------------------------------------------------------------------------------------------


def test_our_own_words_around_the_results_can_be_read_by_a_child_of_ten(client: Client) -> None:
    for words in ("", SECRET, "word " * 60):
        lines = lines_of_page(client.post("/search/", {"words": words}).content.decode())
        assert grade(lines) <= 5, words
    for record in DistressWords.objects.all():
        assert grade([record.heading, record.text]) <= 5, record.name


# --- Cost ---------------------------------------------------------------------------------------------------------


def count_queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_a_search_costs_three_queries_more_than_the_empty_page_whatever_it_finds(client: Client) -> None:
    def counts() -> dict[str, int]:
        ask(client, "warm")
        words = (SECRET, "childline", "groming", "help me", "child")
        return {word: count_queries(lambda word=word: ask(client, word)) for word in words}

    before = counts()
    assert max(before.values()) <= count_queries(lambda: client.get("/search/")) + 3, before
    door = DoorPage.objects.get(audience="parents")
    for number in range(30):
        page = GuidancePage(title=f"Child {number}", slug=f"child-{number}", live=False)
        door.add_child(instance=page)
        page.save_revision().publish()
    assert counts() == before
