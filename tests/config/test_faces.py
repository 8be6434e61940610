"""Three faces of one code base: what each process serves, and what public paths may never do."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client

from config.faces import Face, FaceError, face_of
from tests.config.conftest import PUBLIC

CMS = ["/cms/", "/cms/login/", "/cms/pages/"]


def word(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


@pytest.mark.parametrize(
    ("path", "face"),
    [
        ("/", Face.PUBLIC),
        ("/tell-us/send/", Face.PUBLIC),
        ("/health/live", Face.PUBLIC),
        ("/cms/", Face.CMS),
        ("/cms/pages/3/edit/", Face.CMS),
        ("/mash/", Face.DESK),
        ("/mash/reports/", Face.DESK),
        ("/cms", Face.PUBLIC),
        ("/cmsx/", Face.PUBLIC),
        ("/CMS/", Face.PUBLIC),
        ("//cms/", Face.PUBLIC),
        ("/young-people/cms/", Face.PUBLIC),
    ],
)
def test_the_beginning_of_a_path_says_whose_it_is(path: str, face: Face) -> None:
    assert face_of(path) is face


# --- What each process serves -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_public_face_serves_readers_and_the_form(client: Client, settings: Any, keys_in_use: None) -> None:
    settings.PHOENIX_FACE = "public"
    for address in PUBLIC:
        assert client.get(address).status_code == 200, address
    # Without its token the form gives everything back, and asks to send once more.
    response = client.post("/tell-us/send/", {"danger": "no", "story": "A grey car waits by the park."})
    assert response.status_code == 422
    assert "A grey car waits by the park." in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*CMS, "/mash/"])
def test_on_the_public_face_staff_paths_look_like_any_unknown_page(client: Client, settings: Any, address: str) -> None:
    settings.PHOENIX_FACE = "public"
    answer, unknown = client.get(address), client.get("/no-such-page/")
    assert answer.status_code == unknown.status_code == 404
    assert answer.content == unknown.content
    assert dict(answer.headers) == dict(unknown.headers)


@pytest.mark.django_db
def test_the_cms_face_serves_editors_and_no_public_page(client: Client, settings: Any) -> None:
    settings.PHOENIX_FACE = "cms"
    assert client.get("/cms/login/").status_code == 200
    assert client.get("/cms/").headers["Location"].startswith("/cms/login/")
    for address in [*PUBLIC, "/documents/1/leaflet.pdf", "/mash/"]:
        assert client.get(address).status_code == 404, address
    assert client.post("/tell-us/send/", {"story": "A grey car."}).status_code == 404


@pytest.mark.django_db
def test_the_desk_face_serves_neither_editors_nor_readers(client: Client, settings: Any) -> None:
    settings.PHOENIX_FACE = "desk"
    for address in [*PUBLIC, *CMS]:
        assert client.get(address).status_code == 404, address


@pytest.mark.django_db
@pytest.mark.parametrize("face", list(Face))
@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_every_face_answers_for_its_health(client: Client, settings: Any, face: str, address: str) -> None:
    settings.PHOENIX_FACE = face
    response = client.get(address)
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_a_process_is_alive_without_its_database(client: Client) -> None:
    assert client.get("/health/live").status_code == 200


READER = """
import json, sys
from pathlib import Path
import django
from django.conf import settings

# Whether static files are collected is another matter.
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.ALLOWED_HOSTS.append("testserver")
django.setup()
from django.test import Client
from wagtail.models import Page
from reporting.inbox.keys import put_in_use

for role in ("inbox", "recovery"):
    put_in_use(role, Path(sys.argv[1], f"{role}-public.asc").read_text())
client = Client()
concern = {"danger": "no", "story": "A grey car waits by the park."}
statuses = {page.get_url(): client.get(page.get_url()).status_code for page in Page.objects.live().exclude(depth=1)}
statuses["/tell-us/"] = client.get("/tell-us/").status_code
check = client.post("/tell-us/send/", concern).content.decode()
token = check.split('name="token" value="')[1].split('"')[0]
statuses["sent"] = client.post("/tell-us/send/", concern | {"token": token}).status_code
statuses["nothing"] = client.get("/cms/").status_code
unwanted = {"bleach", "django_recaptcha"}
after_reading = sorted(unwanted & set(sys.modules))
from home.cleaning import clean_html

clean_html("<p>words</p>")
print(json.dumps([statuses, after_reading, sorted(unwanted & set(sys.modules))]))
"""


def test_a_public_process_never_loads_bleach_or_recaptcha(
    python: Callable[..., Any], loaded_folder: Path, demo_keys: Path
) -> None:
    done = python(
        "-c",
        READER,
        str(demo_keys),
        DJANGO_SETTINGS_MODULE="config.settings.demo",
        PHOENIX_FACE="public",
        DATA_DIR=str(loaded_folder),
    )
    assert done.returncode == 0, done.stderr
    statuses, after_reading, after_cleaning = json.loads(done.stdout.splitlines()[-1])
    assert len(statuses) >= 16
    assert statuses.pop("nothing") == 404
    assert set(statuses.values()) == {200}, statuses
    assert after_reading == []
    # The same look does find bleach where text is cleaned.
    assert after_cleaning == ["bleach"]


# --- Public paths keep nothing about a reader -------------------------------------------------------------------


def assign_item(session: Any) -> None:
    session["seen"] = "yes"


def assign_attribute(session: Any) -> None:
    session.modified = True


def delete_item(session: Any) -> None:
    del session["seen"]


@pytest.mark.parametrize(
    "touch",
    [
        lambda session: session["seen"],
        lambda session: session.get("seen"),
        lambda session: "seen" in session,
        lambda session: session.session_key,
        lambda session: session.set_expiry(60),
        list,
        assign_item,
        assign_attribute,
        delete_item,
    ],
)
def test_touching_the_session_on_a_public_path_is_an_error(
    client: Client, site_of: Callable[..., None], touch: Callable[[Any], Any]
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        touch(request.session)
        return HttpResponse()

    site_of({"page/": view})
    with pytest.raises(FaceError, match="no session"):
        client.get("/page/")


def set_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("with a cookie")
    response.set_cookie("seen", "yes")
    return response


def unset_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("without a cookie")
    response.delete_cookie("seen")
    return response


@pytest.mark.parametrize("view", [set_cookie, unset_cookie])
def test_setting_a_cookie_on_a_public_path_is_an_error(
    client: Client, site_of: Callable[..., None], view: Callable[..., HttpResponse]
) -> None:
    site_of({"page/": view})
    with pytest.raises(FaceError, match="cookie"):
        client.get("/page/")


def test_a_reader_meets_the_kind_page_and_no_cookie_when_a_view_breaks_the_rule(
    site_of: Callable[..., None], numbers_on_disk: Path
) -> None:
    site_of({"page/": set_cookie})
    response = Client(raise_request_exception=False).get("/page/")
    assert response.status_code == 500
    assert "with a cookie" not in response.content.decode()
    assert "Something went wrong here" in response.content.decode()
    assert not response.cookies
    assert "Set-Cookie" not in response.headers


def test_a_reader_is_nobody_without_a_query(client: Client, site_of: Callable[..., None]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"signed in: {request.user.is_authenticated}")

    site_of({"page/": view})
    assert client.get("/page/").content == b"signed in: False"


def test_a_cookie_that_a_browser_brings_changes_nothing(client: Client, site_of: Callable[..., None]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"signed in: {request.user.is_authenticated}")

    site_of({"page/": view})
    client.cookies["sessionid"] = "brought-along"
    response = client.get("/page/")
    assert response.content == b"signed in: False"
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.django_db
def test_public_answers_do_not_vary_by_cookie_and_staff_answers_do(client: Client, keys_in_use: None) -> None:
    for address in [*PUBLIC, "/no-such-page/"]:
        assert "Cookie" not in client.get(address).headers.get("Vary", ""), address
    assert "Cookie" in client.get("/cms/login/").headers["Vary"]


# --- Staff paths have what staff need ---------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["cms/page/", "mash/page/"])
def test_a_staff_path_has_a_session_cookie(client: Client, site_of: Callable[..., None], address: str) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.session["seen"] = request.session.get("seen", 0) + 1
        return HttpResponse(str(request.session["seen"]))

    site_of({address: view})
    first, second = client.get(f"/{address}"), client.get(f"/{address}")
    assert (first.content, second.content) == (b"1", b"2")
    cookie = first.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    # Host-only: no other name under the council's domain ever sees it.
    assert cookie["domain"] == ""


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["cms/page/", "mash/page/"])
def test_a_post_to_a_staff_path_needs_its_token(site_of: Callable[..., None], address: str) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(get_token(request))

    site_of({address: view})
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/{address}").status_code == 403
    token = client.get(f"/{address}").content.decode()
    assert client.post(f"/{address}", {"csrfmiddlewaretoken": token}).status_code == 200


def test_a_public_path_has_no_token_that_would_need_a_cookie(site_of: Callable[..., None]) -> None:
    site_of({"page/": word})
    response = Client(enforce_csrf_checks=True).post("/page/", {"story": "words"})
    assert (response.status_code, response.content) == (200, b"here")
