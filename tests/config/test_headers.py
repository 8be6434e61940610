"""The headers of every answer: policy, frames, caching, referrer and compression, for readers and for staff."""

from collections.abc import Callable
from typing import Any

import brotli
import pytest
from django.http import HttpResponse
from django.test import Client

from config.compression import compress, compress_once
from tests.config.conftest import PUBLIC


def policy_of(response: Any) -> str:
    return str(response.headers["Content-Security-Policy"])


@pytest.mark.django_db
def test_only_the_cms_has_the_looser_policy(client: Client, keys_in_use: None) -> None:
    for address in [*PUBLIC, "/mash/", "/cmsx/", "/no-such-page/", "/health/live"]:
        policy = policy_of(client.get(address))
        assert "unsafe" not in policy, address
        assert "default-src 'none'" in policy, address
        assert "frame-ancestors 'none'" in policy, address
        assert "require-trusted-types-for 'script'" in policy, address
    loose = policy_of(client.get("/cms/login/"))
    assert "script-src 'self' 'unsafe-inline'" in loose
    assert "frame-ancestors 'self'" in loose
    assert "http" not in loose


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("/", "DENY"),
        ("/tell-us/", "DENY"),
        ("/mash/", "DENY"),
        ("/no-such-page/", "DENY"),
        ("/cms/login/", "SAMEORIGIN"),
    ],
)
def test_nobody_frames_a_page_but_the_cms_its_own(client: Client, address: str, who: str) -> None:
    response = client.get(address)
    assert response.headers["X-Frame-Options"] == who
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.django_db
def test_pages_of_the_cms_are_stored_nowhere(client: Client) -> None:
    assert "no-store" in client.get("/cms/login/").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "status", "caching"),
    [
        ("page/", 200, "no-cache"),
        ("page/", 302, "no-store"),
        ("cms/page/", 200, "no-store"),
        ("mash/page/", 200, "no-store"),
        ("mash/page/", 302, "no-store"),
    ],
)
def test_a_view_that_says_nothing_is_asked_anew_by_readers_and_stored_nowhere_by_staff(
    client: Client, site_of: Callable[..., None], address: str, status: int, caching: str
) -> None:
    site_of({address: lambda request: HttpResponse(status=status)})
    assert client.get(f"/{address}").headers["Cache-Control"] == caching


def test_a_view_that_knows_better_is_left_alone(client: Client, site_of: Callable[..., None]) -> None:
    site_of({"page/": lambda request: HttpResponse(headers={"Cache-Control": "no-store"})})
    assert client.get("/page/").headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_forms_tell_their_own_site_where_they_come_from_and_nobody_else(client: Client, keys_in_use: None) -> None:
    # With `no-referrer` browsers send `Origin: null`, and Django would refuse every form of staff.
    assert client.get("/tell-us/").headers["Referrer-Policy"] == "same-origin"
    assert client.get("/cms/login/").headers["Referrer-Policy"] == "same-origin"
    assert client.get("/young-people/").headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.django_db
def test_public_pages_travel_compressed_and_staff_pages_do_not(client: Client) -> None:
    asked = {"Accept-Encoding": "gzip"}
    assert client.get("/", headers=asked).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/cms/login/", headers=asked).headers


@pytest.mark.django_db
def test_only_pages_that_are_the_same_for_all_are_remembered_compressed(client: Client) -> None:
    asked = {"Accept-Encoding": "br"}
    compress_once.cache_clear()
    client.get("/search/?words=friend", headers=asked)
    client.get("/tell-us/questions/", headers=asked)
    client.post("/search/", {"words": "friend"}, headers=asked)
    assert compress_once.cache_info().currsize == 0
    first, second = (client.get("/find-help/", headers=asked) for _ in range(2))
    assert first.content == second.content
    assert compress_once.cache_info().hits == 1
    assert len(first.content) < len(compress(client.get("/find-help/").content))


@pytest.mark.django_db
def test_the_empty_form_is_remembered_compressed_and_one_with_words_is_not(client: Client, keys_in_use: None) -> None:
    asked = {"Accept-Encoding": "br"}
    compress_once.cache_clear()
    first, second = (client.get("/tell-us/questions/", headers=asked) for _ in range(2))
    assert first.content == second.content
    assert compress_once.cache_info()[:2] == (1, 1)
    client.post("/tell-us/questions/", {"story": "A worry"}, headers=asked)
    client.get("/tell-us/keys/", headers=asked)
    assert compress_once.cache_info().currsize == 1


@pytest.mark.django_db
def test_pages_to_read_go_out_with_brotli_and_answers_to_what_was_posted_with_gzip(client: Client) -> None:
    asked = {"Accept-Encoding": "gzip, deflate, br, zstd"}
    page = client.get("/", headers=asked)
    assert page.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in page.headers["Vary"]
    assert brotli.decompress(page.content) == client.get("/").content
    assert client.get("/", headers=asked | {"If-None-Match": page.headers["ETag"]}).status_code == 304
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": "br;q=0"}).headers
    # Such an answer repeats what somebody typed: gzip has a guard against reading it off the length.
    assert client.post("/search/", {"words": "friend"}, headers=asked).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/cms/login/", headers=asked).headers
