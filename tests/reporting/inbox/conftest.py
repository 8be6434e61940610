"""An officer for tests that open nothing."""

import pytest
from django.contrib.auth.models import User

from reporting.inbox.models import Officer


@pytest.fixture
def officer(db: None) -> Officer:
    # Placeholders for the officer's own keys.
    return Officer.objects.create(
        user=User.objects.create_user("manager"), fingerprint="0" * 40, public_key="-", locked_key="-"
    )
