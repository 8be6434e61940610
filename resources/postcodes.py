"""Postcodes as people type them. Of a full one we keep the district, its first half: a home is nobody's business."""

import re

DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
#: A postcode anywhere in what was typed: the district, and the second half if it is there, even an unfinished one.
ANYWHERE = re.compile(rf"\b({DISTRICT.pattern})(?:\s*([0-9][A-Z]{{2}})|\s+([0-9][A-Z]?))?\b", re.IGNORECASE)


def is_district(name: str) -> bool:
    """Whether a name is the first half of a postcode, as we write it: "BA12"."""
    return DISTRICT.fullmatch(name) is not None


def take_district(typed: str) -> tuple[str, str, bool]:
    """What was typed without its postcode, the district of that (empty if there is none), and whether more was cut."""
    found = ANYWHERE.search(typed)
    if not found:
        return typed, "", False
    rest = f"{typed[: found.start()]} {typed[found.end() :]}"
    return " ".join(rest.replace(",", " ").split()), found[1].upper(), bool(found[2] or found[3])
