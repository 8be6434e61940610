"""What a public key says of itself, read from its packets, where pysequoia has no question to ask.

Signatures are not verified here. Proof that a subkey belongs to the key is left to pysequoia, which refuses
to encrypt to one without a valid binding; a fingerprint compared by people vouches for the key as a whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pysequoia.packet import Packet, PacketPile, PublicKeyAlgorithm, SignatureType, Tag

from reporting.sealing.framing import variable_length

_KEYS = (Tag.PublicKey, Tag.PublicSubkey)
_CERTIFICATIONS = (
    SignatureType.GenericCertification,
    SignatureType.PersonaCertification,
    SignatureType.CasualCertification,
    SignatureType.PositiveCertification,
)
_FEATURES_SUBPACKET = 30
# Length and object identifier 1.3.6.1.4.1.3029.1.5.1 (RFC 9580 section 9.2), after version, time, algorithm.
_CURVE25519 = bytes.fromhex("0a2b060104019755010501")


@dataclass(frozen=True)
class EncryptionSubkey:
    """A subkey that may be encrypted to; `expires_at` is None when it never expires by itself."""

    key_id: str
    is_curve25519: bool
    expires_at: datetime | None
    is_revoked: bool


@dataclass(frozen=True)
class Facts:
    """What admission asks about. `is_ed25519` speaks of the primary key (EdDSALegacy, RFC 9580 section 9.1);
    `features` is every value of the Features subpacket (section 5.2.3.32) in the newest self-signatures."""

    version: int
    is_ed25519: bool
    encryption_subkeys: tuple[EncryptionSubkey, ...]
    features: frozenset[bytes]


def read_facts(binary: bytes) -> Facts:
    """Read one binary certificate; raises whatever the parser raises for anything else."""
    packets = list(PacketPile.from_bytes(binary))
    primary = packets[0]
    subkeys = []
    features = set()
    for component, signatures in _components(packets):
        newest = _newest(_own(signatures, primary), component)
        if newest is None:
            continue
        stated = _features(newest)
        if stated is not None:
            features.add(stated)
        if component.tag == Tag.PublicSubkey and _encrypts(newest):
            subkeys.append(_subkey(component, newest, signatures))
    return Facts(
        version=primary.body[0],
        is_ed25519=primary.key_algorithm == PublicKeyAlgorithm.EdDSA,
        encryption_subkeys=tuple(subkeys),
        features=frozenset(features),
    )


def _components(packets: Iterable[Packet]) -> list[tuple[Packet, list[Packet]]]:
    """Each key or user id with the signatures that follow it (RFC 9580 section 10.1)."""
    components: list[tuple[Packet, list[Packet]]] = []
    for packet in packets:
        if packet.tag == Tag.Signature and components:
            components[-1][1].append(packet)
        elif packet.tag in (*_KEYS, Tag.UserID, Tag.UserAttribute):
            components.append((packet, []))
    return components


def _own(signatures: Iterable[Packet], primary: Packet) -> list[Packet]:
    """The signatures made by the key itself; what others certified about it says nothing we act on."""
    return [
        signature
        for signature in signatures
        if signature.issuer_fingerprint == primary.fingerprint or signature.issuer_key_id == primary.key_id
    ]


def _newest(signatures: Iterable[Packet], component: Packet) -> Packet | None:
    """The self-signature in force: the newest of the kind that binds this component."""
    kinds: tuple[SignatureType, ...] = _CERTIFICATIONS
    if component.tag == Tag.PublicKey:
        kinds = (SignatureType.DirectKey,)
    elif component.tag == Tag.PublicSubkey:
        kinds = (SignatureType.SubkeyBinding,)
    dated = [
        (signature.signature_created, place, signature)
        for place, signature in enumerate(signatures)
        if signature.signature_type in kinds and signature.signature_created is not None
    ]
    return max(dated, key=lambda entry: entry[:2])[2] if dated else None


def _encrypts(binding: Packet) -> bool:
    flags = binding.key_flags
    return flags is not None and (flags.transport_encryption or flags.storage_encryption)


def _subkey(subkey: Packet, binding: Packet, signatures: Iterable[Packet]) -> EncryptionSubkey:
    created, lasts = subkey.key_created, binding.key_validity_period
    return EncryptionSubkey(
        key_id=(subkey.key_id or "").upper(),
        is_curve25519=(subkey.key_algorithm == PublicKeyAlgorithm.ECDH and subkey.body[6:17] == _CURVE25519),
        expires_at=created + lasts if created is not None and lasts else None,
        is_revoked=any(s.signature_type == SignatureType.SubkeyRevocation for s in signatures),
    )


def _features(signature: Packet) -> bytes | None:
    """The value of the Features subpacket in the hashed part of a version 4 signature (section 5.2.3)."""
    body = signature.body
    if body[0] != 4:
        return None
    hashed = body[6 : 6 + int.from_bytes(body[4:6], "big")]
    position = 0
    while position < len(hashed):
        length, start = variable_length(hashed, position)
        if hashed[start] & 0x7F == _FEATURES_SUBPACKET:
            return hashed[start + 1 : start + length]
        position = start + length
    return None
