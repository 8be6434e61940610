"""What readers meet when the form closes or reading is slow: numbers before anyone types, and no word lost after."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from reporting.inbox.models import Letter, Officer, Pause, Report, SealingKey
from tests.reporting.concern.conftest import Told, text_of, token_on
from tests.reporting.concern.way_back import ADD, MORE, REPLY, added, opened, shows

pytestmark = pytest.mark.django_db
CANARY = "canary violet teapot"
PAGES = ("/tell-us/", "/tell-us/before-you-start/", "/tell-us/questions/")
Close = Callable[[], None]


def pause() -> None:
    user = User.objects.create_user("manager")
    # Placeholders for the officer's own keys.
    officer = Officer.objects.create(user=user, fingerprint="1" * 40, public_key="-", locked_key="-")
    Pause.objects.create(officer=officer, reason="nobody", since=timezone.now())


def nobody_opens() -> None:
    Report.objects.create(reference="A2-001", received_hour=timezone.now() - timedelta(days=20), danger=False)


@pytest.fixture(params=[pause, nobody_opens], ids=["pause", "nobody opens"])
def close(request: pytest.FixtureRequest, settings: Any) -> Close:
    """A function that closes the form."""
    settings.CLOSE_AFTER_WORKING_DAYS = 2
    function: Close = request.param
    return function


def has_numbers(page: str) -> bool:
    """The emergency number, and the team or whoever stands in at this hour."""
    return "tel:999" in page and "tel:03004560" in page


def test_the_form_is_the_numbers_before_anyone_types(client: Client, keys_in_use: None, close: Close) -> None:
    close()
    for address in PAGES:
        response = client.get(address)
        page = text_of(response)
        assert response.status_code == 503
        assert "<textarea" not in page
        assert has_numbers(page)


def test_the_reply_page_says_so_before_anyone_types_and_still_opens(
    client: Client, told: Told, close: Close, write_back: Callable[..., Any]
) -> None:
    write_back("We are looking into it.")
    assert not shows(client.get(REPLY), "cannot-add")
    close()
    first = client.get(REPLY)
    assert shows(first, "cannot-add")
    assert has_numbers(text_of(first))
    conversation = opened(client, told.words)
    assert "We are looking into it." in text_of(conversation)
    assert shows(conversation, "call-instead")
    assert not shows(conversation, "adding")
    assert has_numbers(text_of(conversation))


def test_who_was_writing_is_told_and_loses_nothing(client: Client, keys_in_use: None, close: Close) -> None:
    check = client.post("/tell-us/questions/", {"story": CANARY})
    close()
    response = client.post("/tell-us/send/", {"story": CANARY, "token": token_on(check)})
    page = text_of(response)
    assert response.status_code == 503
    assert "We did not get it" in page
    assert "The form closed while you were writing. Nothing was sent" in page
    assert CANARY in page
    assert has_numbers(page)
    assert not Letter.objects.exists()
    # The page can still send it, once the form is open.
    Pause.objects.all().delete()
    Report.objects.all().delete()
    assert client.post("/tell-us/send/", {"story": CANARY, "token": token_on(response)}).status_code == 200


def test_who_was_adding_is_told_and_loses_nothing(client: Client, told: Told, close: Close) -> None:
    token = token_on(opened(client, told.words))
    close()
    response = client.post(ADD, {"words": told.words, "token": token, "text": MORE})
    page = text_of(response)
    assert response.status_code == 503
    assert "We did not get it" in page
    assert "The form closed while you were writing" in page
    assert MORE in page
    assert has_numbers(page)
    assert not Letter.objects.filter(kind=Letter.Kind.ADDITION).exists()
    Pause.objects.all().delete()
    Report.objects.exclude(pk=told.report.pk).delete()
    assert added(client, told).status_code == 200


def test_browsers_that_seal_are_told_that_it_is_closed(client: Client, told: Told, close: Close, sealed: Any) -> None:
    token = client.get("/tell-us/keys/").json()["token"]
    close()
    body = sealed.pkesk + sealed.body
    headers = {"Phoenix-Token": token, "Phoenix-Lookup": told.lookup}
    answers = [client.get("/tell-us/keys/")] + [
        client.post(address, body, content_type="application/pgp-encrypted", headers=headers)
        for address in ("/tell-us/sealed/", "/tell-us/reply/sealed/")
    ]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(503, {"closed": True})] * 3
    assert Letter.objects.count() == 1


def test_no_page_of_the_form_asks_the_database_more_than_once_for_it(
    client: Client, keys_in_use: None, django_assert_max_num_queries: Any, settings: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.CLOSE_AFTER_WORKING_DAYS, settings.SLOW_AFTER_WORKING_DAYS = 2, 1
    Report.objects.create(reference="A2-001", received_hour=timezone.now() - timedelta(hours=1), danger=False)
    for address in PAGES:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address)
        assert sum("inbox_" in query["sql"] for query in asked) == 1


# --- Slow reading ---------------------------------------------------------------------------------------------------


def test_slow_reading_asks_people_to_ring_above_the_first_box(client: Client, keys_in_use: None, settings: Any) -> None:
    settings.SLOW_AFTER_WORKING_DAYS = 1
    assert "Reading is slow" not in text_of(client.get("/tell-us/questions/"))
    nobody_opens()
    for address in ("/tell-us/", "/tell-us/questions/"):
        page = text_of(client.get(address))
        notice, _, rest = page.partition('id="slow"')[2].partition("</section>")
        assert "please ring" in notice
        assert "tel:03004560" in notice
    assert '<input type="radio"' in rest
    assert '<input type="radio"' not in page.partition('id="slow"')[0]


def test_while_reading_is_slow_no_page_says_when_we_next_read(
    client: Client, told: Told, settings: Any, write_back: Callable[..., Any]
) -> None:
    # Without a record of hours nothing would be said anyway.
    assert "We next read" in text_of(client.get("/tell-us/questions/"))
    assert "We next read" in text_of(client.post(REPLY, {"words": told.words}))
    settings.SLOW_AFTER_WORKING_DAYS = 1
    nobody_opens()
    form = client.get("/tell-us/questions/")
    assert 'name="slow"' in text_of(form)
    check = client.post("/tell-us/questions/", {"story": CANARY, "slow": "yes"})
    sent = client.post("/tell-us/send/", {"story": CANARY, "slow": "yes", "token": token_on(check)})
    way_back = client.post(REPLY, {"words": told.words})
    for page in (client.get("/tell-us/"), form, check, sent, client.get(REPLY), way_back):
        assert page.status_code == 200
        assert "We next read" not in text_of(page)
    assert "Reading is slow" in text_of(way_back)


# --- Other failures ---------------------------------------------------------------------------------------------------


def test_no_free_reference_keeps_the_words(client: Client, keys_in_use: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from reporting.inbox import receive

    monkeypatch.setattr(receive, "new_reference", lambda: "A2-001")
    Report.objects.create(id=uuid.uuid4(), reference="A2-001", received_hour=timezone.now(), danger=False)
    check = client.post("/tell-us/questions/", {"story": CANARY})
    response = client.post("/tell-us/send/", {"story": CANARY, "token": token_on(check)})
    assert response.status_code == 503
    assert "We did not get it" in text_of(response)
    assert CANARY in text_of(response)


def test_a_dead_key_is_no_pause_but_the_same_answer(client: Client, keys_in_use: None) -> None:
    SealingKey.objects.all().delete()
    assert client.get("/tell-us/keys/").json() == {"closed": True}
