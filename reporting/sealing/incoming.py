"""Messages that were sealed in a reporter's browser: the server cannot open them, so it looks at their shape.

Whoever posts can still post nonsense that is correctly sealed. What is kept out: a message that the inbox key
or the recovery key cannot open, one that a third key can open, and one whose size tells it from the others.
"""

from collections.abc import Sequence

from reporting.sealing.entity import BUCKETS
from reporting.sealing.errors import MessageRefused
from reporting.sealing.keys import PublicKey
from reporting.sealing.packets import PKESK_BODY_LENGTH, read_message
from reporting.sealing.seal import SealedMessage, demand_recipients


def sealed_size(entity_length: int, recipients: int) -> int:
    """Octets of the binary message that seals so many octets to so many recipients, without compression.

    Measured equal for pysequoia 0.1.35 and OpenPGP.js 6.3.2, for any content: with two recipients 2,293,
    8,437, 33,019 and 131,323 octets for the four buckets. A literal packet holds format, empty name and date:
    6 octets (RFC 9580 section 5.9); SEIPD version 1 adds a version, 18 octets of prefix, 22 of hash (5.13.1).
    """
    literal = packet_size(6 + entity_length)
    return recipients * packet_size(PKESK_BODY_LENGTH) + packet_size(1 + 18 + literal + 22)


def bucket_of(sealed: SealedMessage) -> int:
    """Which of `BUCKETS` (octets) a sealed message fills; `MessageRefused` if none."""
    recipients = len(sealed.key_fingerprints)
    for bucket in BUCKETS:
        if sealed.size == sealed_size(bucket, recipients):
            return bucket
    raise MessageRefused("The message does not have one of the four sizes of sealed reports.")


def check_sealed(message: bytes, *, recipients: Sequence[PublicKey]) -> SealedMessage:
    """Accept a message, armored or binary, sealed to exactly these recipients in one of the four sizes.

    Raises `MessageRefused` for everything else. Whether it opens, and what it says, its readers can tell.
    """
    contents = read_message(message)
    demand_recipients(contents, recipients)
    sealed = SealedMessage(contents.pkesk, contents.body, tuple(key.fingerprint for key in recipients))
    bucket_of(sealed)
    return sealed


def packet_size(body: int) -> int:
    """A packet with its header: type, then a length of 1, 2 or 5 octets (RFC 9580 section 4.2.1)."""
    return body + 1 + (1 if body < 192 else 2 if body < 8384 else 5)
