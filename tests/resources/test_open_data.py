"""The list of services as data: what readers see, no more, for any site that wants it."""

import datetime
import json
from typing import Any

import pytest
from django.test import Client

from resources.models import Contact
from resources.open_data import described
from tests.resources.conftest import at

pytestmark = pytest.mark.django_db
ADDRESS = "/contacts.json"


def listed(client: Client) -> dict[str, dict[str, Any]]:
    """The services of the answer by their keys."""
    return {entry["identifier"]: entry for entry in client.get(ADDRESS).json()["@graph"]}


def test_it_lists_what_readers_see_and_no_draft(client: Client) -> None:
    live = Contact.objects.filter(live=True).exclude(kind="site").values_list("key", flat=True)
    assert list(listed(client)) == list(live)
    text = client.get(ADDRESS).content.decode()
    for draft in Contact.objects.filter(live=False):
        assert draft.source not in text


def test_a_service_has_its_numbers_hours_limits_and_the_day_it_was_checked(client: Client) -> None:
    mash = listed(client)["mash"]
    record = Contact.objects.get(key="mash")
    assert [point.get("telephone") or point["email"] for point in mash["contactPoint"]] == [
        block.value for block in record.ways
    ]
    weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday"]
    first = mash["contactPoint"][0]["hoursAvailable"][0]
    assert first == {"@type": "OpeningHoursSpecification", "dayOfWeek": weekdays, "opens": "08:45", "closes": "17:00"}
    assert (mash["hoursAreSure"], mash["bankHolidays"]) == (True, "closed")
    assert mash["limits"] == record.cannot
    assert datetime.date.fromisoformat(mash["checked"]) == record.checked
    assert datetime.date.fromisoformat(mash["nextCheck"]) == record.next_check


def test_hours_that_nobody_is_sure_of_are_words_alone(client: Client) -> None:
    childline = listed(client)["childline"]
    assert childline["hoursAreSure"] is False
    assert childline["hoursInWords"] == "Day or night"
    assert "hoursAvailable" not in str(childline)


def test_special_hours_of_a_night_and_bank_holidays_are_told(client: Client) -> None:
    [evening, *_] = [
        hours
        for hours in listed(client)["mash-night"]["contactPoint"][0]["hoursAvailable"]
        if hours.get("description") == "only if a child is at risk tonight"
    ]
    assert (evening["opens"], evening["closes"]) == ("00:00", "09:00")
    assert evening["dayOfWeek"][-2:] == ["Sunday", "PublicHolidays"]


def test_single_dates_are_told_and_a_closed_one_opens_and_closes_at_once(service: Any) -> None:
    special = ({"day": "2026-12-24", "since": "09:00", "until": "", "words": "Christmas Eve"},)
    special += ({"day": "2026-12-31", "since": "", "until": "", "words": ""},)
    line = service("line", ("call", "999"), hours=["mon 09:00-17:00"], special_hours=special)
    _, eve, closed = described(line, "")["contactPoint"][0]["hoursAvailable"]
    assert (eve["validFrom"], eve["opens"], eve["closes"]) == ("2026-12-24", "09:00", "23:59:59")
    assert (closed["validThrough"], closed["opens"], closed["closes"]) == ("2026-12-31", "00:00", "00:00")
    assert line.week.state(at("2026-12-31 10:00")).is_open is False


def test_any_site_may_read_it_and_nothing_comes_along(client: Client) -> None:
    response = client.get(ADDRESS, headers={"origin": "https://school.example"})
    assert response.headers["Content-Type"] == "application/ld+json; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "no-cache" in response.headers["Cache-Control"]
    assert not response.cookies
    assert client.post(ADDRESS).status_code == 405


def test_it_is_sent_again_when_a_record_changed_and_not_before(client: Client) -> None:
    tag = {"if-none-match": client.get(ADDRESS).headers["ETag"]}
    assert client.get(ADDRESS, headers=tag).status_code == 304
    Contact.objects.filter(key="mash").update(cost="Free")
    assert client.get(ADDRESS, headers=tag).status_code == 200


@pytest.mark.parametrize("words", ["?for=young", "?" + "x" * 10_000, "?a=%00%ff", "?%e2%80%ae=1"])
def test_what_stands_behind_the_address_changes_nothing(client: Client, words: str) -> None:
    assert client.get(ADDRESS + words).content == client.get(ADDRESS).content


def test_it_is_read_in_two_queries_however_many_there_are(client: Client, django_assert_num_queries: Any) -> None:
    client.get(ADDRESS)
    for number in range(300):
        Contact.objects.create(
            key=f"c-{number}",
            name="C",
            for_whom="Anyone",
            number_confidence="H",
            source="x",
            website="https://c.example/",
        )
    with django_assert_num_queries(2):
        found = json.loads(client.get(ADDRESS).content)
    assert len(found["@graph"]) > 300
