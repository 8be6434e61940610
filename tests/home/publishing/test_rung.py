"""A changed number, hour or address shows only after a second person has rung it, on every path to publishing."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.log_actions import LogContext, registry
from wagtail.models import Revision, TaskState

from home.publishing.guard import NotRung
from home.publishing.rung import CONFIRMED, RING_FIRST, WROTE_NUMBER
from resources.models import Contact
from tests.home.editing import text_of
from tests.home.publishing.conftest import OTHER, WORDS, address_of, edit_address, write

pytestmark = pytest.mark.django_db
#: Two numbers that are kept for films; unlike 01632 960xxx they pass for real ones.
OLD, NEW, NEWER = "116 123", "020 7946 0018", "020 7946 0019"
PUBLISH = {"action-publish": "action-publish"}
BUTTON = "Ring it, then publish"


@pytest.fixture
def contact(db: None) -> Contact:
    return Contact.objects.get(key="samaritans")


def ring_address(contact: Contact) -> str:
    return f"/cms/ring-first/resources/contact/{contact.pk}/"


def write_number(person: Any, contact: Contact, number: str = NEW, **also: str) -> Any:
    """Change the number that is called, in the editor."""
    draft = Contact.objects.get(pk=contact.pk).get_latest_revision_as_object()
    form = person.form(edit_address(contact), draft, "about")
    return person.save(edit_address(contact), form, publish=False, **({"ways-0-value": number} | also))


def number_of(contact: Contact) -> str:
    """The number that readers see; empty while they see none."""
    live = Contact.objects.filter(pk=contact.pk, live=True).first()
    return str(live.ways[0].value) if live else ""


def hide(person: Any, contact: Contact) -> None:
    address = address_of(contact, "unpublish")
    form = person.fields_of(address, "reason")
    form["reason"] = "It rings somebody else."
    assert person.post(address, form).status_code == 302


def confirmed(contact: Contact) -> list[str]:
    """Who confirmed it, the latest first."""
    return [entry.user.username for entry in registry.get_logs_for_instance(contact).filter(action=CONFIRMED)]


# --- The screen -----------------------------------------------------------------------------------------------------


def test_the_second_person_rings_says_so_and_publishes(editor: Any, colleague: Any, contact: Contact) -> None:
    write_number(editor, contact)
    page = text_of(colleague.get(edit_address(contact)))
    assert BUTTON in page
    assert ring_address(contact) in page
    assert 'name="action-publish"' not in page
    screen = text_of(colleague.get(ring_address(contact)))
    assert 'href="tel:02079460018"' in screen
    assert RING_FIRST in screen
    assert colleague.ring(ring_address(contact)).status_code == 302
    assert number_of(contact) == NEW
    [entry] = registry.get_logs_for_instance(contact).filter(action=CONFIRMED)
    assert (entry.user.username, entry.data["way"]) == ("colleague", "rang")
    assert "Rang it" in entry.message


def test_without_the_answer_nothing_is_published(editor: Any, colleague: Any, contact: Contact) -> None:
    write_number(editor, contact)
    response = colleague.post(ring_address(contact), colleague.fields_of(ring_address(contact), "rung"))
    assert response.status_code == 200
    assert number_of(contact) == OLD
    assert confirmed(contact) == []


def test_whoever_wrote_it_cannot_confirm_it(editor: Any, contact: Contact) -> None:
    write_number(editor, contact)
    assert editor.get(ring_address(contact)).headers["Location"] == edit_address(contact)
    assert WROTE_NUMBER in text_of(editor.get(edit_address(contact)))
    assert BUTTON not in text_of(editor.get(edit_address(contact)))
    form = editor.fields_of("/cms/account/", "csrfmiddlewaretoken")
    form["rung"] = "on"
    editor.post(ring_address(contact), form)
    assert number_of(contact) == OLD
    assert confirmed(contact) == []


def test_a_writer_cannot_confirm(editor: Any, sign_in: Any, contact: Contact) -> None:
    write_number(editor, contact)
    assert sign_in("writer").get(ring_address(contact)).headers["Location"] == "/cms/"


def test_what_changed_while_they_rang_is_asked_again(editor: Any, colleague: Any, contact: Contact) -> None:
    write_number(editor, contact)
    form = colleague.fields_of(ring_address(contact), "rung")
    form["rung"] = "on"
    write_number(editor, contact, NEWER)
    response = colleague.post(ring_address(contact), form)
    assert "Somebody changed it while you rang." in text_of(response)
    assert number_of(contact) == OLD
    assert confirmed(contact) == []


def test_what_was_rung_and_then_changed_has_to_be_rung_again(editor: Any, colleague: Any, contact: Contact) -> None:
    write_number(editor, contact)
    write(colleague, contact, "contact", OTHER)  # now the colleague wrote the last change, but not the number
    colleague.ring(ring_address(contact))
    assert confirmed(contact) == ["colleague"]
    assert number_of(contact) == OLD
    write_number(editor, contact, NEWER)
    colleague.publish(edit_address(contact), rings=False)
    assert number_of(contact) == OLD


def test_one_who_rang_and_mended_a_word_lets_the_writer_publish(editor: Any, colleague: Any, contact: Contact) -> None:
    write_number(editor, contact)
    write(colleague, contact, "contact", OTHER)
    editor.publish(edit_address(contact), rings=False)
    assert number_of(contact) == OLD  # the colleague has not rung it
    colleague.ring(ring_address(contact))
    editor.publish(edit_address(contact), rings=False)
    assert number_of(contact) == NEW
    assert confirmed(contact) == ["colleague"]


def test_a_line_for_emergencies_is_not_rung_but_looked_up(editor: Any, colleague: Any) -> None:
    contact = Contact.objects.get(key="police-999")
    form = editor.form(edit_address(contact), contact, "about")
    editor.save(edit_address(contact), form, publish=False, hours_words="Each day and night")
    screen = text_of(colleague.get(ring_address(contact)))
    assert "I opened their own page and it is right" in screen
    colleague.ring(ring_address(contact))
    assert Contact.objects.get(key="police-999").hours_words == "Each day and night"
    [entry] = registry.get_logs_for_instance(contact).filter(action=CONFIRMED)
    assert entry.data["way"] == "seen"


# --- What has to be rung ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"ways-0-value": NEW},
        {"website": "https://example.org/"},
        {"hours_words": "Monday to Friday, 9am to 5pm"},
        {"always_open": ""},
        {"bank_holidays": "closed"},
        {"hours_confidence": "L"},
        {"when_closed": "other"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_ways_hours_and_addresses_have_to_be_rung(
    editor: Any, colleague: Any, contact: Contact, change: dict[str, str]
) -> None:
    before = Contact.objects.get(pk=contact.pk).how_to_reach()
    if "when_closed" in change:
        change = {"when_closed": str(Contact.objects.get(key="shout").pk)}
    form = editor.form(edit_address(contact), contact, "about")
    if change.get("always_open") == "":
        change = {}
        form.pop("always_open")
    editor.save(edit_address(contact), form, publish=False, **change)
    response = colleague.publish(edit_address(contact), rings=False)
    assert response.headers["Location"] == ring_address(contact)
    assert Contact.objects.get(pk=contact.pk).how_to_reach() == before
    colleague.ring(ring_address(contact))
    assert Contact.objects.get(pk=contact.pk).how_to_reach() != before


@pytest.mark.parametrize(
    "change", [{"about": WORDS}, {"cost": "Free to call"}, {"owner": "Ada"}, {"in_help_strip": "on"}, {"cannot": WORDS}]
)
@pytest.mark.parametrize("key", ["samaritans", "mash", "shout"])
def test_a_word_is_published_by_a_second_person_without_a_call(
    editor: Any, colleague: Any, key: str, change: dict[str, str]
) -> None:
    contact = Contact.objects.get(key=key)
    form = editor.form(edit_address(contact), contact, "about")
    editor.save(edit_address(contact), form, publish=False, **change)
    assert BUTTON not in text_of(colleague.get(edit_address(contact)))
    response = colleague.publish(edit_address(contact), rings=False)
    assert "/ring-first/" not in response.headers["Location"]
    contact.refresh_from_db()
    for name, value in change.items():
        assert getattr(contact, name) in (value, True)
    assert not contact.has_unpublished_changes


# --- Every path -------------------------------------------------------------------------------------------------------


def test_publishing_from_the_edit_page_leads_to_the_call(editor: Any, colleague: Any, contact: Contact) -> None:
    write_number(editor, contact)
    response = colleague.publish(edit_address(contact), rings=False)
    assert response.headers["Location"] == ring_address(contact)
    assert number_of(contact) == OLD
    colleague.ring(ring_address(contact))
    assert number_of(contact) == NEW


def test_approving_leads_to_the_call_and_the_call_approves(editor: Any, colleague: Any, contact: Contact) -> None:
    write_number(editor, contact, **{"action-submit": "action-submit"})
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    address = address_of(contact, "workflow_action", "approve", state.pk)
    response = colleague.post(address, colleague.fields_of(edit_address(contact), "about"))
    assert response.headers["Location"] == ring_address(contact)
    assert number_of(contact) == OLD
    colleague.ring(ring_address(contact))
    assert number_of(contact) == NEW
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_APPROVED
    assert state.finished_by.username == "colleague"


def test_an_old_number_has_to_be_rung_as_well(editor: Any, colleague: Any, contact: Contact) -> None:
    for number in (NEW, NEWER):
        write_number(editor, contact, number)
        colleague.publish(edit_address(contact))
    assert confirmed(contact) == ["colleague", "colleague"]
    old = next(r for r in Revision.objects.for_instance(contact).order_by("pk") if NEW in str(r.content))
    form = editor.form(address_of(contact, "revisions_revert", old.pk), old.as_object(), "about")
    form.update(PUBLISH)
    editor.post(address_of(contact, "revisions_revert", old.pk), form)
    colleague.publish(edit_address(contact), rings=False)
    assert number_of(contact) == NEWER
    colleague.publish(edit_address(contact))
    assert number_of(contact) == NEW


def test_what_was_hidden_has_to_be_rung_to_come_back(editor: Any, colleague: Any, contact: Contact) -> None:
    write_number(editor, contact)
    colleague.publish(edit_address(contact))
    hide(editor, contact)
    colleague.publish(edit_address(contact), rings=False)
    assert number_of(contact) == ""
    colleague.publish(edit_address(contact))
    assert number_of(contact) == NEW


def test_a_new_contact_has_to_be_rung(editor: Any, colleague: Any, contact: Contact, client: Client) -> None:
    address = "/cms/snippets/resources/contact/add/"
    form = editor.form(address, contact, "about")
    form["key"], form["name"], form["for_whom"], form["kind"] = "marsh-line", "Marsh Line", "Anyone", "national"
    form["number_confidence"], form["hours_confidence"], form["source"] = "H", "L", "their page"
    form["bank_holidays"], form["on_bill"], form["anonymous"] = "as_usual", "unknown", "unknown"
    form["ways-0-value"] = NEW
    editor.post(address, form)
    made = Contact.objects.get(key="marsh-line")
    colleague.publish(edit_address(made), rings=False)
    assert number_of(made) == ""
    colleague.publish(edit_address(made))
    assert number_of(made) == NEW
    assert NEW in text_of(client.get("/find-help/"))


def test_a_draft_of_the_shipped_file_is_rung_by_somebody_other_than_who_says_it_is_sure(
    editor: Any, colleague: Any
) -> None:
    contact = Contact.objects.get(key="rape-crisis")
    write(editor, contact, "contact", number_confidence="H")
    assert editor.get(ring_address(contact)).headers["Location"] == edit_address(contact)
    colleague.publish(edit_address(contact))
    assert Contact.objects.get(key="rape-crisis").live
    assert confirmed(contact) == ["colleague"]


@pytest.fixture
def as_colleague(colleague: Any) -> Any:
    """Code that runs while the second person is signed in, as in any view of the CMS."""
    with LogContext(user=User.objects.get(username="colleague")) as context:
        yield context


def test_no_view_publishes_or_schedules_what_nobody_rang(editor: Any, contact: Contact, as_colleague: Any) -> None:
    write_number(editor, contact)
    contact.refresh_from_db()
    draft = contact.get_latest_revision()
    with pytest.raises(NotRung):
        draft.publish(skip_permission_checks=True)
    draft.content |= {"go_live_at": "2031-01-02T03:04:05Z"}
    draft.save(update_fields=["content"])
    with pytest.raises(NotRung):
        draft.publish(skip_permission_checks=True)
    assert not Revision.objects.for_instance(contact).filter(approved_go_live_at__isnull=False).exists()
    assert number_of(contact) == OLD


def test_no_view_puts_a_draft_live_by_hand(editor: Any, colleague: Any, contact: Contact, as_colleague: Any) -> None:
    write_number(editor, contact)
    hide(editor, contact)
    draft = Contact.objects.get(pk=contact.pk).get_latest_revision_as_object()
    draft.live = True
    with pytest.raises(NotRung):
        draft.save()
    assert number_of(contact) == ""


def test_the_emergency_way_stays(sign_in: Any, editor: Any, contact: Contact) -> None:
    publisher = sign_in("publisher")
    write_number(publisher, contact)
    address = f"/cms/publish-alone/resources/contact/{contact.pk}/"
    form = publisher.fields_of(address, "reason")
    form["reason"] = "The old number rings a shop since this morning."
    publisher.post(address, form)
    assert number_of(contact) == NEW
    assert confirmed(contact) == []
    assert "Published by one person, in an emergency" in text_of(editor.get("/cms/"))
