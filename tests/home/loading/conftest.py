"""The shipped entries, the same as a later version ships them, and what became of one when it was loaded."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.contrib.auth.models import User
from wagtail.models import Page

from home.loading.ledger import Outcome
from home.models import HomePage

ROOT = Path(__file__).resolve().parents[3]
Entries = list[dict[str, Any]]
NEW = "Words that a later version brings."
OURS = "Words that an editor chose."


@pytest.fixture
def pages() -> Entries:
    return [yaml.safe_load(file.read_text()) for file in sorted((ROOT / "home/content/pages").glob("*.yaml"))]


@pytest.fixture
def contacts() -> Entries:
    loaded: Entries = yaml.safe_load((ROOT / "resources/content/contacts.yaml").read_text())
    return loaded


@pytest.fixture
def places() -> Entries:
    loaded: Entries = yaml.safe_load((ROOT / "resources/content/places.yaml").read_text())
    return loaded


@pytest.fixture
def authorities() -> Entries:
    loaded: Entries = yaml.safe_load((ROOT / "resources/content/authorities.yaml").read_text())
    return loaded


@pytest.fixture
def area_boards() -> Entries:
    loaded: Entries = yaml.safe_load((ROOT / "resources/content/area_boards.yaml").read_text())
    return loaded


@pytest.fixture
def signs() -> Entries:
    loaded: Entries = yaml.safe_load((ROOT / "home/content/signs.yaml").read_text())
    return loaded


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("somebody")


def page_at(address: str) -> Page:
    home = HomePage.objects.get()
    return Page.objects.get(url_path=f"{home.url_path}{address}/").specific


def called(entry: dict[str, Any]) -> str:
    """What an entry is told apart by: a page's address, a contact's or sign's key, a place's name."""
    return str(entry.get("address", entry.get("key", entry.get("name"))))


def family(pages: Entries, address: str) -> int:
    """How many shipped pages stand at this address and below it."""
    return sum(f"{page['address']}/".startswith(f"{address}/") for page in pages)


def renew(entries: Entries, key: str, **changes: Any) -> Entries:
    """The entries as a later version ships them: the one of this key, address or name changed."""
    later = copy.deepcopy(entries)
    [entry] = [entry for entry in later if key == called(entry)]
    entry.update(changes)
    return later


def outcome_of(load: Callable[[Entries], list[Outcome]], entries: Entries, key: str) -> Outcome:
    """What became of one entry; every other one is unchanged."""
    outcomes = load(entries)
    [place] = [n for n, entry in enumerate(entries) if key == called(entry)]
    assert set(outcomes[:place] + outcomes[place + 1 :]) <= {Outcome.SAME}
    return outcomes[place]
