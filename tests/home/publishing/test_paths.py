"""One person writes, another publishes: on every way to publish that the CMS has, by its real screens."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import Page, Revision, TaskState

from home.models import DoorPage, GuidancePage
from home.publishing.guard import Refused
from home.publishing.policy import WROTE_LAST
from resources.models import Contact
from tests.home.editing import text_of
from tests.home.publishing.conftest import (
    BY_SETTING,
    KINDS,
    OTHER,
    WORDS,
    address_of,
    drafted,
    edit_address,
    record_of,
    shown,
    write,
)

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "action-publish"}
PUBLISH_BUTTON = 'name="action-publish"'


# --- The edit page -----------------------------------------------------------------------------------------------


def test_the_author_is_refused_keeps_the_draft_and_learns_why(editor: Any, record: Any, kind: str) -> None:
    response = write(editor, record, kind, **PUBLISH)
    assert response.status_code == 302
    assert response.headers["Location"] == edit_address(record)
    assert WROTE_LAST in text_of(editor.get(edit_address(record)))
    assert shown(record, kind) != WORDS
    assert drafted(record, kind) == WORDS


def test_another_editor_publishes(editor: Any, colleague: Any, record: Any, kind: str) -> None:
    write(editor, record, kind)
    assert colleague.publish(edit_address(record)).status_code == 302
    assert shown(record, kind) == WORDS


def test_saving_a_draft_first_changes_nothing(editor: Any, record: Any, kind: str) -> None:
    write(editor, record, kind)
    page = text_of(editor.get(edit_address(record)))
    assert WROTE_LAST in page
    assert PUBLISH_BUTTON not in page
    editor.publish(edit_address(record))
    assert shown(record, kind) != WORDS


def test_publish_is_offered_to_whoever_may(editor: Any, colleague: Any, record: Any, kind: str) -> None:
    assert PUBLISH_BUTTON not in text_of(colleague.get(edit_address(record)))  # nothing waits
    write(editor, record, kind)
    page = text_of(colleague.get(edit_address(record)))
    assert PUBLISH_BUTTON in page
    assert WROTE_LAST not in page


def test_who_changes_something_while_approving_is_the_author_of_it(
    editor: Any, colleague: Any, record: Any, kind: str
) -> None:
    write(editor, record, kind)
    write(colleague, record, kind, OTHER, **PUBLISH)
    assert shown(record, kind) not in (WORDS, OTHER)
    assert drafted(record, kind) == OTHER
    editor.publish(edit_address(record))
    assert shown(record, kind) == OTHER


def test_saving_it_again_without_a_change_makes_nobody_an_author(
    editor: Any, colleague: Any, record: Any, kind: str
) -> None:
    write(editor, record, kind)
    write(colleague, record, kind)
    editor.publish(edit_address(record))
    assert shown(record, kind) != WORDS
    colleague.publish(edit_address(record))
    assert shown(record, kind) == WORDS


def test_autosave_makes_its_writer_the_author(editor: Any, colleague: Any, record: Any, kind: str) -> None:
    write(editor, record, kind)
    saved = autosave(colleague, record, kind, OTHER)
    assert saved.json()["success"] is True
    colleague.publish(edit_address(record))
    assert shown(record, kind) not in (WORDS, OTHER)
    editor.publish(edit_address(record))
    assert shown(record, kind) == OTHER


def autosave(person: Any, record: Any, kind: str, words: str) -> Any:
    """What the editor's script sends while somebody types."""
    address, post = edit_address(record), person.client.post
    person.client.post = lambda *args, headers, **options: post(
        *args, headers=headers | {"accept": "application/json"}, **options
    )
    try:
        return write(person, type(record).objects.get(pk=record.pk), kind, words)
    finally:
        person.client.post = post
        person.get(address)


def test_an_administrator_is_no_exception(sign_in: Any, record: Any, kind: str) -> None:
    administrator = sign_in("administrator")
    write(administrator, record, kind, **PUBLISH)
    assert shown(record, kind) != WORDS
    assert drafted(record, kind) == WORDS


def test_a_writer_publishes_nothing(editor: Any, sign_in: Any, record: Any, kind: str) -> None:
    writer = sign_in("writer")
    write(editor, record, kind)
    writer.publish(edit_address(record))
    assert shown(record, kind) != WORDS
    write(writer, record, kind, OTHER, **PUBLISH)
    assert shown(record, kind) != OTHER
    assert "Submit to Second pair of eyes" in text_of(writer.get(edit_address(record)))


def test_dates_of_review_are_no_change_that_needs_two(editor: Any, colleague: Any) -> None:
    page = record_of("law")
    write(editor, page, "law")
    colleague.publish(edit_address(page))
    write(editor, page, "law", review="2031-02-03")
    editor.publish(edit_address(page))
    page.refresh_from_db()
    assert page.review.isoformat() == "2031-02-03"


def test_without_the_setting_only_what_is_compulsory_needs_two(
    editor: Any, settings: Any, record: Any, kind: str
) -> None:
    settings.FOUR_EYES_EVERYWHERE = False
    write(editor, record, kind, **PUBLISH)
    assert (shown(record, kind) == WORDS) is (kind in BY_SETTING)


# --- Making something new ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["editor", "administrator"])
def test_a_new_page_starts_as_a_draft(sign_in: Any, name: str) -> None:
    person = sign_in(name)
    address = f"/cms/pages/add/home/guidancepage/{DoorPage.objects.get(audience='parents').pk}/"
    form = person.form(address, GuidancePage(), "title")
    assert PUBLISH_BUTTON not in text_of(person.page)
    form["title"], form["slug"], form["action-publish"] = "At bedtime", "bedtime", "action-publish"
    response = person.post(address, form)
    page = GuidancePage.objects.get(slug="bedtime")
    assert not page.live
    assert response.headers["Location"] == edit_address(page)
    assert WROTE_LAST in text_of(person.get(edit_address(page)))


def test_a_new_record_starts_as_a_draft(editor: Any) -> None:
    from resources.models import Place

    address = "/cms/snippets/resources/place/add/"
    form = editor.form(address, Place(), "source")
    assert PUBLISH_BUTTON not in text_of(editor.page)
    form["name"], form["source"], form["action-publish"] = "Little Marsh", "a map", "action-publish"
    editor.post(address, form)
    assert not Place.objects.get(name="Little Marsh").live


# --- Scheduling, which the CMS offers for pages ------------------------------------------------------------------

in_time = pytest.mark.parametrize("kind", ["guidance", "law"])


def later() -> str:
    return timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")


@in_time
def test_the_author_cannot_schedule_either(editor: Any, record: Any, kind: str) -> None:
    write(editor, record, kind, go_live_at=later(), **PUBLISH)
    assert not Revision.objects.for_instance(record).filter(approved_go_live_at__isnull=False).exists()
    come_true(record)
    assert shown(record, kind) != WORDS


@in_time
def test_what_another_editor_approved_goes_live_at_its_time(
    editor: Any, colleague: Any, record: Any, kind: str
) -> None:
    write(editor, record, kind, go_live_at=later())
    colleague.publish(edit_address(record))
    assert shown(record, kind) != WORDS
    come_true(record)
    assert shown(record, kind) == WORDS


def come_true(record: Any) -> None:
    """Two days later: every time that was chosen for the record lies in the past, and the scheduler runs."""
    past = timezone.now() - timedelta(hours=1)
    for revision in Revision.objects.for_instance(record):
        content = revision.content | {"go_live_at": past.isoformat()}
        approved = past if revision.approved_go_live_at else None
        Revision.objects.filter(pk=revision.pk).update(content=content, approved_go_live_at=approved)
    call_command("publish_scheduled")


# --- Many at once, old versions, copies, moves ------------------------------------------------------------------


def test_many_at_once_publishes_only_what_others_wrote(editor: Any, colleague: Any) -> None:
    mine, theirs = record_of("guidance"), record_of("law")
    write(editor, mine, "guidance")
    write(colleague, theirs, "law")
    bulk_publish(editor, mine.pk, theirs.pk)
    assert shown(mine, "guidance") != WORDS
    assert shown(theirs, "law") == WORDS


def test_what_lies_below_is_held_to_it_as_well(editor: Any) -> None:
    page = record_of("guidance")
    write(editor, page, "guidance")
    unpublish(editor, page)
    bulk_publish(editor, page.get_parent().pk, include_descendants="on")
    assert shown(page, "guidance") == ""


def bulk_publish(person: Any, *keys: int, **also: str) -> None:
    chosen = "&".join(f"id={key}" for key in keys)
    address = f"/cms/bulk/wagtailcore/page/publish/?{chosen}&next=/cms/"
    form = person.fields_of(address, "csrfmiddlewaretoken")
    form.update(also)
    assert person.post(address, form).status_code == 302


def unpublish(person: Any, record: Any) -> None:
    address = address_of(record, "unpublish")
    form = person.fields_of(address, "csrfmiddlewaretoken")
    if "reason" in form:
        form["reason"] = "It rings somebody else."
    assert person.post(address, form).status_code == 302


def test_an_old_version_needs_two_as_well(editor: Any, colleague: Any, record: Any, kind: str) -> None:
    before = shown(record, kind)
    for words in (WORDS, OTHER):
        write(editor, record, kind, words)
        colleague.publish(edit_address(record))
    old = next(r for r in Revision.objects.for_instance(record).order_by("pk") if WORDS in str(r.content))
    address = address_of(record, "revisions_revert", old.pk)
    form = editor.form(address, old.as_object(), KINDS[kind][2])
    form.update(PUBLISH)
    editor.post(address, form)
    assert shown(record, kind) == OTHER != before
    assert drafted(record, kind) == WORDS
    colleague.publish(edit_address(record))
    assert shown(record, kind) == WORDS


def test_a_copy_starts_as_a_draft(editor: Any) -> None:
    page = record_of("guidance")
    address = f"/cms/pages/{page.pk}/copy/"
    form = editor.fields_of(address, "new_slug")
    assert "publish_copies" not in form
    form["new_slug"], form["publish_copies"], form["alias"] = "a-copy", "on", "on"
    assert editor.post(address, form).status_code == 302
    copy = Page.objects.get(slug="a-copy")
    assert not copy.live
    assert copy.alias_of is None


def test_moving_needs_one_person_and_changes_no_words(editor: Any, client: Client) -> None:
    page, door = record_of("guidance"), DoorPage.objects.get(audience="parents")
    write(editor, page, "guidance")
    address = f"/cms/pages/{page.pk}/move/{door.pk}/confirm/"
    assert editor.post(address, editor.fields_of(address, "csrfmiddlewaretoken")).status_code == 302
    page = GuidancePage.objects.get(pk=page.pk)
    assert page.get_parent().specific == door
    assert page.live
    assert WORDS not in text_of(client.get(page.get_url()))


# --- Withdrawing ----------------------------------------------------------------------------------------------------


def test_one_person_can_hide_a_record_at_once(editor: Any, record: Any, kind: str) -> None:
    write(editor, record, kind)
    unpublish(editor, record)
    assert not type(record).objects.get(pk=record.pk).live


def test_what_its_author_hid_comes_back_through_another(editor: Any, colleague: Any, record: Any, kind: str) -> None:
    write(editor, record, kind)
    unpublish(editor, record)
    editor.publish(edit_address(record))
    assert shown(record, kind) == ""
    colleague.publish(edit_address(record))
    assert shown(record, kind) == WORDS


# --- Wagtail's workflow -----------------------------------------------------------------------------------------------


def test_asking_and_approving_takes_two(editor: Any, colleague: Any, record: Any, kind: str) -> None:
    write(editor, record, kind, **{"action-submit": "action-submit"})
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    address = address_of(record, "workflow_action", "approve", state.pk)
    for person in (editor, colleague):
        person.post(address, person.fields_of(edit_address(record), KINDS[kind][2]))
        assert (shown(record, kind) == WORDS) is (person is colleague)


# --- Addresses that no screen offers ----------------------------------------------------------------------------------


def ask(person: Any, address: str, **values: Any) -> Any:
    token = person.fields_of("/cms/account/", "csrfmiddlewaretoken")["csrfmiddlewaretoken"]
    headers = {"origin": "http://testserver", "x-csrftoken": token, "accept": "application/json"}
    return person.client.post(address, values, content_type="application/json", headers=headers)


def test_the_interface_for_scripts_is_held_to_it_as_well(editor: Any, colleague: Any) -> None:
    page = record_of("guidance")
    write(editor, page, "guidance")
    address = f"/cms/api/main/pages/{page.pk}/action/publish/"
    assert ask(editor, address).status_code == 403
    assert shown(page, "guidance") != WORDS
    assert ask(colleague, address).status_code == 200
    assert shown(page, "guidance") == WORDS


@pytest.mark.parametrize("action", ["copy", "create_alias"])
def test_scripts_make_no_live_copies(editor: Any, action: str) -> None:
    page, door = record_of("guidance"), DoorPage.objects.get(audience="parents")
    answer = ask(
        editor, f"/cms/api/main/pages/{page.pk}/action/{action}/", destination_page_id=door.pk, recursive=False
    )
    assert answer.status_code == 403
    assert door.get_children().filter(title=page.title).count() == 0


# --- Whatever else may come: the guard itself ------------------------------------------------------------------------


@pytest.fixture
def as_editor(editor: Any) -> Any:
    """Code that runs while the editor is signed in, as in any view of the CMS."""
    with LogContext(user=User.objects.get(username="editor")) as context:
        yield context


def test_no_view_can_make_a_live_copy(as_editor: Any) -> None:
    page, door = record_of("guidance"), DoorPage.objects.get(audience="parents")
    with pytest.raises(Refused, match="starts as a draft"):
        page.copy(to=door, keep_live=True)
    with pytest.raises(Refused, match="starts as a draft"):
        page.create_alias(parent=door)
    assert door.get_children().filter(title=page.title).count() == 0


def test_no_view_can_schedule_for_its_author(editor: Any, as_editor: Any, record: Any, kind: str) -> None:
    write(editor, record, kind)
    record.refresh_from_db()
    draft = record.get_latest_revision()
    draft.content |= {"go_live_at": (timezone.now() + timedelta(days=2)).isoformat()}
    draft.save(update_fields=["content"])
    with pytest.raises(Refused, match="You wrote the last change"):
        draft.publish(skip_permission_checks=True)
    assert not Revision.objects.for_instance(record).filter(approved_go_live_at__isnull=False).exists()


def test_no_view_can_put_a_draft_live_by_hand(editor: Any, as_editor: Any, record: Any, kind: str) -> None:
    write(editor, record, kind)
    unpublish(editor, record)
    draft = type(record).objects.get(pk=record.pk).get_latest_revision_as_object()
    draft.live = True
    with pytest.raises(Refused, match="You wrote the last change"):
        draft.save()
    assert shown(record, kind) == ""


def test_commands_are_whoever_installs_the_site(editor: Any, record: Any, kind: str) -> None:
    write(editor, record, kind)
    type(record).objects.get(pk=record.pk).get_latest_revision().publish()
    assert shown(record, kind) == WORDS


def test_a_number_that_nobody_checked_stays_a_draft_for_two_as_well(editor: Any, colleague: Any) -> None:
    contact = Contact.objects.get(key="rape-crisis")
    write(editor, contact, "contact", number_confidence="M")
    assert colleague.publish(edit_address(contact)).status_code == 200
    assert not Contact.objects.get(key="rape-crisis").live
