"""Signing in: two factors at each face, looked at on every request; who belongs where; and nobody locked out."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.core.signing import TimestampSigner
from django.test import Client

from config.demo.accounts import code_now, make_accounts
from config.faces import STAFF_PATHS, Face
from config.sign_in.checks import council_accounts, second_factor_keys
from config.sign_in.encryption import unlock
from config.sign_in.invitations import invite
from reporting.inbox.models import AuditLine, Officer

pytestmark = pytest.mark.django_db
SIGN_IN = {"desk": "/mash/sign-in/", "cms": "/cms/login/"}
HOME = {"desk": "/mash/", "cms": "/cms/"}
PEOPLE = {"desk": "officer", "cms": "editor"}
FACES = pytest.mark.parametrize("face", ["desk", "cms"])
PASSWORD = "four words for tests"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def people(tmp_path: Path) -> None:
    """The demonstration's accounts, with one password for all; three are officers, without keys."""
    make_accounts(tmp_path / "accounts.txt")
    for name in ("officer", "senior"):
        user = User.objects.get(username=name)
        Officer.objects.create(user=user, fingerprint=name, public_key="", locked_key="")
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()


def give_password(client: Client, face: str, name: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(SIGN_IN[face], {"login": name, "password": password}, **more)


def give_code(client: Client, face: str, code: str) -> Any:
    return client.post(f"{HOME[face]}security/code/", {"code": code})


def signed_in(face: str, name: str = "") -> Client:
    client = Client()
    name = name or PEOPLE[face]
    give_password(client, face, name)
    assert give_code(client, face, code_now(User.objects.get(username=name))).headers["Location"] == HOME[face]
    return client


def is_in(client: Client, face: str) -> bool:
    """Whether a page of the face sees somebody: an officer without a slot is told so."""
    status: int = client.get(HOME[face]).status_code
    assert status in (200, 302, 403)
    return status != 302


# --- Both factors ---------------------------------------------------------------------------------------------


@FACES
def test_password_and_code_lead_in(face: str) -> None:
    assert is_in(signed_in(face), face)


@FACES
def test_a_password_alone_opens_nothing(face: str) -> None:
    client = Client()
    arrived = give_password(client, face, PEOPLE[face])
    assert arrived.headers["Location"] == f"{HOME[face]}security/code/"
    assert not is_in(client, face)
    assert client.get(f"{HOME[face]}security/").status_code == 302
    assert give_code(client, face, "000000").status_code == 200
    assert not is_in(client, face)


@FACES
def test_a_code_works_once_in_whatever_process(face: str) -> None:
    code = code_now(User.objects.get(username=PEOPLE[face]))
    first, second = Client(), Client()
    give_password(first, face, PEOPLE[face])
    give_password(second, face, PEOPLE[face])
    assert give_code(first, face, code).status_code == 302
    cache.clear()  # another process remembers nothing of this one's memory
    assert give_code(second, face, code).status_code == 200
    assert not is_in(second, face)


@FACES
def test_whatever_else_signs_somebody_in_is_no_way_in(face: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username=PEOPLE[face]))
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1.0}]
    session.save()
    assert not is_in(client, face)
    assert SESSION_KEY not in client.session


@FACES
def test_a_stolen_password_cannot_set_up_the_first_second_factor(face: str) -> None:
    Authenticator.objects.all().delete()
    client = Client()
    answer = give_password(client, face, PEOPLE[face])
    assert answer.status_code == 200
    assert "We could not sign you in" in answer.content.decode()
    assert client.get(f"{HOME[face]}security/app/").status_code == 302
    assert not Authenticator.objects.exists()


def test_a_recovery_code_works_once() -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(User.objects.get(username="officer")).get_unused_codes()[0]
    for status in (302, 200):
        client = Client()
        give_password(client, "desk", "officer")
        assert give_code(client, "desk", code).status_code == status


# --- Who belongs where ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("face", "name"), [("desk", "editor"), ("desk", "administrator"), ("cms", "officer"), ("cms", "senior")]
)
def test_an_account_of_the_other_face_gets_the_words_of_a_wrong_password(face: str, name: str) -> None:
    User.objects.create_user("gone", password=PASSWORD, is_active=False)
    tries = [("nobody", PASSWORD), (name, PASSWORD), (PEOPLE[face], "wrong"), ("gone", PASSWORD)]
    answers = set()
    for who, password in tries:
        answer = give_password(Client(), face, who, password)
        assert answer.status_code == 200
        answers.add(re.sub(r'value="[^"]*"', "", answer.content.decode()))
    assert len(answers) == 1
    assert "We could not sign you in" in answers.pop()


def test_an_officer_with_rights_in_the_cms_stays_out_of_it() -> None:
    officer = User.objects.get(username="officer")
    officer.is_superuser = True
    officer.save()
    client = Client()
    client.force_login(officer)
    assert client.get("/cms/").headers["Location"].startswith("/cms/login/")
    assert SESSION_KEY not in client.session


@FACES
def test_a_session_is_sent_to_the_paths_of_its_face_alone(face: str) -> None:
    cookies = signed_in(face).cookies
    assert cookies["sessionid"]["path"] == STAFF_PATHS[Face(face)]
    assert not cookies["sessionid"]["domain"]
    [known] = [cookie for name, cookie in cookies.items() if name.startswith("known-")]
    assert known["path"] == STAFF_PATHS[Face(face)]


def test_where_to_go_next_is_a_page_of_the_same_face() -> None:
    for there, arrives in (
        ("/mash/pause/", "/mash/pause/"),
        ("https://other.example/mash/", "/mash/"),
        ("/cms/", "/mash/"),
    ):
        client = Client()
        client.post("/mash/sign-in/", {"login": "officer", "password": PASSWORD, "next": there})
        Authenticator.objects.filter(type="totp").update(data=Authenticator.objects.get(user__username="senior").data)
        assert give_code(client, "desk", code_now(User.objects.get(username="officer"))).headers["Location"] == arrives


SIDE_DOORS = ["admin/login/", "django-admin/login/", "_util/login/", "accounts/login/", "accounts/signup/"]
BELOW = ["signup/", "security/signup/", "password_reset/", "password/reset/", "security/email/", "reset/"]


@pytest.mark.parametrize("path", SIDE_DOORS + [base + end for base in ("mash/", "cms/") for end in BELOW])
def test_there_is_no_side_door(client: Client, path: str) -> None:
    answer = client.get(f"/{path}")
    assert answer.status_code == 404 or answer.headers["Location"].startswith("/cms/login/")
    assert "sessionid" not in answer.cookies


# --- Sessions end -----------------------------------------------------------------------------------------------


@FACES
def test_a_session_ends_when_nobody_uses_it_and_at_the_end_of_the_day(face: str, settings: Any) -> None:
    client = signed_in(face)
    settings.SESSION_IDLE_MINUTES = 0
    assert is_in(client, face) is False
    settings.SESSION_IDLE_MINUTES = 60
    client = Client()
    client.force_login(User.objects.get(username=PEOPLE[face]))
    settings.SESSION_HOURS = 0
    assert is_in(client, face) is False


def test_taking_a_factor_off_asks_for_one_first_and_the_last_stays() -> None:
    client = signed_in("desk")
    asked = client.get("/mash/security/app/remove/")
    assert asked.headers["Location"] == "/mash/security/again/?next=%2Fmash%2Fsecurity%2Fapp%2Fremove%2F"
    officer = User.objects.get(username="officer")
    app = Authenticator.objects.get(user=officer)
    app.data.pop("last_step")
    app.save()
    assert client.post("/mash/security/again/", {"code": code_now(officer)}).status_code == 302
    page = client.post("/mash/security/app/remove/")
    assert "your only second factor" in page.content.decode()
    assert Authenticator.objects.filter(user=officer, type="totp").exists()


# --- Nobody is locked out ---------------------------------------------------------------------------------------


@FACES
def test_guessing_is_slowed_down_and_never_locks_the_person_out(face: str) -> None:
    here = signed_in(face)
    stranger, name = Client(REMOTE_ADDR="192.0.2.7"), PEOPLE[face]
    for _ in range(5):
        give_password(stranger, face, name, "wrong")
    assert "tried too often" in give_password(stranger, face, name).content.decode()
    # Neither at the device that is known, even from the stranger's own address, nor anywhere else.
    for client in (here, Client(REMOTE_ADDR="192.0.2.8")):
        answer = give_password(client, face, name, REMOTE_ADDR=client.defaults.get("REMOTE_ADDR", "192.0.2.7"))
        assert answer.status_code == 302


def test_a_thief_of_the_password_cannot_try_codes_from_many_addresses_nor_block_the_owner() -> None:
    here = signed_in("desk")
    for number in range(6):
        thief = Client(REMOTE_ADDR=f"192.0.2.{number}")
        give_password(thief, "desk", "officer")
        answer = give_code(thief, "desk", "000000").content.decode()
    assert "tried too often" in answer
    give_password(here, "desk", "officer")
    app = Authenticator.objects.get(user__username="officer")
    app.data.pop("last_step")
    app.save()
    assert give_code(here, "desk", code_now(User.objects.get(username="officer"))).headers["Location"] == "/mash/"


def test_a_made_up_mark_of_a_known_device_counts_for_nothing() -> None:
    from config.sign_in.devices import SALT, cookie_of

    for _ in range(5):
        give_password(Client(), "desk", "officer", "wrong")
    client = Client()
    name = cookie_of("officer")
    client.cookies[name] = TimestampSigner(key="another key", salt=name + SALT).sign("made-up")
    assert "tried too often" in give_password(client, "desk", "officer").content.decode()


# --- What is kept, and what is noted ----------------------------------------------------------------------------


def test_secrets_are_locked_in_the_database(settings: Any) -> None:
    app = Authenticator.objects.get(user__username="officer")
    assert re.fullmatch(r"[A-Z2-7]{32}", unlock(app.data["secret"]))
    settings.SECOND_FACTOR_KEYS = ["a new key", *settings.SECOND_FACTOR_KEYS]
    assert unlock(app.data["secret"])
    settings.SECOND_FACTOR_KEYS = ["another key"]
    with pytest.raises(ValueError, match="not locked with the keys"):
        unlock(app.data["secret"])


def test_sign_ins_of_officers_are_noted_and_nothing_that_was_typed() -> None:
    client = signed_in("desk")
    give_password(client, "desk", "officer", "wrong")
    give_password(client, "desk", "a-name-that-somebody-typed", "wrong")
    give_password(client, "desk", "officer")
    give_code(client, "desk", "000000")
    signed_in("cms")
    lines = [(line.action, line.officer.user.username, line.details) for line in AuditLine.objects.order_by("number")]
    assert lines == [
        ("signed-in", "officer", {"by": "totp"}),
        ("sign-in-refused", "officer", {"why": "password"}),
        ("sign-in-refused", "officer", {"why": "code"}),
    ]


@pytest.mark.parametrize(
    ("face", "keys", "said"),
    [
        ("desk", [], ["phoenix.E040"]),
        ("cms", ["long enough " * 3, "short"], ["phoenix.E040"]),
        ("desk", ["long enough " * 3], []),
        ("public", [], []),
    ],
)
def test_a_face_of_staff_without_good_keys_is_named(settings: Any, face: str, keys: list[str], said: list[str]) -> None:
    settings.PHOENIX_FACE, settings.SECOND_FACTOR_KEYS = Face(face), keys
    assert [problem.id for problem in second_factor_keys()] == said


def test_council_accounts_without_their_tenant_are_named(settings: Any) -> None:
    settings.OIDC_SERVER, settings.OIDC_TENANT = "https://login.example", ""
    assert [problem.id for problem in council_accounts()] == ["phoenix.E041"]


# --- Invitations ------------------------------------------------------------------------------------------------


@pytest.fixture
def invited() -> tuple[User, str]:
    user = User.objects.get(username="senior")
    return user, invite(user, Face.DESK)


def open_invitation(client: Client, path: str) -> str:
    page: str = client.get(path, follow=True).content.decode()
    return page


def accept(client: Client, page: str, code: Callable[[str], str] | None = None, password: str = PASSWORD * 2) -> Any:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    locked = re.search(r'name="secret" value="([^"]+)"', page)[1]  # type: ignore[index]
    right = format_hotp_value(hotp_value(unlock(locked), list(yield_hotp_counters_from_time())[1]))
    form = {"new_password1": password, "new_password2": password, "secret": locked, "code": code or right}
    return client.post(re.sub(r"/[^/]+/$", "/accept/", client.invitation), form)  # type: ignore[attr-defined]


def test_an_invitation_sets_both_factors_once(invited: tuple[User, str]) -> None:
    user, path = invited
    assert not Authenticator.objects.filter(user=user).exists()
    client = Client()
    client.invitation = path  # type: ignore[attr-defined]
    page = open_invitation(client, path)
    wrong = accept(client, page, code="000000")  # type: ignore[arg-type]
    assert "This code is not right" in wrong.content.decode()
    user.refresh_from_db()
    assert not user.has_usable_password()
    ready = accept(client, page).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", ready)) == 10
    assert "does not work any more" in open_invitation(Client(), path)
    fresh = Client()
    give_password(fresh, "desk", "senior", PASSWORD * 2)
    assert give_code(fresh, "desk", code_now(user)).headers["Location"] == "/mash/"


def test_a_newer_invitation_ends_the_older_and_every_session(invited: tuple[User, str]) -> None:
    user, path = invited
    client = Client()
    client.force_login(user)
    assert is_in(client, "desk")
    newer = invite(user, Face.DESK)
    assert "does not work any more" in open_invitation(Client(), path)
    assert "Set up your account" in open_invitation(Client(), newer)
    assert not is_in(client, "desk")


def test_an_invitation_ends_by_itself(invited: tuple[User, str], settings: Any) -> None:
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "does not work any more" in open_invitation(Client(), invited[1])


def test_the_command_prints_the_link_for_a_new_account(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("invite", "newcomer", "cms")
    [link] = re.findall(r"http://localhost:\d+(/cms/security/invitation/\S+)", capsys.readouterr().out)
    assert "newcomer" in open_invitation(Client(), link)


def test_the_demonstrations_codes_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo_codes")
    said = capsys.readouterr().out
    assert len(re.findall(r"^\S+ +\d{6}$", said, re.M)) == 9
