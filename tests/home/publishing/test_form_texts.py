"""The texts of the concern form: editors write them, somebody of the safeguarding team publishes them, nobody else."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import ReferenceIndex, WorkflowState

from home.language.promises import refuse_promises
from home.loading.form_texts import load_form_texts
from home.models import FormText
from home.publishing.guard import Refused
from home.publishing.roles import REVIEWERS
from resources.form_texts import ShippedText, declared
from resources.models import Contact
from resources.snapshot import texts_from_snapshot
from tests.home.conftest import Editor
from tests.home.editing import edit_address, errors_on, text_of

pytestmark = pytest.mark.django_db
WORDS = "Use words of your own. You can tell us a little, and more later."


@pytest.fixture
def text() -> FormText:
    """The hint above the story."""
    return FormText.objects.get(key="hint_story")


@pytest.fixture
def reviewer(sign_in: Any) -> Editor:
    person: Editor = sign_in("reviewer")
    return person


def write(person: Editor, text: FormText, words: str = WORDS, **also: str) -> Any:
    """Change the words and press "Save draft", or another button that `also` names."""
    form = person.fields_of(edit_address(text), "words")
    return person.save(edit_address(text), form, publish=False, words=words, **also)


def press_publish(person: Editor, text: FormText) -> Any:
    """Send what the publish button would send, whether it stands there or not."""
    form = person.fields_of(edit_address(text), "words")
    form["action-publish"] = "action-publish"
    return person.post(edit_address(text), form)


def shown(text: FormText) -> str:
    return str(FormText.objects.get(pk=text.pk).words)


# --- Who ---------------------------------------------------------------------------------------------------------


def test_an_editor_writes_and_somebody_of_the_team_publishes(editor: Editor, reviewer: Editor, text: FormText) -> None:
    assert write(editor, text).status_code == 302
    assert shown(text) == text.words
    assert "action-publish" not in text_of(editor.get(edit_address(text)))
    page = text_of(reviewer.get(edit_address(text)))
    assert "action-publish" in page
    assert press_publish(reviewer, text).status_code == 302
    assert shown(text) == WORDS


@pytest.mark.parametrize("who", ["colleague", "publisher", "administrator", "writer"])
def test_a_second_person_who_is_not_of_the_team_does_not_suffice(
    editor: Editor, sign_in: Any, text: FormText, who: str
) -> None:
    write(editor, text)
    person = sign_in(who)
    page = text_of(person.get(edit_address(text)))
    assert "Somebody of the safeguarding team reads these words" in page
    assert "action-publish" not in page
    press_publish(person, text)
    assert shown(text) == text.words


def test_who_of_the_team_wrote_it_does_not_publish_it(reviewer: Editor, text: FormText) -> None:
    write(reviewer, text)
    press_publish(reviewer, text)
    assert shown(text) == text.words
    assert text_of(reviewer.get(edit_address(text))).count("You wrote the last change")


def test_the_team_is_asked_by_a_workflow_of_its_own(editor: Editor, reviewer: Editor, text: FormText) -> None:
    write(editor, text, **{"action-submit": "action-submit"})
    [state] = WorkflowState.objects.all()
    assert state.workflow.name == "Safeguarding review"
    key = state.current_task_state.pk
    approve = reverse("wagtailsnippets_home_formtext:workflow_action", args=[text.pk, "approve", key])
    for person, words in ((editor.colleague, text.words), (reviewer, WORDS)):
        assert person is not None
        form = person.fields_of(edit_address(text), "words")
        person.post(approve, form)
        assert shown(text) == words


def approve_for_later(text: FormText) -> None:
    revision = text.get_latest_revision()
    revision.approved_go_live_at = timezone.now()
    revision.save()


def publish(text: FormText) -> None:
    text.get_latest_revision().publish(skip_permission_checks=True)


def put_live_by_hand(text: FormText) -> None:
    draft = text.get_latest_revision_as_object()
    draft.live_revision = draft.latest_revision
    draft.save()


@pytest.mark.parametrize("path", [publish, put_live_by_hand, approve_for_later])
@pytest.mark.parametrize("who", ["editor", "colleague", "publisher", "administrator"])
def test_no_view_can_do_it_for_others(editor: Editor, sign_in: Any, text: FormText, who: str, path: Any) -> None:
    """As a screen of Wagtail that asks for no right would."""
    write(editor, text)
    sign_in(who)
    with LogContext(user=User.objects.get(username=who)), pytest.raises(Refused):
        path(FormText.objects.get(pk=text.pk))
    assert shown(text) == text.words


def test_publishing_alone_is_for_emergency_publishers_of_the_team(sign_in: Any, text: FormText) -> None:
    publisher = sign_in("publisher")
    write(publisher, text)
    alone = f"/cms/publish-alone/home/formtext/{text.pk}/"
    assert alone not in text_of(publisher.get(edit_address(text)))
    assert publisher.get(alone).headers["Location"] == "/cms/"
    User.objects.get(username="publisher").groups.add(Group.objects.get(name=REVIEWERS))
    form = publisher.fields_of(alone, "reason")
    form["reason"] = "A new law begins tonight."
    publisher.post(alone, form)
    assert shown(text) == WORDS


# --- What cannot be done -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["editor", "reviewer", "administrator"])
def test_nobody_adds_or_deletes_one(sign_in: Any, text: FormText, who: str) -> None:
    person = sign_in(who)
    assert person.get("/cms/snippets/home/formtext/").status_code == 200
    for address in ("add/", f"delete/{text.pk}/", f"copy/{text.pk}/"):
        assert person.get(f"/cms/snippets/home/formtext/{address}").status_code in (302, 404), address
    assert FormText.objects.filter(pk=text.pk).exists()


def test_only_the_team_takes_words_back(editor: Editor, reviewer: Editor, text: FormText) -> None:
    """Then the words that are shipped stand, which is another text for readers."""
    address = f"/cms/snippets/home/formtext/unpublish/{text.pk}/"
    assert editor.get(address).status_code == 302
    assert reviewer.get(address).status_code == 200


def test_nothing_but_the_words_is_asked(editor: Editor, text: FormText) -> None:
    page = text_of(editor.get(edit_address(text)))
    assert text.words in page
    assert "These words came with the site" in page
    assert not re.search(r'name="(?:key|name|sort_order|live)"', page)


# --- What the words may say ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "We read it within 24 hours.",
        "We read it within a day.",
        "Somebody reads it by Tuesday.",
        "We open at 9am.",
        "We are here from 8.45 am.",
        "We read from 9:00.",
        "A person reads it the next working day.",
        "It takes two days.",
        "We are here 24/7.",
        "Someone reads it tomorrow.",
        "We will reply.",
        "The team will soon get back to you.",
        "You will get an answer.",
        "We promise to help.",
        "Only the team sees it, and nobody else.",
        "It is completely safe.",
        "We guarantee it.",
    ],
)
def test_times_and_promises_are_refused_with_the_words_that_do_it(words: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        refuse_promises(words)
    assert re.search(r"“[^”]+” (?:is a time|promises)", refusal.value.messages[0])


@pytest.mark.parametrize(
    "words",
    [
        *(text.words for text in declared()),
        "It can take two minutes or twenty.",
        "Tell us what happened today.",
        "We cannot promise an answer.",
        "We may not be able to reply.",
        "It is OK if you only know a little.",
        "A child is anyone under 18.",
    ],
)
def test_what_is_true_is_not_refused(words: str) -> None:
    refuse_promises(words)


@pytest.mark.parametrize(
    "words", ["We read it within 24 hours.", "Call us on 01632 960001.", "Call [[nobody]].", "", "w" * 801]
)
def test_such_words_are_a_draft_at_most(editor: Editor, reviewer: Editor, text: FormText, words: str) -> None:
    write(editor, text, words)
    response = write(reviewer, text, words, **{"action-publish": "action-publish"})
    assert response.status_code == 200
    assert errors_on(response)
    assert shown(text) == text.words


# --- Where they come from, and where they go -------------------------------------------------------------------------


def test_there_is_a_record_for_each_text_of_the_form_in_its_order() -> None:
    assert [(text.key, text.words) for text in FormText.objects.all()] == [
        (text.key, text.words) for text in declared()
    ]


def test_an_upgrade_keeps_what_somebody_wrote_and_renews_what_nobody_did(
    editor: Editor, reviewer: Editor, text: FormText
) -> None:
    write(editor, text)
    press_publish(reviewer, text)
    upgraded = [ShippedText(shipped.key, f"{shipped.name}!", "New words.") for shipped in reversed(declared())]
    load_form_texts(upgraded)
    assert {kept.words for kept in FormText.objects.exclude(pk=text.pk)} == {"New words."}
    assert shown(text) == WORDS
    assert [kept.key for kept in FormText.objects.all()] == [shipped.key for shipped in upgraded]
    write(editor, text, "Words after the upgrade.")
    press_publish(reviewer, text)
    renewed = FormText.objects.get(pk=text.pk)
    assert (renewed.words, renewed.name) == ("Words after the upgrade.", f"{text.name}!")


def test_a_text_names_contacts_that_the_list_of_uses_knows(text: FormText) -> None:
    text.words = "Call [[childline]]."
    text.save_revision().publish()
    assert ReferenceIndex.get_references_to(Contact.objects.get(key="childline")).filter(object_id=text.pk).exists()


def test_a_draft_does_not_reach_the_disk_and_what_is_published_does(
    editor: Editor, reviewer: Editor, text: FormText, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write(editor, text)
    assert texts_from_snapshot()[text.key] == text.words
    with django_capture_on_commit_callbacks(execute=True):
        press_publish(reviewer, text)
    assert texts_from_snapshot()[text.key] == WORDS
    with django_capture_on_commit_callbacks(execute=True):
        FormText.objects.get(pk=text.pk).unpublish()
    assert text.key not in texts_from_snapshot()
