"""Replies: locked with the reply key of the code words, by an officer's browser; opened for a reporter without script.

The shape (RFC 9580): one SKESK version 4 with an iterated and salted S2K (5.3.1, 3.7.1.3), then one SEIPD version 1,
nothing else, in one of four sizes. The count of the S2K is low because a reply key has 256 bits: nothing is gained by
making each guess slow, and everybody who opens a reply would pay for it.
"""

from pysequoia import decrypt

from reporting.sealing.entity import BUCKETS
from reporting.sealing.errors import MessageRefused, refusing
from reporting.sealing.framing import frames
from reporting.sealing.incoming import packet_size
from reporting.sealing.packets import SEIPD

SKESK = 3
# Version 4, AES-256, iterated and salted, SHA-256; then 8 octets of salt, the count 0x60 (65,536 octets hashed), and
# the wrapped session key of 33 octets.
_HEAD, _COUNT, _SKESK_LENGTH = bytes([4, 9, 3, 8]), 0x60, 46
# What SEIPD version 1 and the literal packet add to an entity: see `incoming.sealed_size`.
_SIZES = frozenset(
    packet_size(_SKESK_LENGTH) + packet_size(1 + 18 + packet_size(6 + bucket) + 22) for bucket in BUCKETS
)


def check_locked(message: bytes) -> bytes:
    """Accept a binary reply of the one shape and sizes named above; `MessageRefused` for everything else.

    What it says, and whether the reporter's words open it, the server cannot know.
    """
    with refusing(MessageRefused, "This is not a locked reply."):
        found = frames(message)
    if [frame.tag for frame in found] != [SKESK, SEIPD] or len(message) not in _SIZES:
        raise MessageRefused("A reply is one locked session key and one sealed body, in one of four sizes.")
    key, body = (frame.body for frame in found)
    if len(key) != _SKESK_LENGTH or key[:4] != _HEAD or key[12] != _COUNT:
        raise MessageRefused("The session key of a reply is not locked in the form (SKESK v4) we use.")
    if body[0] != 1:
        raise MessageRefused("The sealed body of a reply is not SEIPD version 1.")
    return message


def open_locked(message: bytes, reply_key: str) -> bytes:
    """The entity inside a reply, in memory; `MessageRefused` if this key does not open it or it is damaged."""
    check_locked(message)
    with refusing(MessageRefused, "This reply cannot be opened."):
        return decrypt(bytes=message, passwords=[reply_key]).bytes or b""
