"""Contact records: what we are not sure of never goes live, whichever way it tries."""

import datetime
import html
import re
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.test import Client

from resources.blocks import HoursBlock, SpanBlock, WaysBlock
from resources.models import Confidence, Contact

Records = list[dict[str, Any]]
#: Found in no source, or in an old or second-hand one: drafts until somebody rings.
DRAFTS = {
    "bsl-999",
    "relay-uk",
    "emerald",
    "sarc",
    "childrens-sarc",
    "horizon",
    "lado",
    "the-mix",
    "shore",
    "ivison-trust",
    "marie-collins",
    "victim-support",
    "rape-crisis",
    "nwg",
    "dorset-phone",
    "bcp",
    "bcp-night",
    "south-gloucestershire",
    "south-gloucestershire-night",
}


# --- The shipped records ----------------------------------------------------------------------------------------


def test_the_shipped_records_that_nobody_is_sure_of_are_drafts(shipped: Records) -> None:
    assert {record["key"] for record in shipped if not record["live"]} >= DRAFTS
    for record in shipped:
        if record["number_confidence"] != "H":
            assert record["live"] is False, record["key"]


@pytest.mark.django_db
def test_the_loaded_records_are_as_sure_as_the_shipped_ones(shipped: Records) -> None:
    loaded = {contact.key: (contact.live, contact.number_confidence) for contact in Contact.objects.all()}
    assert loaded == {record["key"]: (record["live"], record["number_confidence"]) for record in shipped}
    assert set(Contact.objects.filter(live=True).values_list("number_confidence", flat=True)) == {"H"}


def test_every_record_says_where_it_was_seen_and_when(shipped: Records) -> None:
    for record in shipped:
        assert record["source"], record["key"]
        assert isinstance(record["checked"], datetime.date), record["key"]


@pytest.mark.django_db
def test_every_record_is_due_to_be_checked_again() -> None:
    for contact in Contact.objects.all():
        months = 1 if contact.kind in ("emergency", "local") else 3
        assert contact.next_check == contact.checked + relativedelta(months=months), contact


def test_every_record_can_be_reached_and_says_whom_it_is_for(shipped: Records) -> None:
    for record in shipped:
        assert record.get("ways") or record.get("website"), record["key"]
        assert record["for_whom"], record["key"]
        assert set(record["audiences"]) <= {"young", "parents", "professionals", "councillors"}, record["key"]


def test_the_contacts_that_the_code_has_to_know_are_live(shipped: Records, settings: Any) -> None:
    live = {record["key"] for record in shipped if record["live"]}
    assert {settings.EMERGENCY_CONTACT, settings.TEAM_CONTACT} <= live


def test_the_mistyped_number_of_the_source_paper_stands_nowhere(shipped: Records) -> None:
    assert not re.search(r"0300 ?456 ?108\b|0845 ?6070 ?888", str(shipped))


@pytest.mark.django_db
def test_no_draft_is_shown_to_anyone(client: Client, shipped: Records) -> None:
    page = html.unescape(client.get("/find-help/").content.decode())
    live = [record for record in shipped if record["live"]]
    assert sorted(re.findall(r'<h3 itemprop="name">(.*?)</h3>', page)) == sorted(record["name"] for record in live)
    known = {str(way) for record in live for entry in record.get("ways", []) for way in entry.values()}
    for record in shipped:
        for entry in record.get("ways", []):
            for way in set(map(str, entry.values())) - known:
                assert way not in page, record["key"]


@pytest.mark.django_db
def test_open_now_is_said_only_of_hours_that_we_are_sure_of(client: Client, shipped: Records) -> None:
    page = html.unescape(client.get("/find-help/").content.decode())
    cards = dict(
        re.findall(r'<li class="card ct"[^>]*><h3[^>]*>(.*?)</h3>(.*?)</li>\s*(?=<li class="card|</ul>)', page, re.S)
    )
    for record in shipped:
        hours = record["hours"]
        if not record["live"]:
            continue
        sure = hours["confidence"] == "H" and bool(hours.get("always") or hours.get("weekly"))
        card = cards[record["name"]]
        assert bool(re.search("Open now|Closed", card)) is sure, record["key"]
        if not sure and hours.get("words"):
            assert "Check their page for times." in card, record["key"]


# --- What refuses -----------------------------------------------------------------------------------------------


def record(**changes: Any) -> Contact:
    """A live record that is as it should be, but for the changes."""
    values: dict[str, Any] = {
        "key": "line",
        "name": "Line",
        "for_whom": "Anyone",
        "kind": "national",
        "number_confidence": "H",
        "source": "their own page",
        "website": "https://line.example/",
        "live": True,
    }
    return Contact(**values | changes)


@pytest.mark.django_db
def test_a_number_that_we_are_sure_of_goes_live() -> None:
    record().save()
    assert Contact.objects.get(key="line").live


@pytest.mark.django_db
@pytest.mark.parametrize("confidence", [Confidence.MEDIUM, Confidence.LOW, ""])
def test_a_live_record_needs_a_number_that_we_are_sure_of(confidence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        record(number_confidence=confidence).save()
    assert refused.value.message_dict == {"number_confidence": [Contact.NOT_SURE]}
    assert not Contact.objects.filter(key="line").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("confidence", [Confidence.MEDIUM, Confidence.LOW])
def test_a_draft_may_be_as_doubtful_as_it_is(confidence: str) -> None:
    record(number_confidence=confidence, live=False).save()
    assert not Contact.objects.get(key="line").live


@pytest.mark.django_db
def test_a_doubtful_draft_cannot_be_published_by_code_either() -> None:
    contact = Contact.objects.get(key="emerald")
    with pytest.raises(ValidationError, match="stays a draft"):
        contact.save_revision().publish()
    assert not Contact.objects.get(key="emerald").live


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [None, ["number_confidence"], ["live"]])
def test_a_live_record_cannot_become_doubtful(fields: list[str] | None) -> None:
    contact = Contact.objects.get(key="samaritans")
    contact.number_confidence = Confidence.MEDIUM
    with pytest.raises(ValidationError):
        contact.save(update_fields=fields)
    assert Contact.objects.get(key="samaritans").number_confidence == "H"


@pytest.mark.django_db
def test_a_doubt_is_kept_as_a_draft_while_the_old_number_stays_live() -> None:
    contact = Contact.objects.get(key="samaritans")
    contact.number_confidence = Confidence.MEDIUM
    contact.save_revision()
    kept = Contact.objects.get(key="samaritans")
    assert (kept.live, kept.number_confidence, kept.has_unpublished_changes) == (True, "H", True)


@pytest.mark.django_db
def test_keys_are_each_only_once() -> None:
    with pytest.raises(ValidationError) as refused:
        record(key="childline").full_clean()
    assert "key" in refused.value.message_dict


def test_a_record_needs_a_way_to_be_reached() -> None:
    with pytest.raises(ValidationError, match="Give at least one way"):
        record(website="").clean()


# --- Its parts --------------------------------------------------------------------------------------------------


def accepted(block: Any, stored: Any) -> bool:
    try:
        block.clean(block.to_python(stored))
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "value", "good"),
    [
        ("call", "0300 456 0108", True),
        ("call", "0300 456108", False),
        ("relay", "18001 101", True),
        ("relay", "18001", False),
        ("text", {"number": "85258", "word": "SHOUT"}, True),
        ("text", {"number": "SHOUT", "word": ""}, False),
        ("chat", "https://chat.example/", True),
        ("chat", "javascript:alert(1)", False),
        ("online", "not an address", False),
        ("email", "somebody@line.example", True),
        ("email", "somebody", False),
    ],
)
def test_a_way_to_reach_a_service_has_to_work(kind: str, value: Any, good: bool) -> None:
    assert accepted(WaysBlock(), [{"type": kind, "value": value}]) is good


@pytest.mark.parametrize(
    ("since", "until", "good"),
    [
        ("09:00", "17:00", True),
        ("00:00", "09:00", True),
        ("17:00", None, True),
        ("17:00", "09:00", False),
        ("09:00", "09:00", False),
        ("17:00", "00:00", False),
    ],
)
def test_hours_end_after_they_begin_and_at_midnight_at_the_latest(since: str, until: str | None, good: bool) -> None:
    span = {"days": ["mon"], "since": since, "until": until, "words": ""}
    assert accepted(SpanBlock(), span) is good
    assert accepted(HoursBlock(), [{"type": "span", "value": span}]) is good


def test_hours_need_a_day() -> None:
    assert not accepted(SpanBlock(), {"days": [], "since": "09:00", "until": "17:00", "words": ""})
