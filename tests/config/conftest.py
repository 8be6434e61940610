"""What the tests of the wiring share: a site of a few views, the numbers on disk, and a process of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import path

ROOT = Path(__file__).resolve().parents[2]
View = Callable[..., Any]
#: Pages of the public face.
PUBLIC = ["/", "/young-people/", "/find-help/", "/privacy/", "/tell-us/"]


@pytest.fixture
def site_of(settings: Any) -> Callable[[dict[str, View]], None]:
    """A function that replaces every address of the site by the given ones, behind the real middleware."""

    def use(views: dict[str, View]) -> None:
        settings.ROOT_URLCONF = tuple(path(address, view) for address, view in views.items())
        settings.STAFF_URLCONFS = dict.fromkeys(settings.STAFF_URLCONFS, settings.ROOT_URLCONF)

    return use


@pytest.fixture(scope="session")
def shipped_snapshot(django_db_setup: None, django_db_blocker: Any) -> str:
    """The snapshot file of the shipped contacts, as text."""
    from resources import snapshot

    with django_db_blocker.unblock():
        snapshot.write_snapshot()
    return snapshot.path().read_text()


@pytest.fixture
def numbers_on_disk(settings: Any, tmp_path: Path, shipped_snapshot: str) -> Path:
    """A data folder that holds nothing but the snapshot."""
    settings.DATA_DIR = tmp_path
    file = tmp_path / "contacts.json"
    file.write_text(shipped_snapshot)
    return file


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A function that runs Python on the site in a process of its own, with these environment variables only."""
    folder = tmp_path_factory.mktemp("empty")

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        base = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}", "DATA_DIR": str(folder)}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=base | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def loaded_folder(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of this worker's own whose SQLite database has the shipped content."""
    return shutil.copytree(loaded, tmp_path_factory.mktemp("loaded") / "data")
