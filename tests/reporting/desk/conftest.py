"""An officer with a slot, colleagues who have none, and reports to read."""

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from config.demo.accounts import make_accounts, make_officers
from config.demo.keys import OFFICERS
from config.demo.node import node
from reporting.inbox.keys import put_in_use, usable_keys
from reporting.inbox.models import Officer, Report
from reporting.inbox.models.key import RESTRICTED_INBOX
from reporting.inbox.receive import add, receive
from reporting.sealing import PublicKey, SealedMessage, as_text, build, seal

PASSWORD = "a password made up for tests"


@pytest.fixture(scope="session")
def officer_keys(demo_keys: Path) -> Path:
    """The folder of the demonstration's keys, with those of the restricted inbox and of the officers among them."""
    if not (demo_keys / "restricted-key.asc").exists():
        node("reporting/inbox/demo_keys.mjs", str(demo_keys), "restricted")
    for name, inboxes in OFFICERS.items():
        if not (demo_keys / f"{name}-key.asc").exists():
            node("reporting/inbox/demo_officer.mjs", str(demo_keys), name, *inboxes)
    if not (demo_keys / "vouches.json").exists():
        node("reporting/inbox/demo_vouches.mjs", str(demo_keys), *(f"{name}=main" for name in OFFICERS))
    return demo_keys


@pytest.fixture
def officer(keys_in_use: None, officer_keys: Path, tmp_path: Path) -> Officer:
    """The demonstration's officer, who can open reports."""
    put_in_use("inbox", (officer_keys / "restricted-public.asc").read_text(), RESTRICTED_INBOX)
    make_accounts(tmp_path / "accounts.txt")
    make_officers(officer_keys)
    return Officer.objects.get(user__username="officer")


@pytest.fixture
def senior(officer: Officer) -> Officer:
    """One of the two who can open what is restricted, too."""
    return Officer.objects.get(user__username="senior")


@pytest.fixture
def new_officer(officer: Officer) -> Officer:
    """A colleague who was given a key and no slot."""
    user = User.objects.create_user("new-officer", password=PASSWORD)
    return Officer.objects.create(user=user, fingerprint="F" * 40, public_key="", locked_key="LOCKED")


@pytest.fixture
def desk(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    return signed_in(officer.user)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sealed(text: str = "A worry, told for a test.") -> SealedMessage:
    """Something sealed to the keys in use."""
    return sealed_to(usable_keys(), text)


def sealed_to(recipients: Sequence[PublicKey], text: str = "A worry, told for a test.") -> SealedMessage:
    """Something sealed to these keys."""
    answers = [{"key": "story", "question": "What", "answer": text}]
    entity = build(
        {"schema": 1, "answers": answers},
        as_text([("What", text)]),
        subject="New concern",
        sender="a@demo.example",
        recipient="b@demo.example",
    )
    return seal(entity, recipients, now=timezone.now())


def whole(message: SealedMessage) -> bytes:
    return message.pkesk + message.body


@pytest.fixture
def tell(officer: Officer) -> Callable[..., Report]:
    """A function that takes a report in; keywords are set on it afterwards."""

    def told(danger: bool = False, words: bool = True, **fields: object) -> Report:
        digest = uuid.uuid4().hex * 2 if words else ""
        report = receive(sealed(), report_id=uuid.uuid4(), danger=danger, size_bucket=2048, lookup_digest=digest)
        for name, value in fields.items():
            setattr(report, name, value)
        report.save()
        report.refresh_from_db()
        return report

    return told


@pytest.fixture
def add_to() -> Callable[[Report], None]:
    """A function by which the sender adds something."""

    def added(report: Report) -> None:
        add(sealed("And another thing."), report=report, letter_id=uuid.uuid4(), size_bucket=2048)

    return added
