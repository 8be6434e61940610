"""From bytes of a stranger to a list of packets, before any library looks at them.

pysequoia unpacks compressed packets while it reads: one of 200 KB was measured to take 400 MiB. So armor and
packet headers are read here first, unpacking nothing, and only packets that may be there are passed on.
"""

import base64
import re
from dataclasses import dataclass

_BLOCK = re.compile(rb"-----BEGIN PGP ([A-Z ]+)-----.*?-----END PGP \1-----", re.DOTALL)


class BadFraming(ValueError):
    """The bytes are neither armor nor packets; the sentence says where it went wrong."""


@dataclass(frozen=True)
class Frame:
    """One packet: its type (RFC 9580 section 5), its body, and the packet whole with its header."""

    tag: int
    body: bytes
    whole: bytes


def is_binary(data: bytes) -> bool:
    """Whether the bytes begin like a packet (RFC 9580 section 4.2: the top bit is set) and not like text."""
    return bool(data) and data[0] >= 0x80


def blocks(text: bytes) -> list[tuple[str, bytes]]:
    """Every armored block in a text, as (label, block); the label is for example 'PUBLIC KEY BLOCK'."""
    return [(found[1].decode("ascii"), found[0]) for found in _BLOCK.finditer(text)]


def dearmor(block: bytes, label: str) -> bytes:
    """The binary form of one armored block and nothing beside it (RFC 9580 section 6.2).

    The checksum line is skipped: section 6.1 forbids to rely on it, and messages carry their own protection.
    """
    lines = [line.rstrip() for line in block.strip().splitlines()]
    begin, end = f"-----BEGIN PGP {label}-----".encode(), f"-----END PGP {label}-----".encode()
    if len(lines) < 3 or lines[0] != begin or lines[-1] != end:
        raise BadFraming(f"there is not exactly one block 'PGP {label}'")
    if b"" not in lines:
        raise BadFraming("the empty line after the armor headers is missing")
    content = lines[lines.index(b"") + 1 : -1]
    if content and content[-1].startswith(b"="):
        content.pop()
    try:
        return base64.b64decode(b"".join(content), validate=True)
    except ValueError:
        raise BadFraming("the armor is damaged") from None


def frames(binary: bytes) -> list[Frame]:
    """Cut binary OpenPGP data into packets (RFC 9580 section 4.2), at least one.

    Partial and open-ended lengths are refused: pysequoia and OpenPGP.js do not write them for data in memory.
    """
    found = []
    position = 0
    while position < len(binary):
        tag, start, length = _header(binary, position)
        end = start + length
        if end > len(binary):
            raise BadFraming("the data ends in the middle of a packet")
        found.append(Frame(tag, binary[start:end], binary[position:end]))
        position = end
    if not found:
        raise BadFraming("there is nothing in it")
    return found


def variable_length(data: bytes, position: int) -> tuple[int, int]:
    """A length in one, two or five octets, as (length, position after it).

    Used by new packet headers (RFC 9580 section 4.2.1) and by signature subpackets (section 5.2.3.7).
    """
    try:
        first = data[position]
        if first < 192:
            return first, position + 1
        if first < 255:
            return ((first - 192) << 8) + data[position + 1] + 192, position + 2
    except IndexError:
        raise BadFraming("the data ends in the middle of a length") from None
    return _number(data, position + 1, 4), position + 5


def _header(data: bytes, position: int) -> tuple[int, int, int]:
    """(tag, where the body starts, body length) of the packet at `position`, in either header format."""
    first = data[position]
    if first < 0x80:
        raise BadFraming("a packet header was expected")
    if first & 0x40:
        if 224 <= _number(data, position + 1, 1) < 255:
            raise BadFraming("a packet has a partial length")
        length, start = variable_length(data, position + 1)
        return first & 0x3F, start, length
    octets = (1, 2, 4, 0)[first & 0x03]
    if octets == 0:
        raise BadFraming("a packet has no length")
    return (first >> 2) & 0x0F, position + 1 + octets, _number(data, position + 1, octets)


def _number(data: bytes, position: int, octets: int) -> int:
    """A big-endian number of so many octets."""
    piece = data[position : position + octets]
    if len(piece) < octets:
        raise BadFraming("the data ends in the middle of a length")
    return int.from_bytes(piece, "big")
