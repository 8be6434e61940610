"""Pages and contacts that somebody has to look at again: seen by editors, never taken off the site by a date."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.log_actions import registry

from home.models import GuidancePage, InfoPage, Sign
from home.publishing.review import DAYS_BEFORE, due, waiting
from resources.models import Contact
from tests.home.editing import text_of
from tests.home.publishing.conftest import KINDS, WORDS, drafted, edit_address, record_of, shown, write

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)
DATED = ("guidance", "law", "contact")


@pytest.fixture(autouse=True)
def nothing_due(db: None) -> None:
    """No date of the shipped content, so that each test chooses its own."""
    for model in {KINDS[kind][0] for kind in DATED}:
        model.objects.update(**{model.review_field: None})


def set_due(kind: str, day: date, owner: str = "") -> Any:
    record = record_of(kind)
    setattr(record, record.review_field, day)
    record.review_owner = User.objects.filter(username=owner).first()
    record.save(update_fields=[record.review_field, "review_owner"])
    return record


def still_right(person: Any, record: Any) -> Any:
    address = f"/cms/still-right/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/"
    return person.post(address, person.fields_of(address, "csrfmiddlewaretoken"))


# --- What is due --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "is_listed"), [(-400, True), (-1, True), (0, True), (DAYS_BEFORE, True), (DAYS_BEFORE + 1, False)]
)
@pytest.mark.parametrize("dated", DATED)
def test_due_is_what_is_overdue_or_due_within_30_days(dated: str, days: int, is_listed: bool) -> None:
    record = set_due(dated, TODAY + timedelta(days=days))
    assert [row.pk for row in due(TODAY)] == ([record.pk] if is_listed else [])


def test_the_longest_overdue_comes_first_and_drafts_are_not_due() -> None:
    page, law = set_due("guidance", TODAY), set_due("law", TODAY - timedelta(days=9))
    contact = set_due("contact", TODAY - timedelta(days=3))
    assert [row.pk for row in due(TODAY)] == [law.pk, contact.pk, page.pk]
    contact.unpublish()
    assert [row.pk for row in due(TODAY)] == [law.pk, page.pk]


@pytest.mark.parametrize("dated", DATED)
def test_overdue_is_shown_and_stays_on_the_site(sign_in: Any, client: Client, dated: str) -> None:
    record = set_due(dated, timezone.localdate() - timedelta(days=400))
    call_command("publish_scheduled")
    call_command("remind")
    assert type(record).objects.get(pk=record.pk).live
    page = text_of(sign_in("writer").get("/cms/"))
    assert "Overdue" in page
    assert str(record) in page
    public = "/find-help/" if dated == "contact" else record.get_url()
    assert client.get(public).status_code == 200


# --- The start page -----------------------------------------------------------------------------------------------


def test_the_start_page_names_owners_and_drafts_that_wait(editor: Any, colleague: Any) -> None:
    set_due("law", timezone.localdate() + timedelta(days=5), owner="colleague")
    write(editor, record_of("sign"), "sign")
    [row] = waiting()
    assert (row.pk, row.edit_address) == (record_of("sign").pk, edit_address(record_of("sign")))
    mine, theirs = text_of(editor.get("/cms/")), text_of(colleague.get("/cms/"))
    assert "Due" in mine
    assert "Overdue" not in mine
    assert "You: somebody else has to look" in mine
    assert "You: somebody else has to look" not in theirs
    colleague.publish(edit_address(record_of("sign")))
    assert waiting() == []


def test_a_draft_of_search_words_is_called_by_its_words(editor: Any, colleague: Any) -> None:
    write(editor, record_of("same words"), "same words")
    start = text_of(colleague.get("/cms/"))
    assert ">police, cops, feds, popo</a>" in start


def test_what_was_loaded_waits_for_nobody() -> None:
    assert Contact.objects.filter(live=False, has_unpublished_changes=True).exists()
    assert waiting() == []


def test_the_start_page_costs_the_same_however_much_is_due(editor: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert editor.get("/cms/").status_code == 200
        return len(asked)

    today = timezone.localdate()
    set_due("guidance", today, owner="editor")
    set_due("contact", today)
    write(editor, record_of("place"), "place")
    few = queries()
    GuidancePage.objects.update(review=today, review_owner=User.objects.get(username="colleague"))
    Contact.objects.filter(live=True).update(next_check=today)
    Sign.objects.update(has_unpublished_changes=True)
    assert len(due(today)) > 40
    assert queries() <= few + 1  # more owners are one more query, in one go


def test_the_lists_are_one_query_each(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        due(TODAY)
    with django_assert_num_queries(1):
        waiting()


# --- Still right -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("dated", "months"), [("guidance", 12), ("law", 6), ("contact", 3)])
def test_still_right_dates_it_by_name_and_in_the_log(editor: Any, dated: str, months: int) -> None:
    User.objects.filter(username="editor").update(first_name="Ada", last_name="Marsh")
    record = set_due(dated, timezone.localdate() - timedelta(days=1))
    button = "Check it: is it still right?" if dated == "contact" else "I looked at it: still right"
    assert button in text_of(editor.get(edit_address(record)))
    assert still_right(editor, record).status_code == 302
    record.refresh_from_db()
    next_look = getattr(record, record.review_field)
    today = timezone.localdate()
    assert (next_look.year - today.year) * 12 + next_look.month - today.month == months
    if dated != "contact":
        assert (record.written, record.reviewed_by) == (today, "Ada Marsh")
    else:
        assert record.checked == today
    [entry] = registry.get_logs_for_instance(record).filter(action="phoenix.still_right")
    assert entry.user.username == "editor"
    assert due(today) == []


def test_no_account_name_gets_onto_a_page(editor: Any) -> None:
    page = set_due("guidance", timezone.localdate())
    still_right(editor, page)
    assert GuidancePage.objects.get(pk=page.pk).reviewed_by == ""


def test_still_right_publishes_no_draft_and_the_draft_keeps_the_dates(editor: Any, colleague: Any) -> None:
    page = set_due("law", timezone.localdate())
    write(editor, page, "law")
    still_right(editor, page)
    assert shown(page, "law") != WORDS
    assert drafted(page, "law") == WORDS
    colleague.publish(edit_address(page))
    page = InfoPage.objects.get(pk=page.pk)
    assert page.lede == WORDS
    assert page.written == timezone.localdate()


def test_still_right_is_not_for_writers(sign_in: Any) -> None:
    writer = sign_in("writer")
    page = set_due("guidance", TODAY)
    address = f"/cms/still-right/home/guidancepage/{page.pk}/"
    assert "Still right?" not in text_of(writer.get("/cms/"))
    assert writer.get(address).headers["Location"] == "/cms/"
    writer.post(address, writer.fields_of("/cms/account/", "csrfmiddlewaretoken"))
    page.refresh_from_db()
    assert page.review == TODAY


def test_a_date_of_today_is_on_the_number_that_readers_see(editor: Any, client: Client) -> None:
    contact = set_due("contact", TODAY)
    Contact.objects.filter(pk=contact.pk).update(checked=None)
    still_right(editor, contact)
    assert Contact.objects.get(pk=contact.pk).checked == timezone.localdate()
    assert Contact.objects.get(pk=contact.pk).live
