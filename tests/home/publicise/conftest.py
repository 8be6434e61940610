"""What the tests of leaflets and posters share: an address of the site that is like a real one."""

from typing import Any

import pytest

ADDRESS = "https://phoenix.example"


@pytest.fixture(autouse=True)
def address(settings: Any) -> None:
    """Where the site stands, for codes and links."""
    settings.ADDRESS = ADDRESS
