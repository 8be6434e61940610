"""Keys for the sealing tests: made by gpg, by OpenPGP.js under Node, and by our own demo script."""

import base64
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reporting.sealing import PublicKey, admit, as_text, build

ROOT = Path(__file__).resolve().parents[3]
BROWSER = Path(__file__).with_name("browser.mjs")
DEMO_KEYS = ROOT / "reporting" / "inbox" / "demo_keys.mjs"


def program(name: str) -> str:
    """The full path of a program these tests cannot do without."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"The sealing tests need the program '{name}', which is not on the PATH.", pytrace=False)
    return found


class Browser:
    """What a browser does with OpenPGP.js, done under Node by `browser.mjs`.

    Its fixture is called `openpgp_js`, because pytest-playwright has one called `browser`.
    """

    def ask(self, task: str, **details: Any) -> Any:
        done = subprocess.run(
            [program("node"), str(BROWSER), task],
            input=json.dumps(details).encode(),
            capture_output=True,
            cwd=ROOT,
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    def key(self, variant: str = "plain", **options: Any) -> dict[str, str]:
        """{publicKey, privateKey}, both armored."""
        return dict(self.ask("key", variant=variant, options=options))

    def seal(self, entities: list[bytes], keys: list[str], **options: Any) -> list[bytes]:
        """One binary message for each entity."""
        sealed = self.ask("seal", entities=[base64.b64encode(e).decode() for e in entities], keys=keys, options=options)
        return [base64.b64decode(message) for message in sealed]


class Gpg:
    """gpg with a home of its own, without passphrases."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, *words: str, data: bytes = b"", at: str | None = None, passphrase: str = "") -> bytes:
        """Standard output of one call, which must succeed; `at` sets gpg's clock (YYYYMMDDTHHMMSS)."""
        clock = ["--faked-system-time", at] if at else []
        quiet = ["--batch", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", passphrase]
        command = [program("gpg"), "--homedir", str(self.home), *quiet, *clock, "--trust-model", "always"]
        done = subprocess.run([*command, *words], input=data, capture_output=True)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout

    def make_key(self, name: str, lasts: str = "2y", at: str | None = None) -> str:
        """A key as the recovery ceremony makes it; returns its fingerprint."""
        user_id = f"{name} <{name}@x.example>"
        self.run("--quick-gen-key", user_id, "ed25519", "cert", lasts, at=at)
        listed = self.run("--with-colons", "--list-keys", user_id, at=at).decode()
        fingerprint = next(line for line in listed.splitlines() if line.startswith("fpr")).split(":")[9]
        self.run("--quick-add-key", fingerprint, "cv25519", "encr", lasts, at=at)
        return fingerprint

    def beside(self, name: str) -> "Gpg":
        """Another gpg that knows none of the keys of this one."""
        home = self.home / name
        home.mkdir(mode=0o700)
        return Gpg(home)

    def public(self, fingerprint: str) -> str:
        return self.run("--armor", "--export", fingerprint).decode()


@pytest.fixture(scope="session")
def openpgp_js() -> Browser:
    return Browser()


@pytest.fixture(scope="session")
def gpg() -> Iterator[Gpg]:
    # gpg's agent listens on a socket in this folder, whose path may have 107 characters at most.
    home = Path(tempfile.mkdtemp(prefix="g", dir="/tmp"))
    yield Gpg(home)
    subprocess.run([program("gpgconf"), "--homedir", str(home), "--kill", "all"], check=False)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def make_demo_keys() -> Callable[[Path], "subprocess.CompletedProcess[str]"]:
    """Run our script for a folder and return how it ended."""

    def run(folder: Path) -> "subprocess.CompletedProcess[str]":
        command = [program("node"), str(DEMO_KEYS), str(folder)]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT)

    return run


@pytest.fixture(scope="session")
def demo_folder(
    tmp_path_factory: pytest.TempPathFactory,
    make_demo_keys: Callable[[Path], "subprocess.CompletedProcess[str]"],
) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert make_demo_keys(folder).returncode == 0
    return folder


@pytest.fixture(scope="session")
def inbox(demo_folder: Path, gpg: Gpg) -> PublicKey:
    """The demo inbox key; gpg holds its private half."""
    passphrase = (demo_folder / "inbox-passphrase.txt").read_text().strip()
    gpg.run("--import", str(demo_folder / "inbox-key.asc"), passphrase=passphrase)
    return admit((demo_folder / "inbox-public.asc").read_bytes())


@pytest.fixture(scope="session")
def inbox_passphrase(demo_folder: Path) -> str:
    return (demo_folder / "inbox-passphrase.txt").read_text().strip()


@pytest.fixture(scope="session")
def recovery(gpg: Gpg) -> PublicKey:
    """A recovery key made with gpg, which holds its private half."""
    return admit(gpg.public(gpg.make_key("recovery")))


@pytest.fixture(scope="session")
def team(inbox: PublicKey, recovery: PublicKey) -> list[PublicKey]:
    return [inbox, recovery]


@pytest.fixture(scope="session")
def stranger(openpgp_js: Browser) -> PublicKey:
    return admit(openpgp_js.key()["publicKey"])


@pytest.fixture(scope="session")
def entity() -> bytes:
    """A short concern in its sealed form, 2 KiB."""
    answers = [("What worries you?", "He comes to school without a coat.")]
    return build(
        {"schema": 1, "answers": answers},
        as_text(answers),
        subject="New concern K7-402",
        sender="Concern form <no-reply@site.example>",
        recipient="MASH <mash@site.example>",
    )
