"""Signing in with the council's own accounts, against a provider that runs here and speaks HTTP."""

import base64
import json
import threading
import time
import uuid
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from reporting.inbox.models import Officer

pytestmark = pytest.mark.django_db
MAIL = "someone@example.org"
TENANT, OID = str(uuid.uuid4()), str(uuid.uuid4())
START, BACK = "/mash/security/with/council/", "/mash/security/with/council/back/"


class Provider(ThreadingHTTPServer):
    """An OpenID provider: who asks for a token gets one that says what `claims` say."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server_port}/tenant/v2.0"
        self.claims: dict[str, Any] = {}
        self.asked: dict[str, list[str]] = {}


class Answer(BaseHTTPRequestHandler):
    server: Provider

    def send(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        at = self.server.address
        self.send(
            {
                "issuer": at,
                "authorization_endpoint": f"{at}/authorize",
                "token_endpoint": f"{at}/token",
                "jwks_uri": f"{at}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        )

    def do_POST(self) -> None:
        self.server.asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        now = int(time.time())
        claims = {"iss": self.server.address, "aud": "phoenix", "iat": now, "exp": now + 60, "sub": "pairwise"}
        token = jwt.encode(claims | self.server.claims, "a key of this provider, long enough for a digest")
        self.send({"access_token": "unused", "token_type": "Bearer", "id_token": token})

    def log_message(self, *args: object) -> None:
        """Tests print nothing."""


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.OIDC_TENANT = TENANT
    app = {
        "provider_id": "council",
        "name": "the council",
        "client_id": "phoenix",
        "secret": "kept",
        "settings": {"server_url": server.address, "fetch_userinfo": False, "uid_field": "oid"},
    }
    shipped = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": shipped | {"APPS": [app]}}
    server.claims = {"oid": OID, "tid": TENANT, "amr": ["pwd", "mfa"], "auth_time": int(time.time()), "email": MAIL}
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def officer() -> User:
    user = User.objects.create_user("somebody", email=MAIL)
    Officer.objects.create(user=user, fingerprint="F", public_key="", locked_key="")
    call_command("link_identity", "somebody", OID, verbosity=0)
    return user


def go_round(client: Client, start: str = START, back: str = BACK) -> Any:
    """What a browser does: to the provider, which knows the person already, and back with a code."""
    away = client.get(start)
    assert away.status_code == 302
    client.asked = parse_qs(urlsplit(away.headers["Location"]).query)  # type: ignore[attr-defined]
    return client.get(back, {"state": client.asked["state"][0], "code": "a-code"})  # type: ignore[attr-defined]


def is_in(client: Client) -> bool:
    return bool(client.get("/mash/").status_code == 403)  # an officer without a slot


def test_a_linked_account_with_two_factors_is_let_in(provider: Provider, officer: User) -> None:
    client = Client()
    assert go_round(client).headers["Location"] == "/mash/"
    assert is_in(client)
    challenge = base64.urlsafe_b64encode(sha256(provider.asked["code_verifier"][0].encode()).digest()).decode()
    assert client.asked["prompt"] == ["login"]  # type: ignore[attr-defined]
    assert client.asked["code_challenge"] == [challenge.rstrip("=")]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "claims",
    [
        {"amr": ["pwd"]},
        {"amr": None},
        {"tid": str(uuid.uuid4())},
        {"tid": None},
        {"oid": str(uuid.uuid4())},  # the same mail address, and another person
        {"auth_time": int(time.time()) - 3600},  # a session that was still open there
        {"auth_time": None},
        {"iss": "https://other.example"},
        {"aud": "another program"},
        {"exp": 1_700_000_000},
    ],
)
def test_anything_else_is_refused_and_makes_no_account(
    provider: Provider, officer: User, claims: dict[str, Any]
) -> None:
    provider.claims = {name: value for name, value in (provider.claims | claims).items() if value is not None}
    client, before = Client(), User.objects.count()
    answer = go_round(client)
    assert answer.status_code == 403
    assert "We could not sign you in" in answer.content.decode()
    assert not is_in(client)
    assert User.objects.count() == before
    assert SocialAccount.objects.count() == 1


def test_an_answer_that_nobody_asked_for_is_refused(provider: Provider, officer: User) -> None:
    client = Client()
    assert client.get(BACK, {"state": "made-up", "code": "a-code"}).status_code == 403
    assert not is_in(client)


def test_an_officers_account_does_not_open_the_cms(provider: Provider, officer: User) -> None:
    client = Client()
    start = START.replace("mash", "cms")
    assert go_round(client, start, f"{start}back/").status_code == 403
    assert client.get("/cms/").status_code == 302


def test_the_page_offers_it_where_it_is_set_up(provider: Provider, client: Client, settings: Any) -> None:
    assert START in client.get("/mash/sign-in/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert START not in client.get("/mash/sign-in/").content.decode()


def test_an_account_of_the_council_belongs_to_one_person(officer: User) -> None:
    User.objects.create_user("another")
    with pytest.raises(CommandError, match="belongs to “somebody” already"):
        call_command("link_identity", "another", OID)
