"""The onion address: pages name their twin, keep their path, and a slip in the address stops everything."""

import base64
import hashlib
from typing import Any

import pytest
from django.test import Client

from config.checks import onion_address
from config.onion import host_of


def address_for(key: bytes, checksum: bytes | None = None, version: bytes = b"\x03") -> str:
    """The host of a version 3 onion service with this public key."""
    right = hashlib.sha3_256(b".onion checksum" + key + version).digest()[:2]
    return base64.b32encode(key + (checksum or right) + version).decode().lower() + ".onion"


HOST = address_for(bytes(range(32)))
#: The Tor Project's own, from its page on Onion-Location.
TOR_PROJECT = "http://2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion"


@pytest.fixture
def onion(settings: Any) -> str:
    settings.ONION_ADDRESS = f"http://{HOST}"
    settings.ALLOWED_HOSTS = ["testserver", HOST]
    return str(settings.ONION_ADDRESS)


def test_the_real_address_of_the_tor_project_is_one() -> None:
    assert host_of(TOR_PROJECT) == TOR_PROJECT.removeprefix("http://")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/tell-us/", "/privacy/", "/tell-us/questions/?a=b", "/nothing/here/"])
def test_each_public_page_names_its_twin(client: Client, onion: str, path: str) -> None:
    assert client.get(path).headers["Onion-Location"] == f"{onion}{path}"


@pytest.mark.django_db
def test_on_the_onion_address_it_is_not_named(client: Client, onion: str) -> None:
    assert "Onion-Location" not in client.get("/", headers={"Host": HOST}).headers


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/mash/sign-in/", "/cms/login/", "/contacts.json", "/robots.txt"])
def test_staff_and_data_have_no_twin(client: Client, onion: str, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "Onion-Location" not in response.headers


@pytest.mark.django_db
def test_without_the_setting_nothing_is_said(client: Client) -> None:
    assert "Onion-Location" not in client.get("/").headers


def test_the_checks_take_a_right_address(onion: str) -> None:
    assert onion_address() == []


@pytest.mark.parametrize(
    "address",
    [
        HOST,
        f"http://{HOST}/path",
        f"ftp://{HOST}",
        "http://expyuzz4wqqyqhjn.onion",
        f"http://{HOST[:-7]}q.onion",
        "http://" + address_for(bytes(32), checksum=b"no"),
        "http://" + address_for(bytes(32), version=b"\x04"),
        "http://phoenix.example",
    ],
    ids=["no scheme", "path", "scheme", "version 2", "a slip", "checksum", "version 4", "no onion"],
)
def test_the_checks_refuse_anything_else(settings: Any, address: str) -> None:
    settings.ONION_ADDRESS = address
    assert [problem.id for problem in onion_address()] == ["phoenix.E024"]


def test_the_site_must_answer_there(settings: Any, onion: str) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    assert [problem.id for problem in onion_address()] == ["phoenix.E025"]
