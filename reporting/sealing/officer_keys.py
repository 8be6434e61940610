"""Officers' own keys: the public half, the locked private half, and what is sealed to one officer alone.

The server cannot open a private half that is locked as it should be; one that is not, it does not take.
"""

from pysequoia import Cert

from reporting.sealing.errors import KeyRefused, MessageRefused, refusing
from reporting.sealing.framing import dearmor, frames
from reporting.sealing.keys import PublicKey
from reporting.sealing.packets import read_message

_SECRET_KEY, _SECRET_SUBKEY = 5, 7
# Octets before the lock (RFC 9580 sections 5.5.2, 9.2): version, time, algorithm; curve; point; of ECDH the KDF too.
_PUBLIC_PART = {_SECRET_KEY: 6 + 10 + 35, _SECRET_SUBKEY: 6 + 11 + 35 + 4}
# Locked with a hash (254), AES-256, iterated and salted S2K, SHA-256; after 8 octets of salt the highest count.
_LOCK, _COUNT, _COUNT_AT = bytes([254, 9, 3, 8]), 255, 12
LARGEST_LOCKED_KEY = 16 * 1024


def check_locked_key(armored: str, fingerprint: str) -> str:
    """A private key that belongs to `fingerprint` and is locked in the one form; `KeyRefused` for everything else."""
    if len(armored) > LARGEST_LOCKED_KEY:
        raise KeyRefused("This is larger than any locked key.")
    with refusing(KeyRefused, "This is not a locked private key."):
        binary = dearmor(armored.encode(), "PRIVATE KEY BLOCK")
        secret = [frame for frame in frames(binary) if frame.tag in _PUBLIC_PART]
        found = Cert.from_bytes(binary).fingerprint.upper()
    if found != fingerprint or [frame.tag for frame in secret] != [_SECRET_KEY, _SECRET_SUBKEY]:
        raise KeyRefused("This private key does not belong to the public one.")
    for frame in secret:
        lock = frame.body[_PUBLIC_PART[frame.tag] :]
        if lock[:4] != _LOCK or lock[_COUNT_AT] != _COUNT:
            raise KeyRefused("The private key is not locked in the form that we use.")
    return armored


def check_slot(armored: str, holder: PublicKey) -> str:
    """Something sealed to one key alone; `MessageRefused` for everything else. What is in it, its holder can tell."""
    if set(read_message(armored.encode()).recipient_ids) != holder.encryption_key_ids:
        raise MessageRefused("The slot is not sealed to this officer alone.")
    return armored
