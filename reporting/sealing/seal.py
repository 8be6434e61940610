"""Sealing on the server: for concerns sent without script, and for notes the server itself must lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pysequoia import Cert, encrypt

from reporting.sealing.errors import KeyNotUsable, MessageRefused, SealingError, refusing
from reporting.sealing.keys import PublicKey, check_alive
from reporting.sealing.packets import Contents, armor, join, read_message


@dataclass(frozen=True)
class SealedMessage:
    """A report as stored: wrapped session keys and sealed body apart, both binary, so that a rotation can
    replace the first alone; and the fingerprints of the keys that open it."""

    pkesk: bytes
    body: bytes
    key_fingerprints: tuple[str, ...]

    def armored(self) -> str:
        """The whole message as text, for a mail program or OpenPGP.js (RFC 9580 section 6.2)."""
        return armor(join(self.pkesk, self.body))

    @property
    def size(self) -> int:
        """Octets of the whole message in binary form."""
        return len(self.pkesk) + len(self.body)


def seal(entity: bytes, recipients: Sequence[PublicKey], *, now: datetime | None = None) -> SealedMessage:
    """Encrypt to every recipient: the inbox key and the recovery key, at least.

    Raises `KeyNotUsable` when one of them is dead at `now` (aware; default: this moment), `SealingError` for
    fewer than two keys, `MessageRefused` when the message does not come out in the shape `packets` names.
    """
    if len({key.fingerprint for key in recipients}) != len(recipients) or len(recipients) < 2:
        raise SealingError("A report is sealed to two different keys at least: the inbox key and the recovery key.")
    now = now or datetime.now(UTC)
    for key in recipients:
        check_alive(key, now)
    with refusing(KeyNotUsable, "The report could not be sealed to the keys in use."):
        certificates = [Cert.from_bytes(key.armored.encode()) for key in recipients]
        message = encrypt(recipients=certificates, bytes=entity, armor=False)
    contents = read_message(message)
    demand_recipients(contents, recipients)
    return SealedMessage(contents.pkesk, contents.body, tuple(key.fingerprint for key in recipients))


def demand_recipients(contents: Contents, recipients: Sequence[PublicKey]) -> None:
    """`MessageRefused` unless each recipient can open the message, once, and nobody else can."""
    expected = sorted(key_id for key in recipients for key_id in key.encryption_key_ids)
    if sorted(contents.recipient_ids) != expected:
        raise MessageRefused("The message is not sealed to exactly the keys in use.")
