"""Editors teach the search in the CMS, by its real forms: what one wrote works when another has published it."""

import html
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models.signals import post_save
from django.test import Client
from wagtail.models import Page

from home.loading.ledger import Outcome
from home.loading.search import same
from home.models import DistressWords, GuidancePage, IndexEdition, PromotedPage, SearchWords
from home.models.search_words import Taught
from tests.home.publishing.conftest import address_of
from tests.home.search.test_queries import panel, results

pytestmark = pytest.mark.django_db
SNIPPETS = "/cms/snippets/home"
KINDS = [SearchWords, PromotedPage, DistressWords]


def ask(client: Client, words: str) -> str:
    return html.unescape(client.post("/search/", {"words": words}).content.decode())


def edit(record: Any) -> str:
    return f"{SNIPPETS}/{record._meta.model_name}/edit/{record.pk}/"


def press(person: Any, record: Any, screen: str) -> None:
    """Confirm what a screen of the CMS asks about this record."""
    address = address_of(record, screen)
    assert person.post(address, person.fields_of(address, "csrfmiddlewaretoken")).status_code == 302


def numbers(page: str) -> list[str]:
    """What the help above the results dials."""
    return re.findall(r'class="tel" href="([^"]+)"', panel(page))


@pytest.fixture
def police() -> SearchWords:
    """Words that mean the same, of which the shipped content has no other."""
    return SearchWords.objects.get(words__startswith="police\n")


# --- Drafts and what is published ---------------------------------------------------------------------------------


@pytest.mark.parametrize("model", KINDS)
def test_an_editor_finds_the_list_and_every_record(editor: Any, model: Any) -> None:
    address = f"{SNIPPETS}/{model._meta.model_name}/"
    assert f'"{address}"' in html.unescape(editor.get("/cms/").content.decode())
    listed = editor.get(address).content.decode()
    assert "Status" in listed
    assert re.search(r'w-status--primary">\s*live\s*<', listed)
    for record in model.objects.all()[:3]:
        assert editor.get(edit(record)).status_code == 200


def test_a_writers_word_works_when_an_editor_published_it(
    sign_in: Any, editor: Any, client: Client, police: SearchWords
) -> None:
    writer = sign_in("writer")
    form = writer.form(edit(police), police, "words")
    assert writer.save(edit(police), form, words=f"{police.words}\nbizzies").status_code == 302
    assert results(ask(client, "bizzies")) == []
    assert editor.publish(edit(police)).status_code == 302
    assert results(ask(client, "bizzies"))


def test_what_is_taken_back_works_no_more(editor: Any, client: Client, police: SearchWords) -> None:
    assert results(ask(client, "popo"))
    press(editor, police, "unpublish")
    assert results(ask(client, "popo")) == []
    editor.colleague.publish(edit(police))
    assert results(ask(client, "popo"))
    press(editor, police, "delete")
    assert results(ask(client, "popo")) == []


def test_a_new_page_to_show_first_waits_for_a_colleague(editor: Any, client: Client) -> None:
    page = GuidancePage.objects.get(slug="near-the-border")
    form = editor.fields_of(f"{SNIPPETS}/promotedpage/add/", "words")
    form["words"], form["page"] = "quagga", str(page.pk)
    response = editor.save(f"{SNIPPETS}/promotedpage/add/", form, publish=False)
    assert response.status_code == 302
    assert results(ask(client, "quagga")) == []
    editor.colleague.publish(response.headers["Location"])
    assert results(ask(client, "quagga")) == ["parents-and-carers/near-the-border"]


def test_a_phrase_of_distress_leads_to_help_when_a_colleague_published_it(editor: Any, client: Client) -> None:
    record = DistressWords.objects.get(name="Thoughts of dying")
    form = editor.form(edit(record), record, "phrases")
    changed = f"{record.phrases}\nwant to disappear"
    assert editor.save(edit(record), form, publish=False, phrases=changed).status_code == 302
    assert not panel(ask(client, "i want to disappear"))
    assert editor.colleague.publish(edit(record)).status_code == 302
    assert "tel:116123" in numbers(ask(client, "i want to disappear"))


def test_who_unpublishes_all_that_leads_to_danger_help_leaves_the_last_resort(editor: Any, client: Client) -> None:
    urgent = DistressWords.objects.filter(level=DistressWords.Level.DANGER)
    draft = DistressWords.objects.create(
        name="Draft", level="danger", phrases="quagga", heading="Heading", text="Text", live=False
    )
    for record in urgent.exclude(pk=draft.pk):
        assert "Call for help now." not in panel(ask(client, "help me"))
        press(editor, record, "unpublish")
    assert "Call for help now." in panel(ask(client, "help me"))
    assert numbers(ask(client, "help me")) == ["tel:999"]
    assert not panel(ask(client, "quagga"))


def test_a_draft_makes_no_new_edition_and_the_rest_does(editor: Any, police: SearchWords) -> None:
    def edition() -> str:
        return IndexEdition.objects.get().token

    editions = [edition()]
    editor.save(edit(police), editor.form(edit(police), police, "words"), publish=False, words="police\nbizzies")
    assert edition() == editions[0]
    editor.colleague.publish(edit(police))
    editions.append(edition())
    press(editor, police, "unpublish")
    editions.append(edition())
    press(editor, police, "delete")
    editions.append(edition())
    assert len(set(editions)) == 4


@pytest.mark.parametrize("act", [Taught.unpublish, lambda record: record.get_latest_revision().publish()])
def test_a_change_and_its_edition_are_kept_together_or_not_at_all(police: SearchWords, act: Any) -> None:
    """As when the database goes away before all of it is written."""

    def gone(**kwargs: Any) -> None:
        raise ConnectionError

    police.words = "police\nbizzies"
    police.save_revision()
    IndexEdition.objects.all().delete()
    post_save.connect(gone, sender=IndexEdition)
    try:
        with pytest.raises(ConnectionError):
            act(SearchWords.objects.get(pk=police.pk))
    finally:
        post_save.disconnect(gone, sender=IndexEdition)
    left = SearchWords.objects.get(pk=police.pk)
    assert left.live
    assert "bizzies" not in left.words


# --- What cannot work -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["", "one"])
def test_a_draft_may_be_unfinished_and_is_not_published(editor: Any, police: SearchWords, words: str) -> None:
    form = editor.form(edit(police), police, "words")
    assert editor.save(edit(police), form, publish=False, words=words).status_code == 302
    assert editor.colleague.publish(edit(police)).status_code == 200
    assert SearchWords.objects.get(pk=police.pk).words == police.words
    assert editor.colleague.get("/cms/").status_code == 200
    with pytest.raises(ValidationError):
        SearchWords.objects.get(pk=police.pk).get_latest_revision().publish()


def test_a_sentence_is_no_phrase(editor: Any, police: SearchWords) -> None:
    form = editor.form(edit(police), police, "words")
    response = editor.save(edit(police), form, publish=False, words="police\n" + "long " * 20)
    assert response.status_code == 200
    assert "Write a word or a short phrase on each line." in response.content.decode()


def test_an_unknown_contact_in_a_kind_sentence_is_refused(editor: Any) -> None:
    record = DistressWords.objects.get(name="Thoughts of dying")
    form = editor.form(edit(record), record, "phrases")
    response = editor.save(edit(record), form, publish=False, text="Call [[nobody]].")
    assert response.status_code == 200
    assert "There is no contact with the key" in response.content.decode()


@pytest.mark.parametrize("name", ["heading", "text"])
def test_a_number_in_kind_words_stays_a_draft(editor: Any, name: str) -> None:
    record = DistressWords.objects.get(name="Thoughts of dying")
    form = editor.form(edit(record), record, "phrases")
    typed = {name: "Call 01632 960001."}
    assert editor.save(edit(record), form, publish=False, **typed).status_code == 302
    response = editor.colleague.publish(edit(record))
    assert response.status_code == 200
    assert "looks like a phone number" in response.content.decode()
    assert "01632" not in getattr(DistressWords.objects.get(pk=record.pk), name)


def test_a_number_that_people_look_for_may_be_a_phrase(police: SearchWords) -> None:
    police.words = "police\ncall 101\n01632 960001"
    police.save_revision().publish()
    assert "960001" in SearchWords.objects.get(pk=police.pk).words


def test_a_draft_whose_page_was_deleted_can_still_be_opened(editor: Any) -> None:
    record = PromotedPage.objects.get(page__slug="leaving-home")
    other = GuidancePage.objects.get(slug="near-the-border")
    form = editor.form(edit(record), record, "words")
    assert editor.save(edit(record), form, publish=False, page=str(other.pk), words="quagga").status_code == 302
    Page.objects.get(pk=other.pk).delete()
    shown = editor.colleague.get(edit(record))
    assert "quagga" in shown.content.decode()
    # What the colleague sends names a page again, so it is the colleague's change.
    editor.colleague.publish(edit(record))
    editor.publish(edit(record))
    record.refresh_from_db()
    assert (record.page.slug, record.words) == ("leaving-home", "quagga")


# --- Loading again ----------------------------------------------------------------------------------------------


def test_loading_again_leaves_an_editors_words_alone(editor: Any) -> None:
    count = SearchWords.objects.count()
    changed, drafted, deleted = SearchWords.objects.all()[:3]
    for record, words in ((changed, "quagga\nzebra"), (drafted, "okapi\ngiraffe")):
        editor.save(edit(record), editor.form(edit(record), record, "words"), publish=record is changed, words=words)
    deleted.delete()
    call_command("load_content", verbosity=0)
    assert SearchWords.objects.get(pk=changed.pk).words == "quagga\nzebra"
    assert SearchWords.objects.get(pk=drafted.pk).words == drafted.words
    assert SearchWords.objects.get(pk=drafted.pk).get_latest_revision_as_object().words == "okapi\ngiraffe"
    assert SearchWords.objects.count() == count - 1


def test_what_is_shipped_is_published(client: Client, police: SearchWords) -> None:
    assert same(["police", "rozzers"]) is Outcome.RENEWED
    police.refresh_from_db()
    assert police.live
    assert not police.has_unpublished_changes
    assert police.live_revision == police.latest_revision
    assert results(ask(client, "rozzers"))


def test_an_editors_draft_keeps_shipped_words_from_being_renewed(editor: Any, police: SearchWords) -> None:
    form = editor.form(edit(police), police, "words")
    editor.save(edit(police), form, publish=False, words=f"{police.words}\nbizzies")
    assert same(["police", "rozzers"]) is Outcome.KEPT
    press(editor, police, "unpublish")
    assert same(["police", "rozzers"]) is Outcome.KEPT
    assert not SearchWords.objects.get(pk=police.pk).live
