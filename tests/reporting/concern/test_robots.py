"""What looks like a robot is marked and kept; a school behind one address is not; no address is written down."""

import json
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client, RequestFactory
from django.utils import timezone

from reporting.concern import guard, limits
from reporting.concern.sealed import CONTENT_TYPE
from reporting.inbox.models import Letter, Report
from reporting.sealing import SealedMessage
from tests.reporting.concern.conftest import Told, text_of, token_on
from tests.reporting.concern.way_back import added

pytestmark = pytest.mark.django_db
CONCERN = {"danger": "no", "story": "canary amber kettle: a car waits by the park"}


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    caches["limits"].clear()
    yield
    caches["limits"].clear()


@pytest.fixture
def old_token(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A function that makes tokens as they are after somebody has read the check page."""

    def made(age: int = 30) -> str:
        then = time.time() - age
        with monkeypatch.context() as clock:
            clock.setattr("django.core.signing.time.time", lambda: then)
            return guard.new_token()

    return made


OldToken = Callable[..., str]


def send(client: Client, token: str, **fields: str) -> Any:
    headers = {"REMOTE_ADDR": fields.pop("REMOTE_ADDR", "203.0.113.9")}
    return client.post("/tell-us/send/", CONCERN | {"token": token} | fields, **headers)  # type: ignore[arg-type]


def send_sealed(client: Client, sealed: SealedMessage, **headers: str) -> Any:
    given = {"Phoenix-Token": guard.new_token()} | headers
    body = sealed.pkesk + sealed.body
    return client.generic("POST", "/tell-us/sealed/", body, content_type=CONTENT_TYPE, headers=given)


# --- The trap ---------------------------------------------------------------------------------------------------


def test_people_do_not_meet_the_trap(client: Client, keys_in_use: None) -> None:
    page = text_of(client.get("/tell-us/questions/"))
    [trap] = re.findall(r'<div class="trap".*?</div>', page, re.S)
    for said in ('aria-hidden="true"', 'tabindex="-1"', 'autocomplete="off"', "Leave this box empty"):
        assert said in trap
    assert "hidden" not in trap.replace("aria-hidden", "")


def test_who_leaves_it_empty_is_not_marked(client: Client, keys_in_use: None, old_token: OldToken) -> None:
    assert send(client, old_token(), website="").status_code == 200
    assert Report.objects.get().marked is False


def test_who_fills_it_in_is_marked_and_gets_the_same_answer(
    client: Client, keys_in_use: None, old_token: OldToken
) -> None:
    person, robot = send(client, old_token()), send(client, old_token(), website="https://spam.example")
    assert (person.status_code, robot.status_code) == (200, 200)
    assert list(Report.objects.order_by("marked").values_list("marked", flat=True)) == [False, True]
    assert len(re.findall("<li>", text_of(robot))) == len(re.findall("<li>", text_of(person)))


def test_what_stands_in_the_trap_comes_along_to_the_check_page(client: Client, keys_in_use: None) -> None:
    check = client.post("/tell-us/questions/", CONCERN | {"website": "spam"})
    assert text_of(check).count('name="website" value="spam"') == 2
    assert 'name="website"' not in text_of(client.post("/tell-us/questions/", CONCERN))


def test_a_browser_with_script_says_that_the_trap_was_filled(client: Client, sealed: SealedMessage) -> None:
    assert send_sealed(client, sealed, **{"Phoenix-Trap": "filled"}).status_code == 200
    assert Report.objects.get().marked is True


def test_without_script_is_no_mark_and_sealed_in_a_hurry_is_none(
    client: Client, sealed: SealedMessage, old_token: OldToken
) -> None:
    send(client, old_token())
    send_sealed(client, sealed)
    assert list(Report.objects.values_list("marked", flat=True)) == [False, False]


# --- The token --------------------------------------------------------------------------------------------------


def test_a_form_that_comes_back_at_once_is_marked_and_kept(client: Client, keys_in_use: None) -> None:
    check = client.post("/tell-us/questions/", CONCERN)
    assert send(client, token_on(check)).status_code == 200
    assert Report.objects.get().marked is True


def test_a_token_never_grows_too_old(client: Client, keys_in_use: None, old_token: OldToken) -> None:
    assert send(client, old_token(age=3 * 24 * 3600)).status_code == 200
    assert Report.objects.get().marked is False


def test_the_documents_that_everybody_gets_hold_no_token(client: Client, keys_in_use: None) -> None:
    for address in ("/tell-us/", "/tell-us/before-you-start/", "/tell-us/questions/"):
        pages = [client.get(address).content for _ in range(2)]
        assert pages[0] == pages[1]
        assert b'name="token"' not in pages[0]


# --- Limits -----------------------------------------------------------------------------------------------------


def at(address: str, **headers: str) -> Any:
    return RequestFactory().post("/tell-us/send/", REMOTE_ADDR=address, headers=headers)


def test_a_class_of_thirty_that_sends_three_times_each_is_not_marked() -> None:
    assert not any(limits.is_burst(at("198.51.100.7")) for _ in range(90))


def test_more_than_a_busy_school_is_a_burst_and_the_neighbour_is_none(settings: Any) -> None:
    seen = [limits.is_burst(at("198.51.100.7")) for _ in range(settings.BURST_LIMIT + 2)]
    assert seen == [False] * settings.BURST_LIMIT + [True, True]
    assert not limits.is_burst(at("198.51.100.8"))


def test_what_comes_in_a_burst_is_marked_and_kept(
    client: Client, sealed: SealedMessage, settings: Any, old_token: OldToken
) -> None:
    settings.BURST_LIMIT = 1
    answers = [send(client, old_token(), REMOTE_ADDR="127.0.0.1"), *(send_sealed(client, sealed) for _ in range(2))]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert Report.objects.filter(marked=True).count() == 2


def test_what_is_added_in_a_burst_marks_its_report(client: Client, told: Told, settings: Any) -> None:
    added(client, told)
    assert Report.objects.get().marked is False
    settings.BURST_LIMIT = 0
    assert added(client, told, text="And once more.").status_code == 200
    assert Report.objects.get().marked is True
    assert Letter.objects.filter(kind="addition").count() == 2


def test_a_household_has_one_count_whatever_its_addresses(settings: Any) -> None:
    assert limits.address_of(at("2001:db8:1:2:3:4:5:6")) == limits.address_of(at("2001:db8:1:2::9"))
    assert limits.address_of(at("2001:db8:1:2::9")) != limits.address_of(at("2001:db8:1:3::9"))
    assert limits.address_of(at("::ffff:198.51.100.7")) == limits.address_of(at("198.51.100.7"))


def test_only_our_own_proxy_is_believed(settings: Any) -> None:
    told = {"X-Forwarded-For": "192.0.2.1, 198.51.100.7"}
    assert limits.address_of(at("10.0.0.1", **told)) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert limits.address_of(at("10.0.0.1", **told)) == "198.51.100.7"
    assert limits.address_of(at("10.0.0.1")) == "10.0.0.1"
    assert limits.address_of(at("", **{"X-Forwarded-For": "nonsense"})) == ""


def test_no_address_stands_in_memory_and_a_new_window_has_another_key() -> None:
    limits.is_burst(at("198.51.100.7"))
    cache: Any = caches["limits"]
    first = set(cache._cache)
    assert len(first) == 2  # the key, and one count
    assert b"198.51.100.7" not in repr(cache._cache).encode()
    cache.clear()
    limits.is_burst(at("198.51.100.7"))
    assert len(first & set(cache._cache)) == 1, "the name of the key; the count has another"


def test_when_the_window_ends_all_of_it_is_gone_though_nobody_comes(settings: Any) -> None:
    settings.BURST_SECONDS = 1
    limits.is_burst(at("198.51.100.7"))
    cache: Any = caches["limits"]
    assert cache._cache
    deadline = time.monotonic() + 20
    while cache._cache and time.monotonic() < deadline:
        time.sleep(0.05)  # polls a condition, with an end
    assert not cache._cache


def test_processes_that_share_a_cache_count_together(settings: Any, tmp_path: Any) -> None:
    """Any cache of Django's will do; this one is in a folder, so two connections are as two processes."""
    backend = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    settings.CACHES = settings.CACHES | {"limits": backend}
    settings.BURST_LIMIT = 2
    seen = []
    for _ in range(3):
        caches["limits"] = caches.create_connection("limits")
        seen.append(limits.is_burst(at("198.51.100.7")))
    assert seen == [False, False, True]


def test_a_cache_server_that_is_down_marks_nobody(
    client: Client, keys_in_use: None, settings: Any, old_token: OldToken
) -> None:
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9/0"}
    settings.CACHES = settings.CACHES | {"limits": redis}
    settings.BURST_LIMIT = 0
    assert send(client, old_token()).status_code == 200
    assert Report.objects.get().marked is False


# --- Room for what is marked --------------------------------------------------------------------------------------


def test_when_the_room_is_full_the_marked_get_the_numbers_and_keep_their_words(
    client: Client, keys_in_use: None, settings: Any, old_token: OldToken
) -> None:
    settings.MARKED_QUOTA = 8192  # what this concern fills
    assert send(client, old_token(), website="spam").status_code == 200
    token = old_token()
    answer = send(client, token, website="spam")
    page = text_of(answer)
    assert answer.status_code == 429
    for said in ("We did not get it", "canary amber kettle", "tel:999", token, "press Send again later"):
        assert said in page
    assert Report.objects.count() == 1
    assert send(client, old_token()).status_code == 200, "what is not marked still passes"


def test_a_browser_is_told_as_much(client: Client, sealed: SealedMessage, settings: Any) -> None:
    settings.MARKED_QUOTA = 2048
    trap = {"Phoenix-Trap": "filled"}
    assert [send_sealed(client, sealed, **trap).status_code for _ in range(2)] == [200, 429]
    assert send_sealed(client, sealed).status_code == 200


def test_the_same_report_again_needs_no_more_room(client: Client, sealed: SealedMessage, settings: Any) -> None:
    settings.MARKED_QUOTA = 2048
    headers = {"Phoenix-Trap": "filled", "Phoenix-Token": guard.new_token()}
    first, second = (send_sealed(client, sealed, **headers) for _ in range(2))
    assert json.loads(first.content) == json.loads(second.content)


@pytest.mark.parametrize("done", [{"marked": False}, {"state": "closed", "closed_hour": timezone.now()}])
def test_looking_at_them_makes_room(client: Client, sealed: SealedMessage, settings: Any, done: dict[str, Any]) -> None:
    settings.MARKED_QUOTA = 2048
    trap = {"Phoenix-Trap": "filled"}
    send_sealed(client, sealed, **trap)
    Report.objects.update(**done)
    assert send_sealed(client, sealed, **trap).status_code == 200


def test_an_addition_without_room_keeps_its_words_too(client: Client, told: Told, settings: Any) -> None:
    settings.BURST_LIMIT = 0
    settings.MARKED_QUOTA = 0
    answer = added(client, told, text="canary second kettle")
    assert answer.status_code == 429
    assert "canary second kettle" in text_of(answer)
    assert "tel:999" in text_of(answer)
    assert not Letter.objects.filter(kind="addition").exists()
