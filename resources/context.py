"""Gives every template the contact book. It is read when a template first asks for a number, once an answer."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from resources.book import ContactBook


def contacts(request: HttpRequest) -> dict[str, Any]:
    return {"contacts": SimpleLazyObject(ContactBook.current)}
