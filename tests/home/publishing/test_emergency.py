"""The emergency way: one person publishes alone, says why, and it stays in view until somebody else has looked."""

from typing import Any

import pytest
from wagtail.log_actions import registry

from home.publishing.emergency import LOOKED_AT, PUBLISHED_ALONE
from resources.models import Contact
from tests.home.editing import text_of
from tests.home.publishing.conftest import WORDS, edit_address, record_of, shown, write

pytestmark = pytest.mark.django_db
REASON = "The number rings somebody else since this morning."
BUTTON = "Publish alone, in an emergency"
HEADING = "Published by one person, in an emergency"


@pytest.fixture
def publisher(sign_in: Any) -> Any:
    return sign_in("publisher")


def emergency_address(record: Any) -> str:
    return f"/cms/publish-alone/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/"


def publish_alone(person: Any, record: Any, reason: str = REASON) -> Any:
    address = emergency_address(record)
    form = person.fields_of(address, "reason")
    form["reason"] = reason
    return person.post(address, form)


def log_of(record: Any, action: str) -> Any:
    return registry.get_logs_for_instance(record).filter(action=action)


def test_with_a_reason_it_is_public_and_logged(publisher: Any, record: Any, kind: str) -> None:
    write(publisher, record, kind)
    page = text_of(publisher.get(edit_address(record)))
    assert BUTTON in page
    assert emergency_address(record) in page
    assert publish_alone(publisher, record).status_code == 302
    assert shown(record, kind) == WORDS
    [entry] = log_of(record, PUBLISHED_ALONE)
    assert (entry.user.username, entry.data["reason"]) == ("publisher", REASON)
    assert REASON in str(entry.message)


@pytest.mark.parametrize("reason", ["", "   ", "urgent"])
def test_without_a_reason_nothing_happens(publisher: Any, reason: str) -> None:
    contact = record_of("contact")
    write(publisher, contact, "contact")
    assert publish_alone(publisher, contact, reason).status_code == 200
    assert shown(contact, "contact") != WORDS
    assert not log_of(contact, PUBLISHED_ALONE)


@pytest.mark.parametrize("name", ["writer", "editor"])
def test_it_is_for_emergency_publishers_alone(sign_in: Any, publisher: Any, name: str) -> None:
    contact, person = record_of("contact"), sign_in(name)
    write(person, contact, "contact")
    assert BUTTON not in text_of(person.get(edit_address(contact)))
    form = publisher.fields_of(emergency_address(contact), "reason")
    address = emergency_address(contact)
    own = person.fields_of(edit_address(contact), "about")
    form["csrfmiddlewaretoken"], form["reason"] = own["csrfmiddlewaretoken"], REASON
    assert person.post(address, form).status_code == 302  # to the start page, with "no permission"
    assert shown(contact, "contact") != WORDS
    assert person.get(address).headers["Location"] == "/cms/"


def test_an_emergency_publisher_is_held_to_two_everywhere_else(publisher: Any, record: Any, kind: str) -> None:
    write(publisher, record, kind, **{"action-publish": "action-publish"})
    assert shown(record, kind) != WORDS


def test_the_emergency_ends_with_the_publication(publisher: Any) -> None:
    contact = record_of("contact")
    write(publisher, contact, "contact")
    publish_alone(publisher, contact)
    write(publisher, contact, "contact", "And more.", **{"action-publish": "action-publish"})
    assert shown(contact, "contact") == WORDS


def test_a_number_that_nobody_checked_is_not_published_in_an_emergency_either(publisher: Any) -> None:
    contact = Contact.objects.get(key="rape-crisis")
    write(publisher, contact, "contact", number_confidence="M")
    response = publish_alone(publisher, contact)
    assert response.status_code == 200
    assert Contact.NOT_SURE in text_of(response)
    assert not Contact.objects.get(key="rape-crisis").live
    assert not log_of(contact, PUBLISHED_ALONE)


def test_everybody_sees_it_until_another_person_has_looked(
    publisher: Any, editor: Any, colleague: Any, sign_in: Any, record: Any, kind: str
) -> None:
    write(publisher, record, kind)
    publish_alone(publisher, record)
    for person in (publisher, editor, sign_in("writer")):
        start = text_of(person.get("/cms/"))
        assert HEADING in start
        assert REASON in start
    [entry] = log_of(record, PUBLISHED_ALONE)
    address = f"/cms/looked-at/{entry.uuid}/"

    # Neither the publisher nor a writer takes it off.
    form = publisher.fields_of("/cms/account/", "csrfmiddlewaretoken")
    publisher.post(address, form)
    assert HEADING in text_of(editor.get("/cms/"))
    assert address not in text_of(publisher.get("/cms/"))
    writer = sign_in("writer")
    writer.post(address, writer.fields_of("/cms/account/", "csrfmiddlewaretoken"))
    assert not log_of(record, LOOKED_AT)

    assert address in text_of(editor.get("/cms/"))
    assert editor.post(address, editor.fields_of("/cms/account/", "csrfmiddlewaretoken")).status_code == 302
    assert HEADING not in text_of(colleague.get("/cms/"))
    [looked] = log_of(record, LOOKED_AT)
    assert looked.user.username == "editor"


def test_addresses_that_name_nothing_are_not_found(publisher: Any) -> None:
    contact = record_of("contact")
    assert publisher.get(f"/cms/publish-alone/inbox/report/{contact.pk}/").status_code == 404
    assert publisher.get(f"/cms/publish-alone/no/such/{contact.pk}/").status_code == 404
    assert publisher.get("/cms/looked-at/00000000-0000-0000-0000-000000000000/").status_code == 405
