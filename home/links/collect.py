"""Which addresses of other sites our public records name, and where."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from typing import Any

from wagtail.models import Page

from resources.models import Contact

#: An address in a field of its own, in a link of rich text, or typed into words. Quotes and brackets end it.
ADDRESS = re.compile(r"""https?://[^\s"'<>\\“”‘’()\[\]{}|^`]+""", re.IGNORECASE)
Use = tuple[str, int, str]


def addresses() -> dict[str, list[Use]]:
    """Each address with what names it: the kind, key and name of the record."""
    found: defaultdict[str, list[Use]] = defaultdict(list)
    for record in public_records():
        use = (record._meta.label_lower, record.pk, str(record))
        for address in sorted(set(addresses_in(record.serializable_data()))):
            found[address].append(use)
    return dict(found)


def public_records() -> Iterator[Any]:
    """What readers see: live contacts, and live pages as what they are."""
    yield from Contact.objects.filter(live=True)
    yield from Page.objects.live().specific()


def addresses_in(value: Any) -> Iterator[str]:
    """The addresses in whatever a record keeps; stream fields are texts of JSON."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from addresses_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses_in(inner)
    elif isinstance(value, str):
        if value.startswith(("[", "{")):
            try:
                yield from addresses_in(json.loads(value))
                return
            except ValueError:
                pass
        for found in ADDRESS.findall(unescape(value)):
            yield without_fragment(found.rstrip(".,;:!?"))


def without_fragment(address: str) -> str:
    """No server is told the part after "#"."""
    return address.partition("#")[0]
