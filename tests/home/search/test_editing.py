"""Editors teach the search in the CMS, by its real forms; loading the shipped words again leaves their work alone."""

import html
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from home.models import DistressWords, PromotedPage, SearchWords
from tests.home.search.test_queries import panel, results

pytestmark = pytest.mark.django_db
SNIPPETS = "/cms/snippets/home"


def ask(client: Client, words: str) -> str:
    return html.unescape(client.post("/search/", {"words": words}).content.decode())


def edit(record: Any) -> str:
    return f"{SNIPPETS}/{record._meta.model_name}/edit/{record.pk}/"


@pytest.mark.parametrize("model", [SearchWords, PromotedPage, DistressWords])
def test_an_editor_finds_the_list_and_every_record(editor: Any, model: Any) -> None:
    address = f"{SNIPPETS}/{model._meta.model_name}/"
    assert f'"{address}"' in html.unescape(editor.get("/cms/").content.decode())
    assert editor.get(address).status_code == 200
    for record in model.objects.all()[:3]:
        assert editor.get(edit(record)).status_code == 200


def test_a_word_that_an_editor_adds_works_at_once(editor: Any, client: Client) -> None:
    record = SearchWords.objects.get(words__startswith="police\n")
    form = editor.form(edit(record), record, "words")
    assert results(ask(client, "bizzies")) == []
    response = editor.save(edit(record), form, publish=False, words=f"{record.words}\nbizzies")
    assert response.status_code == 302
    assert results(ask(client, "bizzies"))


@pytest.mark.parametrize("words", ["", "one", "a\n" + "long " * 20])
def test_words_that_can_not_work_are_refused(editor: Any, words: str) -> None:
    record = SearchWords.objects.get(words__startswith="police\n")
    form = editor.form(edit(record), record, "words")
    assert editor.save(edit(record), form, publish=False, words=words).status_code == 200
    record.refresh_from_db()
    assert record.words.startswith("police\n")


def test_a_phrase_of_distress_that_an_editor_adds_leads_to_help(editor: Any, client: Client) -> None:
    record = DistressWords.objects.get(name="Thoughts of dying")
    form = editor.form(edit(record), record, "phrases")
    changed = f"{record.phrases}\nwant to disappear"
    assert editor.save(edit(record), form, publish=False, phrases=changed).status_code == 302
    assert "tel:116123" in panel(ask(client, "i want to disappear"))


def test_an_unknown_contact_in_a_kind_sentence_is_refused(editor: Any) -> None:
    record = DistressWords.objects.get(name="Thoughts of dying")
    form = editor.form(edit(record), record, "phrases")
    response = editor.save(edit(record), form, publish=False, text="Call [[nobody]].")
    assert response.status_code == 200
    assert "There is no contact with the key" in response.content.decode()


def test_loading_again_leaves_an_editors_words_alone(editor: Any) -> None:
    count = SearchWords.objects.count()
    changed, deleted = SearchWords.objects.all()[:2]
    form = editor.form(edit(changed), changed, "words")
    editor.save(edit(changed), form, publish=False, words="quagga\nzebra")
    deleted.delete()
    call_command("load_content", verbosity=0)
    assert SearchWords.objects.filter(words="quagga\nzebra").exists()
    assert SearchWords.objects.count() == count - 1
