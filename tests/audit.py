"""Doing to the audit what the database refuses, for tests that look for such changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection

refusal = import_module("reporting.inbox.migrations.0009_audit_is_added_to_only")


@contextmanager
def unguarded() -> Iterator[None]:
    """For the length of the block lines of the audit can be changed and deleted."""
    run(refusal.ALLOW)
    yield
    run(refusal.REFUSE)


def run(statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
