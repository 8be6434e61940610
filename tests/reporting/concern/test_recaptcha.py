"""django-recaptcha: off by default, on two pages alone when it is on, never an obstacle, hands on no address."""

import http.server
import json
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from wagtail.models import Page

from config.checks import recaptcha_cost
from reporting.concern import guard
from reporting.concern.recaptcha import Verdict, ask_recaptcha
from reporting.concern.sealed import CONTENT_TYPE
from reporting.inbox.models import Report
from reporting.sealing import SealedMessage
from tests.reporting.concern.conftest import text_of

#: What Google's server says (https://developers.google.com/recaptcha/docs/verify).
ANSWERS: dict[str, dict[str, Any]] = {
    "person": {"success": True},
    "robot": {"success": False, "error-codes": ["invalid-input-response"]},
    "again": {"success": False, "error-codes": ["timeout-or-duplicate"]},
    "our key": {"success": False, "error-codes": ["invalid-input-secret"]},
    "both": {"success": False, "error-codes": ["invalid-input-response", "invalid-input-secret"]},
}
CONCERN = {"danger": "no", "story": "canary quiet lamp"}


def self_signed(folder: Path) -> Path:
    """A certificate and key for 127.0.0.1, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "verify-server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
    return file


@pytest.fixture
def verify_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[list[dict[str, Any]]]:
    """A local verify server over TLS; what it was asked. It says yes to "person", and no in the words of `ANSWERS`."""
    asked: list[dict[str, Any]] = []

    class Verify(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            fields = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
            asked.append(fields)
            answer = json.dumps(ANSWERS.get(fields["response"][0], {"success": False})).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            """Silent."""

    file = self_signed(tmp_path)
    server = http.server.HTTPServer(("127.0.0.1", 0), Verify)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    settings.RECAPTCHA_PUBLIC_KEY, settings.RECAPTCHA_PRIVATE_KEY = "public", "private"
    settings.RECAPTCHA_DOMAIN = f"127.0.0.1:{server.server_port}"
    yield asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_is_off_by_default() -> None:
    assert ask_recaptcha("person") is Verdict.UNCHECKED


@pytest.mark.parametrize(
    ("response", "verdict"),
    [
        ("person", Verdict.PASSED),
        ("robot", Verdict.FAILED),
        ("unknown", Verdict.FAILED),
        # Somebody pressed Send once more, or our own key is wrong: nobody is a robot for that.
        ("again", Verdict.UNCHECKED),
        ("our key", Verdict.UNCHECKED),
        ("both", Verdict.UNCHECKED),
    ],
)
def test_the_verify_server_decides(verify_server: list[dict[str, Any]], response: str, verdict: Verdict) -> None:
    assert ask_recaptcha(response) is verdict


def test_no_address_is_handed_on(verify_server: list[dict[str, Any]]) -> None:
    ask_recaptcha("person")
    assert verify_server == [{"secret": ["private"], "response": ["person"], "remoteip": [""]}]


def test_people_without_script_are_unchecked_not_refused(verify_server: list[dict[str, Any]]) -> None:
    assert ask_recaptcha("") is Verdict.UNCHECKED
    assert verify_server == []


def test_a_verify_server_that_is_down_is_no_error(settings: Any) -> None:
    settings.RECAPTCHA_PUBLIC_KEY, settings.RECAPTCHA_PRIVATE_KEY = "public", "private"
    settings.RECAPTCHA_DOMAIN = "127.0.0.1:9"
    assert ask_recaptcha("person") is Verdict.UNCHECKED


# --- Marks ------------------------------------------------------------------------------------------------------


def sent_sealed(client: Client, sealed: SealedMessage, response: str) -> Any:
    headers = {"Phoenix-Token": guard.new_token(), "Phoenix-Recaptcha": response}
    body = sealed.pkesk + sealed.body
    return client.generic("POST", "/tell-us/sealed/", body, content_type=CONTENT_TYPE, headers=headers)


@pytest.mark.django_db
@pytest.mark.parametrize(("response", "marked"), [("person", False), ("robot", True), ("again", False), ("", False)])
def test_what_google_refuses_is_marked_and_kept(
    client: Client, sealed: SealedMessage, verify_server: list[dict[str, Any]], response: str, marked: bool
) -> None:
    assert sent_sealed(client, sealed, response).status_code == 200
    assert Report.objects.get().marked is marked


@pytest.mark.django_db
def test_the_widget_in_the_form_of_the_check_page_is_asked_too(
    client: Client, keys_in_use: None, verify_server: list[dict[str, Any]]
) -> None:
    answer = client.post("/tell-us/send/", CONCERN | {"token": guard.new_token(), "g-recaptcha-response": "robot"})
    assert answer.status_code == 200
    assert [asked["response"] for asked in verify_server] == [["robot"]]
    assert b"canary" not in json.dumps(verify_server).encode()


@pytest.mark.django_db
def test_google_down_is_no_error_and_no_mark(client: Client, sealed: SealedMessage, on: None, settings: Any) -> None:
    settings.RECAPTCHA_DOMAIN = "127.0.0.1:9"
    assert sent_sealed(client, sealed, "person").status_code == 200
    assert Report.objects.get().marked is False


# --- Pages ------------------------------------------------------------------------------------------------------


@pytest.fixture
def on(settings: Any) -> None:
    settings.RECAPTCHA_PUBLIC_KEY, settings.RECAPTCHA_PRIVATE_KEY = "the public key", "the private key"


def pages_of_the_form(client: Client) -> dict[str, Any]:
    """Each page on the way through the form without script."""
    return {
        "start": client.get("/tell-us/"),
        "before": client.get("/tell-us/before-you-start/"),
        "questions": client.get("/tell-us/questions/"),
        "errors": client.post("/tell-us/questions/", {}),
        "check": client.post("/tell-us/questions/", CONCERN),
        "sent": client.post("/tell-us/send/", CONCERN | {"token": guard.new_token()}),
        "reply": client.get("/tell-us/reply/"),
        "home": client.get("/"),
        "privacy": client.get("/privacy/"),
        "your privacy": client.get("/your-privacy/"),
        "cookies": client.get("/cookies/"),
    }


def policy(response: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts}


@pytest.mark.django_db
@pytest.mark.parametrize("one_key", ["", "a key"])
def test_while_it_is_off_there_is_nothing_of_it(client: Client, keys_in_use: None, settings: Any, one_key: str) -> None:
    settings.RECAPTCHA_PUBLIC_KEY = one_key
    for page in pages_of_the_form(client).values():
        assert "recaptcha" not in text_of(page).lower()
        assert "google" not in text_of(page).lower()
        assert "google" not in page.headers["Content-Security-Policy"]
        assert policy(page)["trusted-types"] == "'none'"


@pytest.mark.django_db
def test_when_it_is_on_two_pages_load_it_and_no_other(client: Client, keys_in_use: None, on: None) -> None:
    pages = pages_of_the_form(client)
    strict = policy(pages["home"])
    for name, page in pages.items():
        if name in ("questions", "check"):
            assert 'data-sitekey="the public key"' in text_of(page)
            assert text_of(page).count("https://www.google.com/recaptcha/api.js") == 1
            assert policy(page) == {
                **{key: value for key, value in strict.items() if "trusted-types" not in key},
                "script-src": "'self' https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/",
                "frame-src": "https://www.google.com/recaptcha/ https://recaptcha.google.com/recaptcha/",
            }
        else:
            assert "api.js" not in text_of(page), name
            assert policy(page) == strict, name
        assert "the private key" not in text_of(page)


@pytest.mark.django_db
def test_form_and_privacy_pages_say_so(client: Client, keys_in_use: None, on: None) -> None:
    pages = pages_of_the_form(client)
    for name in ("before", "questions", "check"):
        assert "Google can see that this phone or computer came to this page." in text_of(pages[name]), name
        assert "You can leave the check out and still send." in text_of(pages[name]), name
    for name in ("privacy", "your privacy", "cookies"):
        assert "The form has a check by Google" in text_of(pages[name]), name
        assert "you can still send" in text_of(pages[name]), name


@pytest.mark.django_db
def test_the_pages_that_must_say_so_are_there() -> None:
    """They are found by their addresses: who renames one must rename it in `templates/home/info_page.html`."""
    assert Page.objects.live().filter(slug__in=("privacy", "your-privacy", "cookies")).count() == 3


def test_the_checks_name_what_it_costs(settings: Any) -> None:
    assert recaptcha_cost() == []
    settings.RECAPTCHA_PUBLIC_KEY = "a key"
    assert [problem.id for problem in recaptcha_cost()] == ["phoenix.W027"]
    settings.RECAPTCHA_PRIVATE_KEY = "another"
    [problem] = recaptcha_cost()
    assert problem.id == "phoenix.W026"
    assert "Google learns who opens the form" in problem.msg
