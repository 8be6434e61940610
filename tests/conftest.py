"""What the whole suite shares: the demonstration's content in the test database, and demonstration keys."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.mailbox import mailbox  # noqa: F401 (a fixture for all)

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: once Playwright runs in this thread, Django takes it for asynchronous and refuses queries."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Load the shipped content once; every test starts from it."""
    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)


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
