"""Where a contact is used: chosen in a block or named in a text, editors see it before they take it away."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ReferenceIndex

from home.models import Alert, DistressWords, GuidancePage
from resources.models import Contact
from resources.usage import with_usage
from tests.home.editing import pages, text_of

pytestmark = pytest.mark.django_db
LIST = "/cms/snippets/resources/contact/"


@pytest.fixture
def contact() -> Contact:
    """A new contact that nothing names yet."""
    return Contact.objects.create(
        key="new-line", name="New", for_whom="Anyone", source="x", number_confidence="H", website="https://new.example/"
    )


def users_of(contact: Contact) -> set[str]:
    """The names of what uses a contact, by Wagtail's own index."""
    return {str(group[0]) for group in ReferenceIndex.get_grouped_references_to(contact)}


def guidance() -> GuidancePage:
    page = GuidancePage.objects.live().first()
    assert page
    return page


def test_a_text_that_names_a_contact_uses_it(contact: Contact) -> None:
    page = guidance()
    page.body.append(("text", {"heading": "", "anchor": "", "text": "<p>Call [[new-line]].</p>"}))
    page.save()
    assert users_of(contact) == {str(page)}
    del page.body[-1]
    page.save()
    assert users_of(contact) == set()


def test_every_kind_of_line_that_names_a_contact_uses_it(contact: Contact) -> None:
    page = guidance()
    page.lede = "Call [[new-line]]."
    page.save()
    alert = Alert.objects.create(text="Call [[new-line]].", end=timezone.now() + timedelta(days=1))
    words = DistressWords.objects.create(name="x", phrases="x", heading="Help", text="Call [[ new-line ]].")
    assert users_of(contact) == {str(page), str(alert), str(words)}


def test_whoever_it_stands_in_for_uses_it(contact: Contact) -> None:
    day = Contact.objects.get(key="samaritans")
    day.when_closed = contact
    day.save()
    assert users_of(contact) == {str(day)}


def test_a_block_that_chooses_a_contact_uses_it(contact: Contact) -> None:
    page = guidance()
    page.body.append(("talk_to", {"heading": "Talk", "contacts": [contact]}))
    page.save()
    assert users_of(contact) == {str(page)}


def test_every_name_in_the_shipped_texts_is_in_the_index() -> None:
    used = {contact.key: contact.usage_count for contact in with_usage(Contact.objects.all())}
    texts = [str(f.get_prep_value(f.value_from_object(page))) for page in pages() for f in page._meta.concrete_fields]
    named = set(re.findall(r"\[\[([a-z0-9-]+)\]\]", " ".join(texts)))
    assert len(named) > 5
    assert {key for key in named if not used[key]} == set()
    before = used
    call_command("rebuild_references_index", verbosity=0)
    assert {contact.key: contact.usage_count for contact in with_usage(Contact.objects.all())} == before


def test_a_page_that_is_read_does_not_look_its_contacts_up() -> None:
    page = guidance()
    page.body.append(("text", {"heading": "", "anchor": "", "text": "<p>Call [[childline]].</p>"}))
    with CaptureQueriesContext(connection) as asked:
        assert page.linked_pages is not None
    assert [query["sql"] for query in asked if "resources_contact" in query["sql"]] == []


# --- In the CMS -------------------------------------------------------------------------------------------------


def test_the_list_says_how_often_each_is_used(editor: Any, contact: Contact) -> None:
    page = guidance()
    page.body.append(("text", {"heading": "", "anchor": "", "text": "<p>[[new-line]], again [[new-line]].</p>"}))
    page.save()
    assert with_usage(Contact.objects.filter(key="new-line")).get().usage_count == 1
    found = text_of(editor.client.get(LIST))
    assert "Used 1 time" in found


def test_the_usage_list_names_the_pages(editor: Any) -> None:
    contact = Contact.objects.get(key="childline")
    found = text_of(editor.client.get(f"{LIST}usage/{contact.pk}/"))
    users = users_of(contact)
    assert len(users) > 3
    assert sum(user in found for user in users) > 3


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_whoever_takes_a_contact_away_is_told_where_it_stands(editor: Any, action: str) -> None:
    contact = Contact.objects.get(key="samaritans")
    found = re.sub(r"\s+", " ", text_of(editor.client.get(f"{LIST}{action}/{contact.pk}/")))
    count = len(users_of(contact))
    assert f"referenced {count} times" in found


def test_the_list_asks_as_much_for_300_contacts_as_for_60(editor: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert editor.client.get(LIST).status_code == 200
        return len(asked)

    queries()
    few = queries()
    page = guidance()
    for number in range(240):
        Contact.objects.create(
            key=f"c-{number}", name=f"A {number}", number_confidence="H", website="https://c.example/"
        )
    tokens = " ".join(f"[[c-{number}]]" for number in range(240))
    page.body.append(("text", {"heading": "", "anchor": "", "text": f"<p>{tokens}</p>"}))
    page.save()
    assert queries() == few
