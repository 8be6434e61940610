"""What the whole suite shares: the demonstration's content in the test database, and demonstration keys."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from tests.databases import database_of_its_own
from tests.mailbox import mailbox  # noqa: F401 (a fixture for all)
from tests.once import made_once

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: once Playwright runs in this thread, Django takes it for asynchronous and refuses queries.

    Files that need no database first: meanwhile one worker makes what all databases are copied from.
    """
    with_database = {item.path for item in items if item.get_closest_marker("django_db")}
    items.sort(key=lambda item: (item.get_closest_marker("browser") is not None, item.path in with_database))


@receiver(user_logged_in)
def with_second_factor(request: Any, user: Any, **more: object) -> None:
    """`Client.force_login` stands for a whole sign-in, as its request, which has no path, is no browser's."""
    from allauth.account.internal.flows.login import record_authentication

    if not request.path:
        record_authentication(request, user, "mfa", type="totp")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than processor cores: browser tests wait a quarter of their time, for mails and for paint."""
    return (os.cpu_count() or 1) + 1


def load_content(folder: Path, **environment: str) -> None:
    """Make a database with the shipped content, as a new installation does; a data folder for the rest."""
    base = {name: value for name, value in os.environ.items() if name not in ("PYTEST_XDIST_WORKER", "DATABASE_URL")}
    for command in ("migrate", "load_content"):
        done = subprocess.run(
            [sys.executable, "manage.py", command],
            cwd=ROOT,
            env=base | {"PHOENIX_TEST_DIR": str(folder)} | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose SQLite database has the shipped content, whatever the suite itself runs on."""
    return made_once(tmp_path_factory, "loaded", load_content)


@pytest.fixture(scope="session")
def loaded_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """On PostgreSQL: the name of a database that has the shipped content and is only copied. Otherwise nothing."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return ""
    name = "phoenix_loaded"

    def make(folder: Path) -> None:
        load_content(folder, DATABASE_URL=database_of_its_own(url, name))

    made_once(tmp_path_factory, "loaded-postgresql", make)
    return name


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, loaded_database: str) -> None:
    """On PostgreSQL each worker's database is a copy of the loaded one."""
    from django.db import connection

    if loaded_database:
        connection.settings_dict["TEST"]["TEMPLATE"] = loaded_database


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, loaded: Path, django_db_blocker: Any) -> None:
    """Every test starts from the shipped content."""
    from django.conf import settings
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    shutil.copytree(loaded, settings.DATA_DIR, ignore=shutil.ignore_patterns("*.sqlite3*"), dirs_exist_ok=True)
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(loaded / "phoenix.sqlite3")) as source:
            connection.ensure_connection()
            source.backup(connection.connection)
    ContentType.objects.clear_cache()  # what Django has read so far was of the empty tables


@pytest.fixture(scope="session")
def demo_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an inbox key and a recovery key, made as `make run` makes them."""
    folder = tmp_path_factory.mktemp("keys")
    node = shutil.which("node") or str(ROOT / ".venv/bin/node")
    subprocess.run([node, "reporting/inbox/demo_keys.mjs", str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.fixture
def keys_in_use(db: None, demo_keys: Path) -> None:
    """The form is open: both keys are in use."""
    from reporting.inbox.keys import put_in_use

    for role in ("inbox", "recovery"):
        put_in_use(role, (demo_keys / f"{role}-public.asc").read_text())


@pytest.fixture(scope="session")
def gpg_home(demo_keys: Path) -> Iterator[Path]:
    """A gpg that holds the recovery key. Its folder has a short path: gpg's socket names must fit."""
    import tempfile

    home = Path(tempfile.mkdtemp(prefix="gpg-", dir="/tmp"))
    home.chmod(0o700)
    gpg(home, demo_keys / "recovery-passphrase.txt", "--import", str(demo_keys / "recovery-key.asc"))
    yield home
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=False)
    shutil.rmtree(home, ignore_errors=True)


def gpg(home: Path, passphrase_file: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """Run gpg without questions; its output. A failure fails the test with what gpg said."""
    command = ["gpg", "--homedir", str(home), "--batch", "--yes", "--quiet", "--pinentry-mode", "loopback"]
    done = subprocess.run(
        [*command, "--passphrase-file", str(passphrase_file), *arguments], input=stdin, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture
def open_sealed(gpg_home: Path, demo_keys: Path):  # type: ignore[no-untyped-def]
    """A function that opens a sealed message (armored or binary, bytes) with gpg and the recovery key."""

    def opened(sealed: bytes) -> bytes:
        return gpg(gpg_home, demo_keys / "recovery-passphrase.txt", "--decrypt", stdin=sealed)

    return opened
