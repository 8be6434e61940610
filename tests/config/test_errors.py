"""Whatever goes wrong on a public path, a person gets a kind page with the numbers to call."""

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.errors import ERRORS, ErrorPages, error_page
from resources.models import Authority, Contact, Place

STATUSES = [400, 403, 404, 405, 413, 429, 500, 503]
#: 404 is the one status after which no report can have been on its way.
MAYBE_SENDING = [status for status in STATUSES if status != 404]
#: What a person can do; every page names at least one.
ADVICE = ("Go back", "Open the page again", "Start again", "Wait for a minute", "Try again")
EMERGENCY, CHILDLINE = 'href="tel:999"', 'href="tel:08001111"'


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def is_kind_page(response: Any, status: int) -> None:
    """Holds an answer to everything that an error page of ours must be."""
    page = text_of(response)
    heading, happened, advice = ERRORS[status]
    assert response.status_code == status
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == [heading]
    assert happened in page
    assert advice in page
    assert "data-exit" in page
    assert EMERGENCY in page
    assert CHILDLINE in page
    assert '<meta name="robots" content="noindex">' in page
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "no-store"
    assert int(response.headers["Content-Length"]) == len(response.content)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


# --- The pages --------------------------------------------------------------------------------------------------


@pytest.fixture
def no_redirects(settings: Any) -> None:
    """Without the look-up of editors' redirects, which Wagtail does on every 404 and which asks the database."""
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "redirects" not in m]


@pytest.mark.parametrize("status", STATUSES)
def test_every_error_of_a_public_path_has_its_kind_page_without_a_query(
    client: Client, site_of: Callable[..., None], numbers_on_disk: Path, no_redirects: None, status: int
) -> None:
    # This test has no database mark, so pytest-django forbids every query.
    site_of({"page/": lambda request: HttpResponse("bare", status=status)})
    is_kind_page(client.get("/page/"), status)


def test_there_is_a_page_for_every_status_and_each_has_its_own_words() -> None:
    assert sorted(ERRORS) == STATUSES
    assert len({heading for heading, _, _ in ERRORS.values()}) >= 7
    assert len({(heading, happened) for heading, happened, _ in ERRORS.values()}) == len(STATUSES)


@pytest.mark.parametrize("status", STATUSES)
def test_every_page_says_what_a_person_can_do(status: int) -> None:
    heading, happened, advice = ERRORS[status]
    assert advice.startswith(ADVICE)
    for sentence in (happened, advice):
        assert len(sentence) > 20
        assert sentence.endswith(".")
    # Nobody should have to know what a status, a request or a server is.
    assert not re.search(r"\d|error|server|request|invalid|forbidden|exception", f"{heading} {happened} {advice}", re.I)


@pytest.mark.parametrize("status", MAYBE_SENDING)
def test_a_person_who_was_telling_us_something_learns_that_we_did_not_get_it(status: int) -> None:
    _, happened, advice = ERRORS[status]
    assert "we did not get it" in f"{happened} {advice}".lower()


@pytest.mark.parametrize("status", STATUSES)
def test_a_page_needs_no_request_and_no_database(numbers_on_disk: Path, status: int) -> None:
    assert EMERGENCY in error_page(status)


@pytest.mark.django_db
def test_the_numbers_stay_when_the_records_are_gone(client: Client, numbers_on_disk: Path) -> None:
    Place.objects.all().delete()
    Authority.objects.all().delete()
    Contact.objects.all().delete()
    is_kind_page(client.get("/no-such-page/"), 404)


@pytest.mark.parametrize("spoiled", [None, "", "[{", "{}", '[{"key": "of another version"}]', "[1]"])
def test_without_a_readable_snapshot_the_page_still_says_what_to_do(
    client: Client, site_of: Callable[..., None], numbers_on_disk: Path, spoiled: str | None
) -> None:
    numbers_on_disk.unlink() if spoiled is None else numbers_on_disk.write_text(spoiled)
    site_of({"page/": lambda request: HttpResponse(status=500)})
    response = client.get("/page/")
    assert response.status_code == 500
    assert ERRORS[500][2] in text_of(response)
    assert "data-exit" in text_of(response)
    assert "tel:" not in text_of(response)


def test_a_head_request_gets_the_headers_of_the_page_and_no_body(numbers_on_disk: Path) -> None:
    # Not by the test client: that one takes the body away by itself.
    pages = ErrorPages(lambda request: HttpResponse("bare", status=404))
    head, whole = pages(RequestFactory().head("/page/")), pages(RequestFactory().get("/page/"))
    assert head.content == b""
    assert whole.content
    assert dict(head.headers) == dict(whole.headers)


def test_what_was_said_of_the_bare_answer_goes_with_it(numbers_on_disk: Path) -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        stale = {"ETag": '"bare"', "Content-Encoding": "br", "Content-Length": "4", "Cache-Control": "max-age=600"}
        return HttpResponse("bare", status=404, headers=stale)

    response = ErrorPages(bare)(RequestFactory().get("/page/"))
    assert "ETag" not in response.headers
    assert "Content-Encoding" not in response.headers
    assert response.headers["Content-Length"] == str(len(response.content))
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_page_with_its_own_words_keeps_them(client: Client) -> None:
    response = client.get("/tell-us/")  # no key is in use
    assert response.status_code == 503
    assert "Please call us instead" in text_of(response)


@pytest.mark.django_db
def test_editors_keep_the_error_pages_of_the_cms(client: Client) -> None:
    client.force_login(User.objects.create_superuser("administrator"))
    response = client.get("/cms/pages/999999/edit/")
    assert response.status_code == 404
    assert ERRORS[404][0] not in text_of(response)


# --- How they come about ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_unknown_page(client: Client, numbers_on_disk: Path) -> None:
    for address in ("/no-such-page/", "/young-people/no-such-page/", "/nothing.html", "/documents/1/leaflet.pdf"):
        is_kind_page(client.get(address), 404)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/tell-us/", "/tell-us/send/", "/privacy/", "/"])
def test_a_method_that_a_page_does_not_know(client: Client, numbers_on_disk: Path, address: str) -> None:
    response = client.put(address)
    is_kind_page(response, 405)
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("address", ["/tell-us/", "/tell-us/send/"])
@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_more_than_the_form_can_take(client: Client, numbers_on_disk: Path, address: str, content_type: str) -> None:
    body = b"story=" + b"a" * 300 * 1024
    is_kind_page(client.post(address, body, content_type=content_type), 413)


@pytest.mark.django_db
def test_almost_as_much_as_fits_is_no_error(client: Client, keys_in_use: None) -> None:
    story = "ä" * 20_000  # 40 KB, and 120 KB on its way
    response = client.post("/tell-us/send/", f"story={quote(story)}", "application/x-www-form-urlencoded")
    assert response.status_code == 422  # it asks for its token
    assert story in text_of(response)


def test_a_host_that_is_not_ours(client: Client, numbers_on_disk: Path) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})
    is_kind_page(response, 400)
    assert "elsewhere" not in text_of(response)


def test_a_host_that_is_not_ours_in_production(client: Client, numbers_on_disk: Path, settings: Any) -> None:
    # There the redirect to HTTPS asks for the host first, before most of the middleware.
    settings.SECURE_SSL_REDIRECT = True
    is_kind_page(client.get("/", headers={"host": "elsewhere.example"}), 400)


def test_a_post_from_another_site(client: Client, numbers_on_disk: Path) -> None:
    response = client.post("/tell-us/send/", {"story": "words"}, headers={"sec-fetch-site": "cross-site"})
    is_kind_page(response, 403)


@pytest.mark.parametrize(
    ("exception", "status"),
    [
        (RuntimeError("a fault of ours"), 500),
        (IntegrityError("a fault of ours"), 500),
        (OperationalError("database is locked"), 503),
        (InterfaceError("connection already closed"), 503),
        (PermissionDenied("not you"), 403),
        (Http404("not here"), 404),
    ],
)
def test_a_view_that_raises(
    site_of: Callable[..., None], numbers_on_disk: Path, no_redirects: None, exception: Exception, status: int
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise exception

    site_of({"page/": view})
    response = Client(raise_request_exception=False).get("/page/")
    is_kind_page(response, status)
    assert str(exception) not in text_of(response)


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "statuses"), [("/", {503}), ("/privacy/", {503}), ("/nothing.html", {500, 503})])
def test_the_database_does_not_answer(numbers_on_disk: Path, address: str, statuses: set[int]) -> None:
    def fails(*args: Any) -> None:
        raise OperationalError("the disk is gone")

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(fails):
        response = client.get(address)
    assert response.status_code in statuses
    is_kind_page(response, response.status_code)


@pytest.mark.django_db
def test_the_machine_room_is_told_when_the_database_does_not_answer(client: Client, numbers_on_disk: Path) -> None:
    def locked(*args: Any) -> None:
        raise OperationalError("the disk is gone")

    with connection.execute_wrapper(locked):
        assert client.get("/health/ready").status_code == 503
    assert client.get("/health/ready").status_code == 200
