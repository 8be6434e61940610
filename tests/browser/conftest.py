"""The real site for browser tests: what `make run` starts, in a folder of its own, and a real Chromium before it."""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import gpg
from tests.databases import database_of_its_own
from tests.once import made_once

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: A busy machine takes its time; a site that does not start says why in its log.
START_SECONDS, STOP_SECONDS = 240, 60
#: Each worker of pytest-xdist has sites of its own.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


@dataclass
class RunningSite:
    """A site that answers at `address`; everything it keeps lies in `data`, what it printed in `log`."""

    address: str
    data: Path
    log: Path
    environment: dict[str, str]
    #: The process that runs the parts, once it was started.
    pid: int = 0

    @property
    def mailbox(self) -> Path:
        return self.data / "demo" / "mailbox"

    def manage(self, *arguments: str) -> str:
        """Run a management command beside the running site."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def python(self, code: str) -> str:
        """What a few lines of Python print beside the running site. One interpreter runs them all: starting costs."""
        process = self._interpreter
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps(code) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        assert answer, "The interpreter beside the site ended."
        done = json.loads(answer)
        assert not done["wrong"], done["wrong"]
        return str(done["printed"]).strip()

    @cached_property
    def _interpreter(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-v0", "-c", INTERPRETER],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

        def end() -> None:
            process.communicate()  # closes what it reads, so it ends

        atexit.register(end)
        return process


# Runs each line it reads, and answers with what that printed. Every line meets the database as it stands then.
INTERPRETER = """
import contextlib, io, json, os, sys, traceback
from django.db import connections
# Programs that a line starts neither read our lines nor write among our answers.
lines, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
os.dup2(2, 1)
for line in lines:
    printed, wrong = io.StringIO(), ""
    with contextlib.redirect_stdout(printed):
        try:
            exec(json.loads(line), {"__name__": "beside"})
        except Exception:
            wrong = traceback.format_exc()
    connections.close_all()
    print(json.dumps({"printed": printed.getvalue(), "wrong": wrong}), file=answers, flush=True)
"""


def free_port() -> int:
    """A port such that it and the one 25 above it, for the mailbox, are free."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 25))
            except (OSError, OverflowError):
                continue
            return int(port)


def wait_until_it_answers(site: RunningSite, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, site.log.read_text()
        try:
            urllib.request.urlopen(f"{site.address}/health/ready", timeout=5)  # noqa: S310 (our own site)
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)  # polls a condition, with an end
    raise AssertionError(f"The site did not start:\n{site.log.read_text()}")


def site_in(folder: Path, database_name: str, start_from: tuple[Path, str] | None = None) -> RunningSite:
    """A site that could run in a folder: its address, its environment, its own database. Nothing is started.

    Its data may start as a copy of a data folder and, on PostgreSQL, of the database of that name.
    """
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PHOENIX_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATA_DIR": str(folder / "data"),
        "PHOENIX_PSEUDO_LANGUAGES": "true",
        "PHOENIX_PORT": str(port),
        "PHOENIX_BIND": f"127.0.0.1:{port}",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "TMPDIR": str(folder / "tmp"),
    }
    (folder / "tmp").mkdir()
    data, template = start_from or (None, "template1")
    if data:
        shutil.copytree(data, folder / "data")
    if database := os.environ.get("DATABASE_URL"):
        environment["DATABASE_URL"] = database_of_its_own(database, database_name, template)
    return RunningSite(f"http://localhost:{port}", folder / "data", folder / "log.txt", environment)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, loaded: Path, loaded_database: str) -> tuple[Path, str]:
    """A demonstration that is ready and never ran. Tables and content are not made a second time."""
    name = "phoenix_prepared"

    def make(folder: Path) -> None:
        first = site_in(folder, name, (loaded, loaded_database))
        # What readers' browsers get, collected anew only when a source has changed.
        subprocess.run(["make", "--silent", "staticfiles/staticfiles.json"], cwd=ROOT, check=True)
        first.manage("demo", "--only-prepare")

    return made_once(tmp_path_factory, "prepared", make) / "data", name


@contextmanager
def started(site: RunningSite) -> Iterator[RunningSite]:
    """A site that runs, until the block ends. It must end well."""
    with site.log.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"],
            cwd=ROOT,
            env=site.environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        site.pid = process.pid
        try:
            wait_until_it_answers(site, process)
            yield site
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=STOP_SECONDS) == 0, site.log.read_text()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, prepared: tuple[Path, str]) -> Iterator[RunningSite]:
    """One running site for the whole session."""
    with started(site_in(tmp_path_factory.mktemp("site"), f"phoenix_browser{WORKER}", prepared)) as running:
        yield running


@pytest.fixture(scope="session")
def base_url(site: RunningSite) -> str:
    return site.address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": program("chromium-headless-shell"), "args": CHROMIUM_FLAGS}


def program(name: str) -> str:
    """Where a browser lies. Most tests drive Chromium without its windows, which opens pages at a third of the cost."""
    found = shutil.which(name)
    assert found, f"The browser is missing. On Debian: apt-get install {name}"
    return found


@pytest.fixture(autouse=True)
def _nothing_leaves_this_machine(context) -> None:  # type: ignore[no-untyped-def]
    """Requests to other machines are answered here: Exit's neutral page, and nothing else."""

    def answer(route) -> None:  # type: ignore[no-untyped-def]
        host = urlsplit(route.request.url).hostname or ""
        if host in ("localhost", "127.0.0.1") or host.endswith(".localhost"):
            route.continue_()
        elif route.request.url.startswith("https://www.bbc.co.uk/weather"):
            route.fulfill(body="<!doctype html><title>Weather</title><h1>Weather</h1>", content_type="text/html")
        else:
            route.abort()

    context.route("**/*", answer)


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def teller(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Somebody who tells and reads, with script and without."""
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def gpg_opens(site: RunningSite, sealed: bytes) -> bytes:
    """What a visitor of the demonstration does: open a sealed message with the recovery key it left."""
    demo = site.data / "demo"
    return gpg(home_with_recovery_key(demo), demo / "recovery-passphrase.txt", "--decrypt", stdin=sealed)


@cache
def home_with_recovery_key(demo: Path) -> Path:
    """A gpg home that holds a demonstration's recovery key, until the tests end."""
    home = Path(tempfile.mkdtemp(prefix="gpg-", dir="/tmp"))

    def remove() -> None:
        subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=False)
        shutil.rmtree(home, ignore_errors=True)

    atexit.register(remove)
    gpg(home, demo / "recovery-passphrase.txt", "--import", str(demo / "recovery-key.asc"))
    return home


@pytest.fixture
def make_backup(site: RunningSite) -> "object":
    """Bring what PostgreSQL holds into the folder that is searched; SQLite's files lie there anyway."""

    def dump() -> Path:
        file = site.data / "dump.bin"
        if url := site.environment.get("DATABASE_URL"):
            tool = shutil.which("pg_dump") or str(next(Path("/usr/lib/postgresql").glob("*/bin/pg_dump")))
            with file.open("wb") as target:
                subprocess.run([tool, "--inserts", url], stdout=target, check=True)
        return file

    return dump
