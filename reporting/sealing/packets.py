"""Reading sealed messages: the one shape we make and accept, taken apart and put together again.

The shape, chosen because every mail program opens it: session keys wrapped to Curve25519 (PKESK version 3,
RFC 9580 section 5.1.1), then one body with integrity protection (SEIPD version 1, 5.13.1), nothing else.
"""

from dataclasses import dataclass

from pysequoia import ArmorKind
from pysequoia import armor as library_armor
from pysequoia.packet import PacketPile, Tag

from reporting.sealing.errors import MessageRefused, refusing
from reporting.sealing.framing import dearmor, frames, is_binary

PKESK, SEIPD = 1, 18
ECDH = 18
# Version, key id, algorithm, ephemeral point of 33 octets, wrapped AES-256 key of 48 octets: always the same.
PKESK_BODY_LENGTH = 1 + 8 + 1 + (2 + 33) + (1 + 48)
LARGEST_MESSAGE = 256 * 1024


@dataclass(frozen=True)
class Contents:
    """A message of the right shape: who can open it, and its two halves as bytes.

    `recipient_ids` are key ids of encryption subkeys, 16 upper-case hex digits, in the order of the packets.
    """

    recipient_ids: tuple[str, ...]
    pkesk: bytes
    body: bytes


def read_message(message: bytes) -> Contents:
    """Read an armored or binary message; `MessageRefused` unless it has exactly the shape named above."""
    if len(message) > LARGEST_MESSAGE:
        raise MessageRefused("This message is larger than any sealed report.")
    with refusing(MessageRefused, "This is not a sealed message."):
        binary = message if is_binary(message) else dearmor(message, "MESSAGE")
        found = frames(binary)
    *heads, body = found
    if body.tag != SEIPD or not heads or any(head.tag != PKESK for head in heads):
        raise MessageRefused("This message holds other packets than wrapped session keys and one sealed body.")
    with refusing(MessageRefused, "This is not a sealed message."):
        pile = list(PacketPile.from_bytes(binary))
        ids = tuple(_recipient_id(packet.body) for packet in pile if packet.tag == Tag.PKESK)
        versions = [packet.body[0] for packet in pile if packet.tag == Tag.SEIP]
    if len(ids) != len(heads) or versions != [1]:
        raise MessageRefused("The sealed body is not SEIPD version 1, which mail programs need to open it.")
    return Contents(ids, b"".join(head.whole for head in heads), body.whole)


def split(message: bytes) -> tuple[bytes, bytes]:
    """(wrapped session keys, sealed body), both binary, so that a rotation can replace the first alone."""
    contents = read_message(message)
    return contents.pkesk, contents.body


def join(pkesk: bytes, body: bytes) -> bytes:
    """The binary message made of two halves; `MessageRefused` if they do not make one of the right shape."""
    message = pkesk + body
    read_message(message)
    return message


def armor(binary: bytes) -> str:
    """The message as text, 'PGP MESSAGE' (RFC 9580 section 6.2), with LF line ends."""
    return library_armor(binary, ArmorKind.Message)


def _recipient_id(body: bytes) -> str:
    """The key id a session key is wrapped to (RFC 9580 section 5.1.1)."""
    if len(body) != PKESK_BODY_LENGTH or body[0] != 3 or body[9] != ECDH:
        raise MessageRefused("A session key is not wrapped to a Curve25519 key in the form (PKESK v3) we use.")
    return body[1:9].hex().upper()
