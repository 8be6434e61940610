"""Reminders, over a real SMTP conversation: one mail a person, at most one a day, nobody forgotten."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.utils import timezone

from home.models import LastReminder
from home.publishing.roles import EDITORS
from resources.models import Contact
from tests.home.publishing.conftest import KINDS, edit_address, record_of
from tests.mailbox import Mailbox

pytestmark = pytest.mark.django_db


def texts_in(mailbox: Mailbox) -> dict[str, str]:
    """What each person got; fails if somebody got two."""
    mails = mailbox.mails()
    found = {mail["To"]: f"{mail['Subject']}\n{mail.get_content()}" for mail in mails}
    assert len(found) == len(mails)
    return found


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """Two editors and somebody who owns pages without being one."""
    made = {name: User.objects.create(username=name, email=f"{name}@council.example") for name in ("ada", "ben", "cy")}
    for name in ("ada", "ben"):
        made[name].groups.add(Group.objects.get(name=EDITORS))
    for kind in ("guidance", "law", "contact"):
        model = KINDS[kind][0]
        model.objects.update(**{model.review_field: None})
    return made


def set_due(kind: str, day: date, owner: User | None) -> Any:
    record = record_of(kind)
    setattr(record, record.review_field, day)
    record.review_owner = owner
    record.save(update_fields=[record.review_field, "review_owner"])
    return record


def run() -> str:
    said = StringIO()
    call_command("remind", stdout=said)
    return said.getvalue()


def test_an_owner_gets_one_mail_with_everything(mailbox: Mailbox, people: dict[str, User], settings: Any) -> None:
    today = timezone.localdate()
    law = set_due("law", today - timedelta(days=10), people["cy"])
    page = set_due("guidance", today, people["cy"])
    contact = set_due("contact", today + timedelta(days=20), people["cy"])
    assert run() == "1 reminded.\n"
    [(to, text)] = texts_in(mailbox).items()
    assert to == "cy@council.example"
    assert "3 pages or contacts to look at again" in text
    overdue, now, soon = (text.index(words) for words in ("Overdue:", "Due today:", "Due in the next 30 days:"))
    assert overdue < text.index(law.title) < now < text.index(page.title) < soon < text.index(contact.name)
    for record in (law, page, contact):
        assert f"{settings.ADDRESS}{edit_address(record)}" in text
    assert "/mash/" not in text


def test_what_belongs_to_nobody_goes_to_all_editors_with_their_own(mailbox: Mailbox, people: dict[str, User]) -> None:
    today = timezone.localdate()
    law, page = set_due("law", today, None), set_due("guidance", today, people["ada"])
    run()
    texts = texts_in(mailbox)
    assert set(texts) == {"ada@council.example", "ben@council.example"}
    assert law.title in texts["ada@council.example"]
    assert page.title in texts["ada@council.example"]
    assert law.title in texts["ben@council.example"]
    assert page.title not in texts["ben@council.example"]


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_who_cannot_be_reached_is_stood_in_for(
    mailbox: Mailbox, people: dict[str, User], change: dict[str, Any]
) -> None:
    User.objects.filter(username="cy").update(**change)
    set_due("law", timezone.localdate(), people["cy"])
    run()
    assert set(texts_in(mailbox)) == {"ada@council.example", "ben@council.example"}


def test_never_twice_the_same_day_and_again_on_another(mailbox: Mailbox, people: dict[str, User]) -> None:
    set_due("law", timezone.localdate(), people["cy"])
    assert run() == "1 reminded.\n"
    assert run() == "0 reminded.\n"
    assert len(mailbox.arrived) == 1
    LastReminder.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert run() == "1 reminded.\n"
    assert len(mailbox.arrived) == 2


def test_one_address_that_fails_stops_nobody_else_and_is_tried_again(mailbox: Mailbox, people: dict[str, User]) -> None:
    set_due("law", timezone.localdate(), None)
    mailbox.refused = {"ada@council.example"}
    with pytest.raises(CommandError, match="1 could not be reminded"):
        run()
    assert set(texts_in(mailbox)) == {"ben@council.example"}
    mailbox.refused = set()
    run()
    assert set(texts_in(mailbox)) == {"ada@council.example", "ben@council.example"}


def test_before_a_bank_holiday_the_first_numbers_are_asked_for(
    mailbox: Mailbox, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    today = date(2026, 12, 16)
    monkeypatch.setattr(timezone, "localdate", lambda: today)
    Contact.objects.update(checked=date(2026, 12, 1), next_check=date(2027, 1, 1))
    Contact.objects.filter(key="childline").update(next_check=date(2026, 12, 20))
    Contact.objects.filter(key="mash").update(checked=date(2026, 12, 15))
    run()
    [text, other] = texts_in(mailbox).values()
    assert text == other
    first = text[text.index("Before the bank holiday on Friday 25 December:") : text.index("Due in the next 30 days:")]
    later = text[text.index("Due in the next 30 days:") :]
    names = dict(Contact.objects.values_list("key", "name"))
    assert names["police-101"] in first
    assert f"- {names['police-101']}" not in later
    assert f"- {names['mash']}" + "\n" not in first
    assert f"- {names['childline']}, by" in later
    assert "/cms/check-these/" in text


def test_nothing_due_is_no_mail(mailbox: Mailbox, people: dict[str, User]) -> None:
    assert run() == "0 reminded.\n"
    assert mailbox.arrived == []
    assert Contact.objects.filter(live=True).exists()
