"""What the tests of a concern's way share."""

import pytest
from django.utils import timezone

from reporting.inbox.keys import usable_keys
from reporting.sealing import SealedMessage, build, seal


@pytest.fixture
def sealed(keys_in_use: None) -> SealedMessage:
    """Something small, sealed to the keys in use."""
    entity = build({"schema": 1}, "text\n", subject="s", sender="a@demo.example", recipient="b@demo.example")
    return seal(entity, usable_keys(), now=timezone.now())
