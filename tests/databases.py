"""Databases beside the suite's own, on PostgreSQL."""

from urllib.parse import urlsplit, urlunsplit

import psycopg


def database_of_its_own(url: str, name: str, template: str = "template1") -> str:
    """Make a fresh database beside the one at `url`, as a copy of another one there; its address."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"'.encode())
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
