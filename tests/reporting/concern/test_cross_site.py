"""Who may post to the form: what browsers, old and new, and Tor Browser send from our page and from another's."""

from typing import Any

import pytest
from django.test import Client

from reporting.concern import guard
from reporting.concern.sealed import CONTENT_TYPE
from reporting.inbox.models import Letter, Report
from reporting.sealing import SealedMessage
from tests.reporting.concern.conftest import Told, text_of

pytestmark = pytest.mark.django_db
CONCERN = {"danger": "no", "story": "canary slow river"}
OURS = "http://testserver"
OTHER = "https://elsewhere.example"
ONION = "http://2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion"

#: What a browser sends with a post from our own page.
FROM_US = {
    "Chromium, Firefox, Safari today": {"Sec-Fetch-Site": "same-origin", "Origin": OURS, "Referer": f"{OURS}/tell-us/"},
    "the same, reloaded by hand": {"Sec-Fetch-Site": "none", "Origin": "null"},
    "Tor Browser": {"Sec-Fetch-Site": "same-origin", "Origin": OURS},
    "Tor Browser, safest, no Referer": {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    "Safari 15, Chromium 75": {"Origin": OURS, "Referer": f"{OURS}/tell-us/questions/"},
    "before Sec-Fetch, privacy settings": {"Origin": "null"},
    "Firefox 60: neither": {"Referer": f"{OURS}/tell-us/questions/"},
    "Lynx: nothing at all": {},
}
#: What a browser sends with a post that another page made it send.
FROM_ELSEWHERE = {
    "today": {"Sec-Fetch-Site": "cross-site", "Origin": OTHER, "Referer": OTHER},
    "a sandboxed frame today": {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    "a neighbour's host": {"Sec-Fetch-Site": "same-site", "Origin": "http://cms.testserver"},
    "claims to be us": {"Sec-Fetch-Site": "cross-site", "Origin": OURS, "Referer": OURS},
    "before Sec-Fetch": {"Origin": OTHER},
    "another port": {"Origin": f"{OURS}:8080"},
    "plain for safe": {"Origin": "https://testserver"},
    "an onion address that is not ours": {"Origin": ONION},
    "Sec-Fetch that says nothing": {"Sec-Fetch-Site": ""},
}
each_of_ours = pytest.mark.parametrize("headers", FROM_US.values(), ids=FROM_US.keys())
each_other = pytest.mark.parametrize("headers", FROM_ELSEWHERE.values(), ids=FROM_ELSEWHERE.keys())


@each_of_ours
def test_from_our_page_every_browser_tells_without_script(
    client: Client, keys_in_use: None, headers: dict[str, str]
) -> None:
    assert client.post("/tell-us/questions/", CONCERN, headers=headers).status_code == 200
    sent = client.post("/tell-us/send/", CONCERN | {"token": guard.new_token()}, headers=headers)
    assert sent.status_code == 200
    assert Report.objects.count() == 1


@each_of_ours
def test_from_our_page_every_browser_sends_what_it_sealed(
    client: Client, sealed: SealedMessage, headers: dict[str, str]
) -> None:
    given = {"Phoenix-Token": guard.new_token()} | headers
    body = sealed.pkesk + sealed.body
    sent = client.generic("POST", "/tell-us/sealed/", body, content_type=CONTENT_TYPE, headers=given)
    assert sent.status_code == 200


@each_other
def test_another_page_sends_nothing_and_the_person_is_told(
    client: Client, told: Told, sealed: SealedMessage, headers: dict[str, str]
) -> None:
    before = Letter.objects.count()
    token = guard.new_token()
    posts: dict[str, dict[str, str]] = {
        "/tell-us/questions/": CONCERN,
        "/tell-us/send/": CONCERN | {"token": token},
        "/tell-us/reply/": {"words": told.words},
        "/tell-us/reply/add/": {"words": told.words, "token": token, "text": "more"},
        "/tell-us/reply/messages/": {},
    }
    answers: list[Any] = [client.post(address, sent, headers=headers) for address, sent in posts.items()]
    given = {"Phoenix-Token": token, "Phoenix-Lookup": told.lookup} | headers
    body = sealed.pkesk + sealed.body
    for address in ("/tell-us/sealed/", "/tell-us/reply/sealed/"):
        answers.append(client.generic("POST", address, body, content_type=CONTENT_TYPE, headers=given))
    for answer in answers:
        assert answer.status_code == 403
        assert "tel:999" in text_of(answer)
    assert Letter.objects.count() == before


@pytest.mark.parametrize("headers", [{"Origin": "null"}, {}], ids=["null", "nothing"])
@pytest.mark.parametrize("token", ["", "forged"])
def test_who_does_not_say_where_they_come_from_needs_our_token(
    client: Client, keys_in_use: None, headers: dict[str, str], token: str
) -> None:
    answer = client.post("/tell-us/send/", CONCERN | {"token": token}, headers=headers)
    assert answer.status_code == 422
    assert "canary slow river" in text_of(answer)
    assert not Report.objects.exists()


def test_on_the_onion_address_its_own_origin_is_ours_whatever_the_proxy_says(
    client: Client, keys_in_use: None, settings: Any
) -> None:
    settings.ONION_ADDRESS = ONION
    settings.ALLOWED_HOSTS = [ONION.removeprefix("http://")]
    headers = {"Host": ONION.removeprefix("http://"), "Origin": ONION}
    for secure in (False, True):
        sent = CONCERN | {"token": guard.new_token()}
        assert client.post("/tell-us/send/", sent, headers=headers, secure=secure).status_code == 200
    assert Report.objects.count() == 2
