"""Public keys that reports may be sealed to: what one must be to be admitted, and whether it is alive today.

pysequoia seals to expired and to revoked keys without a word, and chooses by the key's own statement a format
that mail programs cannot open. So a key is looked at once when it is offered, and again at every sealing.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from pysequoia import ArmorKind, Cert, armor, encrypt

from reporting.sealing.certificate import EncryptionSubkey, Facts, read_facts
from reporting.sealing.errors import KeyNotUsable, KeyRefused, MessageRefused, refusing
from reporting.sealing.framing import blocks, dearmor, frames, is_binary
from reporting.sealing.packets import read_message

LARGEST_KEY = 128 * 1024
_PUBLIC, _SECRET = 6, (5, 7)
# Signature, public key, trust, user id, public subkey, user attribute, padding (RFC 9580 section 5).
_TAGS_OF_A_PUBLIC_KEY = frozenset({2, 6, 12, 13, 14, 17, 21})
_SEIPD_V1_ONLY = frozenset({b"\x01"})
_MAKE_A_RIGHT_ONE = (
    "Make the key on the key page of the desk, or with gpg as 'ed25519' with a 'cv25519' encryption subkey."
)


@dataclass(frozen=True)
class PublicKey:
    """An admitted key. `fingerprint` and `encryption_key_ids` are upper-case hex (40 and 16 digits);
    `expires_at` is aware, the earliest moment at which the key or its encryption subkey expires."""

    armored: str
    fingerprint: str
    user_ids: tuple[str, ...]
    expires_at: datetime
    encryption_key_ids: frozenset[str]

    @property
    def is_demo(self) -> bool:
        """Made for trying out, with a private half that is not secret: production must refuse it."""
        return any("DEMO" in user_id for user_id in self.user_ids)


def admit(armored: bytes | str, *, now: datetime | None = None) -> PublicKey:
    """Take an offered public key, armored or binary, for an inbox or as recovery key.

    Raises `KeyRefused` with one sentence for the person who offered it. The profile demanded is the one that
    every mail program opens: version 4, EdDSALegacy with ECDH on Curve25519 (RFC 9580 section 9.1), Features
    exactly 0x01 (section 5.2.3.32), an expiry date, one encryption subkey.
    """
    now = now or datetime.now(UTC)
    binary = _one_public_key(armored.encode("utf-8", "replace") if isinstance(armored, str) else armored)
    with refusing(KeyRefused, "This is not an OpenPGP public key."):
        certificate = Cert.from_bytes(binary)
        facts = read_facts(bytes(certificate))
    _demand_profile(facts)
    if certificate.is_revoked:
        raise KeyRefused("This key has been revoked.")
    subkey = _one_encryption_subkey(facts)
    expires_at = _expiry(certificate, subkey, now)
    _demand_readable(certificate, subkey)
    return PublicKey(
        armored=armor(bytes(certificate), ArmorKind.PublicKey),
        fingerprint=certificate.fingerprint.upper(),
        user_ids=tuple(str(user_id) for user_id in certificate.user_ids),
        expires_at=expires_at,
        encryption_key_ids=frozenset({subkey.key_id}),
    )


def check_alive(key: PublicKey, now: datetime) -> None:
    """Read the dates anew from the packets; `KeyNotUsable` if key or subkey is dead at `now` (aware)."""
    with refusing(KeyNotUsable, f"The key {key.fingerprint} cannot be read any more."):
        certificate = Cert.from_bytes(key.armored.encode())
        facts = read_facts(bytes(certificate))
    try:
        if certificate.is_revoked:
            raise KeyRefused("It has been revoked.")
        expires_at = min(key.expires_at, _expiry(certificate, _one_encryption_subkey(facts), now))
    except KeyRefused as refusal:
        raise KeyNotUsable(f"The key {key.fingerprint} is not usable. {refusal}") from None
    if expires_at <= now:
        raise KeyNotUsable(f"The key {key.fingerprint} expired on {expires_at:%d %B %Y}.")


def _one_public_key(offered: bytes) -> bytes:
    """The packets of exactly one public key, unarmored, with any text around the block left out."""
    if len(offered) > LARGEST_KEY:
        raise KeyRefused("This file is too large for one public key.")
    armored = [] if is_binary(offered) else blocks(offered)
    exposed = KeyRefused(
        "This file holds a PRIVATE key: treat that key as exposed, make a new one, and offer only its public half."
    )
    if any("PRIVATE" in label for label, _ in armored):
        raise exposed
    if len(armored) > 1:
        raise KeyRefused("This file holds more than one block; offer exactly one public key.")
    with refusing(KeyRefused, "This is not an OpenPGP public key."):
        binary = dearmor(armored[0][1], "PUBLIC KEY BLOCK") if armored else offered
        tags = [frame.tag for frame in frames(binary)]
    if any(tag in _SECRET for tag in tags):
        raise exposed
    if tags.count(_PUBLIC) > 1:
        raise KeyRefused("This file holds more than one key; offer exactly one public key.")
    if tags[0] != _PUBLIC or not _TAGS_OF_A_PUBLIC_KEY.issuperset(tags):
        raise KeyRefused("This is an OpenPGP file, but not a public key.")
    return binary


def _demand_profile(facts: Facts) -> None:
    """Refuse keys whose messages some mail program cannot open."""
    if facts.version != 4:
        raise KeyRefused(f"This is a version {facts.version} key, which mail programs cannot use. {_MAKE_A_RIGHT_ONE}")
    if not facts.features:
        raise KeyRefused(
            "This key does not state its Features, so what is sealed to it may not open in the program "
            f"that made it. {_MAKE_A_RIGHT_ONE}"
        )
    if facts.features != _SEIPD_V1_ONLY:
        raise KeyRefused(
            "This key asks for a newer format (its Features are not exactly 0x01) that gpg and Thunderbird "
            f"cannot open. {_MAKE_A_RIGHT_ONE}"
        )
    if not facts.is_ed25519 or not all(subkey.is_curve25519 for subkey in facts.encryption_subkeys):
        raise KeyRefused(f"This key is not of the one kind that every program can use. {_MAKE_A_RIGHT_ONE}")


def _one_encryption_subkey(facts: Facts) -> EncryptionSubkey:
    """The subkey reports are sealed to. With two, browser and server would choose differently."""
    usable = [subkey for subkey in facts.encryption_subkeys if not subkey.is_revoked]
    if not usable and facts.encryption_subkeys:
        raise KeyRefused("The encryption subkey of this key has been revoked.")
    if not usable:
        raise KeyRefused(f"This key has no encryption subkey. {_MAKE_A_RIGHT_ONE}")
    if len(usable) > 1:
        raise KeyRefused("This key has more than one encryption subkey; revoke all but the one in use.")
    return usable[0]


def _expiry(certificate: Cert, subkey: EncryptionSubkey, now: datetime) -> datetime:
    """When the key stops being usable; `KeyRefused` if that is never, or past."""
    with refusing(KeyRefused, "The dates of this key cannot be read."):
        primary = certificate.expiration
    if primary is None:
        raise KeyRefused("This key has no expiry date. Set one (two years is usual) and offer it again.")
    if primary <= now:
        raise KeyRefused(f"This key expired on {primary:%d %B %Y}.")
    if subkey.expires_at is None:
        return primary
    if subkey.expires_at <= now:
        raise KeyRefused(
            f"The encryption subkey of this key expired on {subkey.expires_at:%d %B %Y}, though the key has "
            "not. Extend the subkey and offer the key again."
        )
    return min(primary, subkey.expires_at)


def _demand_readable(certificate: Cert, subkey: EncryptionSubkey) -> None:
    """Seal a word to the key alone, and look at what came out."""
    with refusing(KeyRefused, "Nothing can be sealed to this key."):
        probe = encrypt(recipients=[certificate], bytes=b"probe", armor=False)
    try:
        recipient_ids = read_message(probe).recipient_ids
    except MessageRefused:
        raise KeyRefused(
            f"What is sealed to this key cannot be opened by gpg and Thunderbird. {_MAKE_A_RIGHT_ONE}"
        ) from None
    if recipient_ids != (subkey.key_id,):
        raise KeyRefused("What is sealed to this key does not go to its encryption subkey.")
