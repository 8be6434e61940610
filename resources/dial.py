"""Dial strings: a number valid by the phonenumbers library, or a short code people know, or 18001 and either.

`tel:` links of short codes must be written as dialled (`tel:999`): RFC 3966 would ask for a context that phones ignore.
"""

from urllib.parse import quote

import phonenumbers
from django.core.exceptions import ValidationError
from phonenumbers import shortnumberinfo

REGION = "GB"
RELAY_PREFIX = "18001"


def digits(number: str) -> str:
    """What is dialled: `0300 456 0108` gives `03004560108`. Letters and other signs are kept, to be refused."""
    return "".join(number.split())


def is_dial_string(number: str) -> bool:
    """Whether a phone in this country can dial it. Takes spaces, as people write numbers."""
    dialled = digits(number)
    if not dialled.isascii() or not dialled.isdigit():
        return False
    try:
        parsed = phonenumbers.parse(dialled.removeprefix(RELAY_PREFIX), REGION)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) or shortnumberinfo.is_valid_short_number_for_region(parsed, REGION)


def why_not(number: str) -> str:
    """Why a number cannot be dialled, and what to do; the commonest reason is a missing digit."""
    dialled = digits(number)
    if not dialled.isascii() or not dialled.isdigit():
        return "Write digits and spaces, nothing else: no letters, brackets or dashes, and 0 in place of +44."
    counted = "It has %(count)d digits, and numbers that begin like this have %(right)d: one %(is)s. "
    if any(is_dial_string(dialled + digit) for digit in "0123456789"):
        why = counted % {"count": len(dialled), "right": len(dialled) + 1, "is": "is missing"}
    elif is_dial_string(dialled[:-1]):
        why = counted % {"count": len(dialled), "right": len(dialled) - 1, "is": "is too many"}
    else:
        why = "Count its digits. "
    return f"{why}Look it up again on the service’s own page, and ring it."


def validate_dial_string(number: str) -> None:
    """Refuse what no phone can dial, and say why."""
    if not is_dial_string(number):
        raise ValidationError(
            "“%(number)s” is not a number that can be dialled in the UK. %(why)s",
            params={"number": number, "why": why_not(number)},
            code="not_dialable",
        )


def tel(number: str) -> str:
    """The address of a call link, exactly as dialled."""
    return f"tel:{digits(number)}"


def sms(number: str, word: str = "") -> str:
    """The address of a text message link, with the word to send if there is one."""
    return f"sms:{digits(number)}?body={quote(word)}" if word else f"sms:{digits(number)}"
