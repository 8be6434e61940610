"""Every address and method of the staff faces, by whoever may not come there: nothing opens but ways to sign in.

What officers may do among themselves stands in tests/reporting/desk/test_access.py, what editors may do in
tests/home/publishing/test_roles.py.
"""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver

from config.demo.accounts import make_accounts
from config.faces import Face
from reporting.inbox.models import Officer
from tests.home.publishing.test_roles import addresses

pytestmark = pytest.mark.django_db
PREFIX = {Face.CMS: "/cms/", Face.DESK: "/mash/"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
#: What people need who are not signed in: the sign-in of each face, ways into it, and their scripts.
WAYS_IN = ("login/", "sign-in/", "security/", "logout/", "sign-out/", "password_reset/", "jsi18n/", "sprite")
STRANGERS = {
    Face.CMS: ["nobody", "officer", "manager"],
    Face.DESK: ["nobody", "writer", "editor", "publisher", "administrator"],
}


def addresses_of(face: Face) -> list[str]:
    """Every address of a face, with something in the place of each number and name, but for the ways in."""
    found = {f"/{address}" for address in addresses(get_resolver(settings.STAFF_URLCONFS[face]))}
    prefix = PREFIX[face]
    return sorted(
        address for address in found if address.startswith(prefix) and not address[len(prefix) :].startswith(WAYS_IN)
    )


@pytest.fixture
def client_of(tmp_path: Path) -> Callable[[str], Client]:
    """A function that gives somebody's browser, as whoever they are."""
    make_accounts(tmp_path / "accounts.txt")
    for name in ("officer", "manager"):
        user = User.objects.filter(username=name).first() or User.objects.create_user(name)
        # Placeholders for the officer's own keys.
        Officer.objects.get_or_create(user=user, defaults={"fingerprint": name, "public_key": "-", "locked_key": "-"})
    call_command("may_pause", "manager", stdout=StringIO())

    def client_of(name: str) -> Client:
        client = Client(raise_request_exception=False)
        if name != "nobody":
            client.force_login(User.objects.get(username=name))
        return client

    return client_of


@pytest.mark.parametrize(("face", "who"), [(face, who) for face, people in STRANGERS.items() for who in people])
def test_no_address_opens_for_strangers(client_of: Callable[[str], Client], face: Face, who: str) -> None:
    found = addresses_of(face)
    assert len(found) > (200 if face is Face.CMS else 35)
    opened = []
    for address in found:
        client = client_of(who)
        for method in METHODS:
            status = client.generic(method, address).status_code
            if status not in (302, 400, 401, 403, 404, 405):
                opened.append(f"{method} {address}: {status}")
    assert opened == []
