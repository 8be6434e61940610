"""What somebody sends to two senior people: offered while they can get it, and never sent to others unasked."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from config.demo.node import node
from reporting.delivery.mail import mail_for
from reporting.inbox.keys import put_in_use, usable_keys
from reporting.inbox.models import Officer, Report, SealingKey, Slot
from reporting.inbox.models.key import RESTRICTED_INBOX
from reporting.sealing import as_text, build, seal

pytestmark = pytest.mark.django_db
STORY = {"danger": "no", "story": "The grey car belongs to somebody who works here."}
ASKED = "Should only two senior people see this?"


@pytest.fixture
def offered(keys_in_use: None, demo_keys: Path, settings: Any) -> SealingKey:
    """The restricted inbox can be chosen: key, mailbox, and two people who hold the key."""
    if not (demo_keys / "restricted-key.asc").exists():
        node("reporting/inbox/demo_keys.mjs", str(demo_keys), "restricted")
    settings.RESTRICTED_MAIL_TO = "senior@demo.example"
    key = put_in_use("inbox", (demo_keys / "restricted-public.asc").read_text(), RESTRICTED_INBOX)
    for name in ("senior", "deputy"):
        user = User.objects.create_user(name)
        officer = Officer.objects.create(user=user, fingerprint=name, public_key="", locked_key="")
        Slot.objects.create(officer=officer, key=key, sealed="")
    return key


def visible(page: str) -> bool:
    """Whether the question stands on the page for a reader."""
    assert ASKED in page, "it is always in the document, so that both ways seal the same"
    return "data-not-offered" not in page


def test_it_is_asked_while_two_people_can_get_it(client: Client, offered: SealingKey) -> None:
    assert visible(client.get("/tell-us/questions/").content.decode())


@pytest.mark.parametrize("missing", ["a holder", "the mailbox", "the key"])
def test_it_is_not_asked_while_anything_of_it_is_missing(
    client: Client, offered: SealingKey, settings: Any, missing: str
) -> None:
    if missing == "a holder":
        Slot.objects.first().delete()
    elif missing == "the mailbox":
        settings.RESTRICTED_MAIL_TO = ""
    else:
        SealingKey.objects.filter(pk=offered.pk).update(in_use=False)
    assert not visible(client.get("/tell-us/questions/").content.decode())


def check_page(client: Client, **answers: str) -> dict[str, str]:
    """What the check page would send."""
    page = client.post("/tell-us/questions/", STORY | {"offered": "restricted"} | answers)
    assert page.status_code == 200
    fields = {"token": page.context["token"], "words": page.context["words"], "offered": "restricted"}
    return STORY | answers | fields


def test_without_script_it_goes_to_their_key_and_their_mailbox(client: Client, offered: SealingKey) -> None:
    response = client.post("/tell-us/send/", check_page(client, restricted="yes"))
    assert response.status_code == 200
    report = Report.objects.get()
    assert report.inbox == RESTRICTED_INBOX
    letter = report.letters.get()
    assert letter.key_fingerprints.split() == [key.fingerprint for key in usable_keys(RESTRICTED_INBOX)]
    assert mail_for(letter).to == ["senior@demo.example"]


@pytest.mark.parametrize("answer", ["no", ""])
def test_otherwise_it_goes_to_the_team(client: Client, offered: SealingKey, answer: str) -> None:
    client.post("/tell-us/send/", check_page(client, restricted=answer))
    letter = Report.objects.get().letters.get()
    assert letter.key_fingerprints.split() == [key.fingerprint for key in usable_keys()]
    assert mail_for(letter).to == ["mash@demo.example"]


def test_if_they_cannot_get_it_any_more_the_person_is_asked_and_nothing_is_sent(
    client: Client, offered: SealingKey
) -> None:
    sending = check_page(client, restricted="yes")
    SealingKey.objects.filter(pk=offered.pk).update(in_use=False)
    response = client.post("/tell-us/send/", sending)
    assert response.status_code == 422
    page = response.content.decode()
    assert "cannot get it through this form just now" in page
    assert STORY["story"] in page
    assert visible(page)
    assert not Report.objects.exists()


def test_what_a_browser_seals_to_them_is_theirs(client: Client, offered: SealingKey) -> None:
    given = json.loads(client.get("/tell-us/keys/").content)
    assert set(given["inboxes"]) == {"main", "restricted"}
    assert given["inboxes"]["restricted"]["recipient"] == "senior@demo.example"
    entity = build(
        {"schema": 1, "answers": []}, as_text([]), subject="x", sender="a@demo.example", recipient="b@demo.example"
    )
    sealed = seal(entity, usable_keys(RESTRICTED_INBOX), now=timezone.now())
    response = client.post(
        "/tell-us/sealed/",
        data=sealed.pkesk + sealed.body,
        content_type="application/pgp-encrypted",
        headers={"Phoenix-Token": given["token"], "Phoenix-Danger": "no", "Sec-Fetch-Site": "same-origin"},
    )
    assert response.status_code == 200
    assert Report.objects.get().inbox == RESTRICTED_INBOX


def test_sealed_to_both_teams_it_is_refused(client: Client, offered: SealingKey) -> None:
    given = json.loads(client.get("/tell-us/keys/").content)
    keys = [usable_keys()[0], usable_keys(RESTRICTED_INBOX)[0]]
    entity = build(
        {"schema": 1, "answers": []}, as_text([]), subject="x", sender="a@demo.example", recipient="b@demo.example"
    )
    sealed = seal(entity, keys, now=timezone.now())
    response = client.post(
        "/tell-us/sealed/",
        data=sealed.pkesk + sealed.body,
        content_type="application/pgp-encrypted",
        headers={"Phoenix-Token": given["token"], "Phoenix-Danger": "no", "Sec-Fetch-Site": "same-origin"},
    )
    assert response.status_code == 422
    assert not Report.objects.exists()
