"""Checking contacts as work: what is due, one tap for each answer, who did it, and how to take it back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.log_actions import registry

from resources import checking
from resources.checks import what_is_never_hidden_is_live
from resources.models import Contact
from tests.home.editing import text_of

pytestmark = pytest.mark.django_db
LIST = "/cms/check-these/"
CHRISTMAS = date(2026, 12, 25)


@pytest.fixture(autouse=True)
def nothing_due(db: None) -> None:
    """Everything was checked today and is due in years, so that each test chooses what is due."""
    today = timezone.localdate()
    Contact.objects.update(checked=today, next_check=today + timedelta(days=2000))


def contact_of(key: str) -> Contact:
    return Contact.objects.get(key=key)


def make_due(*keys: str, days: int = 0) -> None:
    Contact.objects.filter(key__in=keys).update(next_check=timezone.localdate() - timedelta(days=days))


def tap(person: Any, key: str, what: str) -> Any:
    address = f"{LIST}{contact_of(key).pk}/note/"
    form = person.fields_of("/cms/account/", "csrfmiddlewaretoken")
    form["what"] = what
    return person.post(address, form)


def card_of(page: str, key: str) -> str:
    start = page.index(f'id="contact-{contact_of(key).pk}"')
    return page[start : page.index("</article>", start)]


def log_of(key: str, action: str) -> Any:
    return registry.get_logs_for_instance(contact_of(key)).filter(action=action)


# --- What is due ------------------------------------------------------------------------------------------------


def keys_due(day: date) -> list[str]:
    return [contact.key for contact in sorted(checking.to_check(day), key=checking.importance)]


def test_due_is_what_is_overdue_due_today_or_was_never_dated() -> None:
    today = date(2027, 6, 15)
    Contact.objects.update(next_check=date(2027, 9, 1))
    for key, day in {"shout": today, "papyrus": today - timedelta(days=40), "nspcc": None}.items():
        Contact.objects.filter(key=key).update(next_check=day)
    Contact.objects.filter(key="ceop").update(next_check=today + timedelta(days=1))
    Contact.objects.filter(key="rape-crisis").update(next_check=today)  # a draft
    assert sorted(keys_due(today)) == ["nspcc", "papyrus", "shout"]


def test_what_people_need_most_comes_first() -> None:
    Contact.objects.update(next_check=date(2027, 6, 1))
    Contact.objects.filter(key="papyrus").update(next_check=date(2027, 1, 1))
    keys = keys_due(date(2027, 6, 15))
    assert set(keys[:4]) == {"police-999", "police-101", "mash", "childline"}
    assert keys[0] == "police-999"
    kinds = [contact_of(key).kind for key in keys[4:]]
    order = list(Contact.Kind.values)
    assert kinds == sorted(kinds, key=order.index)
    national = [key for key in keys[4:] if contact_of(key).kind == "national"]
    assert national[0] == "papyrus"


@pytest.mark.parametrize(
    ("today", "checked", "is_due"),
    [
        (date(2026, 12, 14), date(2026, 12, 1), False),  # too early for Christmas
        (date(2026, 12, 15), date(2026, 12, 14), True),
        (date(2026, 12, 24), date(2026, 12, 15), False),  # checked for it
        (CHRISTMAS, date(2026, 12, 1), True),
        (date(2026, 12, 27), date(2026, 12, 20), False),  # for the holiday of the 28th, checked near enough
    ],
)
def test_what_is_monthly_is_due_before_a_bank_holiday(today: date, checked: date, is_due: bool) -> None:
    Contact.objects.update(next_check=date(2030, 1, 1), checked=checked)
    due = keys_due(today)
    assert ("mash" in due) is is_due
    assert "samaritans" not in due
    assert {contact_of(key).kind for key in due} <= {"emergency", "local"}


# --- The page -----------------------------------------------------------------------------------------------------


def test_it_says_what_to_ring_what_to_ask_and_who_looked_last(editor: Any) -> None:
    make_due("childline", days=3)
    card = card_of(text_of(editor.get(LIST)), "childline")
    childline = contact_of("childline")
    for said in ("Overdue", 'href="tel:08001111"', childline.hours_words, childline.source, childline.cannot):
        assert said in card
    assert "nobody has noted a check here" in card
    assert "Rang it, it is right" in card


def test_nobody_is_told_to_ring_an_emergency_line(editor: Any) -> None:
    make_due("police-999")
    card = card_of(text_of(editor.get(LIST)), "police-999")
    assert "Do not ring to try it." in card
    assert 'value="rang"' not in card
    assert "Call 999" in card
    assert "tel:" not in card
    assert 'value="seen"' in card


def test_the_menu_and_the_first_page_say_how_many_there_are(editor: Any, sign_in: Any) -> None:
    make_due("childline", "shout")
    first = text_of(editor.get("/cms/"))
    assert "Check these (2)" in first
    assert "2 contacts to check today" in first
    writer = sign_in("writer")
    assert "Check these" not in text_of(writer.get("/cms/"))
    assert writer.get(LIST).headers["Location"] == "/cms/"


def test_the_page_costs_the_same_however_much_is_due(editor: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert editor.get(LIST).status_code == 200
        return len(asked)

    make_due("childline", "shout")
    few = queries()
    template = contact_of("shout")
    names = [field.name for field in Contact._meta.concrete_fields if field.name not in ("id", "key")]
    values = {name: getattr(template, name) for name in names}
    Contact.objects.bulk_create(Contact(key=f"copy-{number}", **values) for number in range(300))
    assert checking.to_check(timezone.localdate()).count() > 300
    assert queries() <= few


# --- One tap ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("what", "said"), [("rang", "Rang it"), ("seen", "Looked at their own page")])
@pytest.mark.parametrize(("key", "months"), [("mash", 1), ("childline", 3)])
def test_one_tap_dates_it_and_says_who_and_how(editor: Any, key: str, months: int, what: str, said: str) -> None:
    make_due(key, days=5)
    assert tap(editor, key, what).headers["Location"] == LIST
    contact, today = contact_of(key), timezone.localdate()
    assert contact.checked == today
    assert (contact.next_check.year - today.year) * 12 + contact.next_check.month - today.month == months
    [entry] = log_of(key, "phoenix.checked")
    assert (entry.user.username, entry.data["how"]) == ("editor", what)
    page = text_of(editor.get(f"{LIST}{contact.pk}/"))
    assert f"editor: {said}: it is right" in page
    assert key not in keys_due(today)


def test_the_second_tap_of_one_person_is_not_noted_twice(editor: Any) -> None:
    make_due("childline")
    for _ in range(2):
        tap(editor, "childline", "rang")
    assert log_of("childline", "phoenix.checked").count() == 1


def test_a_mistake_is_taken_back(editor: Any) -> None:
    make_due("childline", days=5)
    before = contact_of("childline")
    tap(editor, "childline", "rang")
    [entry] = log_of("childline", "phoenix.checked")
    address = f"{LIST}undo/{entry.uuid}/"
    assert address in text_of(editor.get(LIST))
    form = editor.fields_of("/cms/account/", "csrfmiddlewaretoken")
    assert editor.post(address, form).status_code == 302
    after = contact_of("childline")
    assert (after.checked, after.next_check) == (before.checked, before.next_check)
    assert log_of("childline", "phoenix.check_undone").count() == 1
    page = text_of(editor.get(LIST))
    assert address not in page
    assert "nobody has noted a check here" in card_of(page, "childline")
    # A second time changes nothing.
    tap(editor, "childline", "seen")
    editor.post(address, editor.fields_of("/cms/account/", "csrfmiddlewaretoken"))
    assert contact_of("childline").checked == timezone.localdate()


def test_who_could_not_be_reached_is_asked_again_tomorrow(editor: Any) -> None:
    make_due("childline")
    tap(editor, "childline", "not_reached")
    assert log_of("childline", "phoenix.not_reached").count() == 1
    page = text_of(editor.get(LIST))
    assert page.index("Tried today: ask again tomorrow") < page.index(f'id="contact-{contact_of("childline").pk}"')
    assert "childline" in keys_due(timezone.localdate() + timedelta(days=1))
    Contact.objects.filter(key="childline").update(live=True)
    log_of("childline", "phoenix.not_reached").update(timestamp=timezone.now() - timedelta(days=1))
    assert "Tried today" not in text_of(editor.get(LIST))


@pytest.mark.parametrize("what", ["", "fine", "rang\x00"])
def test_other_answers_are_not_found(editor: Any, what: str) -> None:
    assert tap(editor, "childline", what).status_code == 404
    assert not log_of("childline", "phoenix.checked")


def test_writers_note_nothing(sign_in: Any) -> None:
    make_due("childline", days=5)
    tap(sign_in("writer"), "childline", "rang")
    assert not log_of("childline", "phoenix.checked")


def test_a_draft_that_waits_keeps_the_dates_of_the_check(editor: Any, colleague: Any) -> None:
    make_due("childline")
    address = f"/cms/snippets/resources/contact/edit/{contact_of('childline').pk}/"
    form = editor.form(address, contact_of("childline"), "about")
    editor.save(address, form, publish=False, about="Words that one person wrote.")
    tap(editor, "childline", "rang")
    assert contact_of("childline").about != "Words that one person wrote."
    colleague.publish(address)
    after = contact_of("childline")
    assert (after.about, after.checked) == ("Words that one person wrote.", timezone.localdate())


@pytest.fixture
def colleague(editor: Any) -> Any:
    return editor.colleague


def test_the_history_says_honestly_where_a_record_comes_from(editor: Any) -> None:
    page = text_of(editor.get(f"{LIST}{contact_of('childline').pk}/"))
    assert "Loaded from the file contacts.yaml, where it was checked on 21 November 2026. Source:" in page


# --- Hiding ---------------------------------------------------------------------------------------------------------


def hide_address(key: str) -> str:
    return f"/cms/snippets/resources/contact/unpublish/{contact_of(key).pk}/"


def hide(person: Any, key: str, **answers: str) -> Any:
    form = person.fields_of(hide_address(key), "reason")
    form.update(answers)
    return person.post(hide_address(key), form)


REASON = "It rings somebody else since this morning."


def test_one_person_hides_a_number_and_says_why(editor: Any, client: Client) -> None:
    assert "116 123" in text_of(client.get("/find-help/"))
    assert hide(editor, "samaritans", reason=REASON).status_code == 302
    assert not contact_of("samaritans").live
    assert "116 123" not in text_of(client.get("/find-help/"))
    [entry] = log_of("samaritans", "phoenix.hidden")
    assert (entry.user.username, entry.data["reason"]) == ("editor", REASON)


def test_where_a_text_named_it_readers_see_its_name_and_the_way_to_find_help(editor: Any, client: Client) -> None:
    address = "/young-people/talk-to-someone/"
    before = text_of(client.get(address))
    assert "tel:08001111" in before
    hide(editor, "childline", reason=REASON, sure="on")
    after = text_of(client.get(address))
    assert "tel:08001111" not in after
    assert '<a href="/find-help/">Childline</a>' in after


@pytest.mark.parametrize("answers", [{}, {"reason": "wrong"}], ids=["nothing", "too short"])
def test_without_a_reason_it_stays(editor: Any, answers: dict[str, str]) -> None:
    assert hide(editor, "samaritans", **answers).status_code == 200
    assert contact_of("samaritans").live


@pytest.mark.parametrize("key", ["police-999", "police-101", "mash", "childline"])
def test_what_nobody_should_miss_is_hidden_after_a_second_question(editor: Any, key: str) -> None:
    page = text_of(editor.get(hide_address(key)))
    assert "One of the numbers that people need".lower() in page.lower()
    assert "Find help" in page
    assert hide(editor, key, reason=REASON).status_code == 200
    assert contact_of(key).live
    assert hide(editor, key, reason=REASON, sure="on").status_code == 302
    assert not contact_of(key).live
    assert key in str(what_is_never_hidden_is_live(databases=["default"]))


def test_what_nobody_should_miss_cannot_be_deleted(editor: Any) -> None:
    address = f"/cms/snippets/resources/contact/delete/{contact_of('childline').pk}/"
    editor.post(address, editor.fields_of("/cms/account/", "csrfmiddlewaretoken"))
    assert contact_of("childline").live


def test_writers_hide_nothing(sign_in: Any) -> None:
    writer = sign_in("writer")
    form = writer.fields_of("/cms/account/", "csrfmiddlewaretoken")
    form["reason"] = REASON
    writer.post(hide_address("samaritans"), form)
    assert contact_of("samaritans").live


# --- Overdue -------------------------------------------------------------------------------------------------------


def test_nothing_is_hidden_for_being_overdue(client: Client) -> None:
    Contact.objects.filter(live=True).update(next_check=date(2020, 1, 1), checked=date(2019, 12, 1))
    live = set(Contact.objects.filter(live=True).values_list("key", flat=True))
    for command in ("publish_scheduled", "remind"):
        call_command(command)
    assert set(Contact.objects.filter(live=True).values_list("key", flat=True)) == live
    page = text_of(client.get("/find-help/"))
    for key in ("police-101", "mash", "childline"):
        assert contact_of(key).ways[0].value in page
    assert "1 December 2019" in page


def test_the_check_is_quiet_while_all_are_there() -> None:
    assert what_is_never_hidden_is_live(databases=["default"]) == []
