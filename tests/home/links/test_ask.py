"""How addresses answer, over real connections: every kind of answer, manners, and nothing of our own network."""

import socket
from typing import Any

import pytest

from home.links.ask import Asker, PrivateAddress, refuse_private
from home.models import LinkCheck

Outcome = LinkCheck.Outcome
AGENT = "Phoenix link check (+https://phoenix.example)"


def asker(**options: Any) -> Asker:
    return Asker(AGENT, **({"private": True, "pause": 0, "timeout": 5} | options))


@pytest.mark.parametrize(
    ("path", "outcome", "status", "moved_to"),
    [
        ("/fine", Outcome.FINE, 200, ""),
        ("/no-head", Outcome.FINE, 200, ""),
        ("/gone", Outcome.BROKEN, 404, ""),
        ("/broken", Outcome.BROKEN, 500, ""),
        ("/shy", Outcome.SHY, 403, ""),
        ("/moved", Outcome.MOVED, 200, "/fine"),
        ("/for-now", Outcome.FINE, 200, ""),
        ("/moved-and-gone", Outcome.BROKEN, 404, "/gone"),
        ("/round", Outcome.BROKEN, 301, ""),
        ("/away", Outcome.BROKEN, 301, ""),
    ],
)
def test_what_a_site_answers(site: Any, path: str, outcome: str, status: int, moved_to: str) -> None:
    answer = asker().ask(site.address(path))
    assert (answer.outcome, answer.status) == (outcome, status)
    assert answer.moved_to == (site.address(moved_to) if moved_to else "")
    assert site.agents == {AGENT}


def test_head_is_asked_first_and_get_only_if_that_fails(site: Any) -> None:
    asker().ask(site.address("/fine"))
    asker().ask(site.address("/no-head"))
    assert site.asked == [("HEAD", "/fine"), ("HEAD", "/no-head"), ("GET", "/no-head")]


def test_who_takes_too_long(site: Any) -> None:
    assert asker(timeout=0.3).ask(site.address("/slow")).outcome == Outcome.TIMEOUT


def test_a_certificate_that_nobody_knows(untrusted: Any) -> None:
    assert asker().ask(f"https://127.0.0.1:{untrusted.server_port}/").outcome == Outcome.TLS
    assert untrusted.asked == []


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert asker().ask(f"http://127.0.0.1:{taken.getsockname()[1]}/").outcome == Outcome.UNREACHABLE


def test_a_name_that_does_not_exist() -> None:
    assert asker(private=False).ask("https://no-such-name.invalid/").outcome == Outcome.UNREACHABLE


@pytest.mark.parametrize(
    "address", ["http://[/", "http://", "https://exa mple/", "http://example:port/", "https://" + "a" * 300]
)
def test_what_is_no_address_breaks_nothing(address: str) -> None:
    assert asker(private=False).ask(address).outcome in (Outcome.BROKEN, Outcome.UNREACHABLE)


def test_one_site_is_asked_one_thing_at_a_time(site: Any) -> None:
    addresses = [site.address(f"/page-{number}") for number in range(8)]
    answers = list(asker().ask_all(addresses))
    assert {answer.address for answer in answers} == set(addresses)
    assert site.most_at_once == 1


# --- Our own network ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "[::1]", "[::ffff:127.0.0.1]"])  # noqa: S104
def test_this_machine_is_not_asked(site: Any, host: str) -> None:
    answer = asker(private=False).ask(f"http://{host}:{site.server_port}/fine")
    assert answer.outcome in (Outcome.PRIVATE, Outcome.UNREACHABLE)
    assert site.asked == []


def test_it_is_refused_as_private(site: Any) -> None:
    assert asker(private=False).ask(site.address("/fine")).outcome == Outcome.PRIVATE


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "127.8.9.1", "::1", "fe80::1%eth0",
     "fd00::1", "::ffff:10.0.0.1", "224.0.0.1", "0.0.0.0"],  # noqa: S104
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    with pytest.raises(PrivateAddress):
        refuse_private(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_that_are(address: str) -> None:
    refuse_private(address)
