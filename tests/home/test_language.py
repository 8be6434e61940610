"""Words that blame a child are found, what is quoted is left alone, and hard sentences are named."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from home.language.checker import MESSAGES, WritingChecks
from home.language.findings import AIMS, HARD_SENTENCE, TELLING_TITLE, look_at
from home.language.lint import entries, lint
from home.models import Audience, GuidancePage
from home.reading_age import grade, hardest
from home.telling import tells
from tests.home.editing import edit_address, text_of

pytestmark = pytest.mark.django_db
HARD = (
    "Multidisciplinary safeguarding interventions necessitate comprehensive information sharing between organisations "
    "immediately and appropriately."
)


def page_with(*lines: str) -> str:
    return f"<main>{''.join(f'<p>{line}</p>' for line in lines)}</main>"


# --- Words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("She was involved in CSE.", "involved"),
        ("A promiscuous girl.", "promiscuous"),
        ("They put themselves at risk.", "risk"),
        ("Putting themselves at risk", "risk"),
        ("She absconded on Monday.", "runs-away"),
        ("He won't engage with us.", "engage"),
        ("He won’t engage with us.", "engage"),
        ("She met her boyfriend.", "boyfriend"),
        ("A child prostitute.", "prostitute"),
        ("Do you have child pornography?", "pornography"),
        ("Come now!", "shout"),
    ],
)
def test_a_word_that_blames_is_found(line: str, key: str) -> None:
    assert [found.entry.key for found in lint([line], "parents")] == [key]


@pytest.mark.parametrize(
    "line",
    [
        "Do not write “promiscuous” or ‘streetwise’.",
        "Her “boyfriend” gave her a phone.",
        "Someone who says they are the child’s boyfriend or girlfriend.",
        "The client list of a firm, a risk to the child, and a relationship with a teacher.",
        "He was taken away by car, and asked for a drink.",
    ],
)
def test_what_is_quoted_or_harmless_is_left_alone(line: str) -> None:
    assert lint([line], "professionals") == []


def test_some_words_are_wrong_for_young_people_alone() -> None:
    assert [found.word for found in lint(["A victim made a disclosure."], "young")] == ["victim"]
    assert lint(["A victim made a disclosure."], "professionals") == []


def test_every_entry_says_what_to_write_where_it_comes_from_and_finds_itself() -> None:
    assert len(entries()) >= 20
    assert len({entry.key for entry in entries()}) == len(entries())
    for entry in entries():
        assert entry.write
        assert entry.source in ("guide", "guide, from memory", "phoenix"), entry.key
        assert set(entry.audiences) <= set(Audience.values), entry.key
        for word in entry.words:
            assert lint([f"So: {word} here."], (entry.audiences or ("",))[0]), (entry.key, word)


def test_the_advice_uses_none_of_the_words_it_warns_of() -> None:
    for entry in entries():
        assert lint([f"{entry.write}. {entry.why}"]) == [], entry.key


# --- Hard sentences ----------------------------------------------------------------------------------------------


def test_the_sentences_that_push_the_grade_up_come_first() -> None:
    lines = ["You can call. We will help you.", f"It is not your fault. {HARD}", "Come and see us at home today."]
    first, *rest = hardest(lines, 3)
    assert first + "." == HARD
    assert len(rest) == 2
    assert grade([line.replace(HARD, "") for line in lines]) < grade(lines)
    assert hardest(["One sentence."], 3) == ["One sentence"]
    assert hardest([], 3) == []


def test_a_hard_page_names_three_sentences_and_an_easy_page_none() -> None:
    hard = look_at(page_with(*(f"{HARD[:-1]} {word}." for word in ("one", "two", "three", "four"))), "young", "T", "t")
    assert hard.age > hard.aim == 10
    assert len(hard.hard_sentences) == 3
    easy = look_at(page_with("You can call us.", "We will help."), "young", "T", "t")
    assert easy.age <= easy.aim
    assert easy.looks == ()


def test_one_hard_sentence_on_an_easy_page_is_named_too() -> None:
    found = look_at(page_with(*["You can call us."] * 30, HARD), "parents", "T", "t")
    assert found.age <= found.aim
    assert [look.rule for look in found.looks] == [HARD_SENTENCE]


def test_words_of_others_are_left_alone() -> None:
    html = f"<main><p>You can call us.</p><blockquote><p>{HARD} A promiscuous child.</p></blockquote></main>"
    assert look_at(html, "young", "T", "t").looks == ()


# --- Titles -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Sexual health", "signs-of-grooming", "report-it", "About ABUSE", "exploitation"])
def test_telling_words_are_known_again(words: str) -> None:
    assert tells(words)


@pytest.mark.parametrize(
    "words", ["Sussex and Essex", "A therapeutic team", "what to do today", "grapes", "bridegroom"]
)
def test_other_words_are_not(words: str) -> None:
    assert not tells(words)


def test_a_telling_tab_is_a_warning_for_other_doors() -> None:
    html = page_with("You can call us.")
    found = look_at(html, "parents", "Signs of grooming", "signs of grooming")
    assert [(look.rule, look.text) for look in found.looks] == [(TELLING_TITLE, "Signs of grooming")]
    assert look_at(html, "parents", "Signs of grooming", "signs to look for").looks == ()


# --- What is shipped ----------------------------------------------------------------------------------------------


def test_nothing_that_is_shipped_is_warned_of(client: Client) -> None:
    pages = [page.specific for page in Page.objects.live().exclude(depth=1)]
    assert len(pages) > 50
    warned: dict[str, list[str]] = {}
    for page in pages:
        found = look_at(client.get(page.get_url()).content.decode(), page.audience_code, page.title, page.tab_words)
        assert found.age <= found.aim, page.slug
        # Pages about the law and about this site have to give long names; others can do without.
        may_be_hard = page.audience_code not in ("young", "parents")
        for look in found.looks:
            if look.rule != HARD_SENTENCE or not may_be_hard:
                warned.setdefault(page.slug, []).append(f"{look.rule}: {look.text}")
    assert warned == {}


# --- In the CMS -------------------------------------------------------------------------------------------------


def findings_in(editor: Any, page: GuidancePage, panel: bool = True, **changes: str) -> Any:
    """What the preview of a page carries for the checker, while an editor changes the page."""
    form = editor.form(edit_address(page), page, "lede")
    for name, value in changes.items():
        form[name] = value
    address = edit_address(page) + "preview/"
    assert editor.post(address, form).json()["is_valid"]
    shown = editor.get(f"{address}?mode={'&in_preview_panel=true' if panel else ''}")
    data = re.search(r'<script id="writing-findings"[^>]*>(.*?)</script>', shown.content.decode())
    return shown, data and json.loads(data[1])


def test_the_preview_beside_the_editor_carries_the_findings_under_a_strict_policy(editor: Any) -> None:
    page = GuidancePage.objects.get(slug="signs-to-look-for")
    shown, found = findings_in(editor, page, lede="A streetwise child.", seo_title="signs of grooming")
    assert found["aim"] == AIMS["parents"] + 5
    assert {(look["rule"], look["text"]) for look in found["looks"]} == {
        ("words-promiscuous", "A streetwise child."),
        (TELLING_TITLE, page.title),
    }
    policy = shown.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'self'"} <= set(policy)
    assert "js/cms/preview-checks.js" in text_of(shown)


def test_readers_and_a_preview_in_its_own_tab_carry_none(editor: Any, client: Client) -> None:
    page = GuidancePage.objects.get(slug="signs-to-look-for")
    _, found = findings_in(editor, page, panel=False)
    assert found is None
    public = client.get(page.get_url()).content.decode()
    assert "writing-findings" not in public
    assert "userbar" not in public


def test_a_draft_with_a_typed_number_can_be_previewed(editor: Any) -> None:
    page = GuidancePage.objects.get(slug="signs-to-look-for")
    shown, _ = findings_in(editor, page, lede="Call 0800 1111.")
    assert "Call 0800 1111." in text_of(shown)


def test_the_checker_knows_every_rule_and_its_words(editor: Any) -> None:
    page = GuidancePage.objects.get(slug="signs-to-look-for")
    shown = editor.get(edit_address(page)).content.decode()
    config = json.loads(re.search(r'<script id="checker-axe-configuration"[^>]*>(.*?)</script>', shown, re.S)[1])
    assert config == json.loads(json.dumps(WritingChecks(in_editor=True).get_axe_configuration(None), default=str))
    rules = {rule["id"] for rule in config["spec"]["rules"]}
    assert set(MESSAGES) <= rules & set(config["messages"]) & set(config["options"]["runOnly"])
    assert "data-reading-age" in shown
    assert "js/cms/writing-checks.js" in shown


def test_the_checker_states_the_aims_that_are_used() -> None:
    from pathlib import Path

    explained = Path("templates/wagtailadmin/shared/side_panels/checks.html").read_text()
    guide = Path("templates/cms/guide.html").read_text()
    young, parents, everyone, professionals, councillors = (
        AIMS[audience] + 5 for audience in ("young", "parents", "", "professionals", "councillors")
    )
    assert f"young people {young}, parents and carers {parents}, pages for everyone {everyone}" in explained
    assert f"professionals and councillors {professionals}" in explained
    assert professionals == councillors
    assert f"{young} for young people, {parents} for parents and carers" in guide
