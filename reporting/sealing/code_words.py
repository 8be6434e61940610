"""Code words: six everyday words a person may keep, by which they can later read an answer.

Six words drawn evenly from 2,048 have 2048^6 = 2^66 possibilities, 66 bits, and every guess costs 600,000 rounds of
PBKDF2. With so many, one public salt for the whole installation is enough.
The words, the salt and the two values made of them are the same in a browser: static/js/sealing/code-words.mjs.
"""

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from reporting.sealing.errors import SealingError

WORDS_IN_SET = 6
ITERATIONS = 600_000
OCTETS = 32

_LIST = Path(__file__).with_name("words") / "code-words.txt"
# Six words of eight letters with numbering need about 80 characters; whatever is far longer is something else.
_LONGEST_TYPED = 400
# Whatever is not a to z separates. The shortest words have three letters, so what is left of numbering ("1st", "b)")
# falls away too.
_WORD = re.compile("[a-z]{3,}")
# Marks without width, which copying and some keyboards leave inside a word.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_REFUSAL = (
    "We could not match these words; please check that all six are there, spelled as you kept them, and try again."
)


class CodeWordsRefused(SealingError):
    """What was typed is not six words of the list. The sentence is fit to show, and repeats nothing typed."""

    def __init__(self) -> None:
        # Which word failed is not said: the page may be seen by someone who is trying words.
        super().__init__(_REFUSAL)


@dataclass(frozen=True)
class CodeWords:
    """What the words become: `lookup` finds the answers (64 hex digits), `reply_key` opens them (base64, 32 octets).

    Neither can be worked out from the other. Both stay out of `repr`, which logs and error reports print.
    """

    lookup: str = field(repr=False)
    reply_key: str = field(repr=False)


@cache
def words() -> tuple[str, ...]:
    """The list: 2,048 words of three to eight letters a to z, in order of the alphabet.

    A word taken out of it locks out everyone who was given that word.
    """
    return tuple(_LIST.read_text(encoding="ascii").split())


def make() -> str:
    """Six words with single spaces between them, each drawn evenly by the system's source of randomness."""
    return " ".join(secrets.choice(words()) for _ in range(WORDS_IN_SET))


def normalise(typed: str) -> str:
    """The six words as `make` wrote them, from however a person typed them; raises CodeWordsRefused.

    Case, separators, numbering and the forms of Unicode (NFKC: full-width letters, ligatures) do not matter.
    """
    if len(typed) > _LONGEST_TYPED:
        raise CodeWordsRefused
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", typed)).lower()
    found = _WORD.findall(plain)
    if len(found) != WORDS_IN_SET or not _known().issuperset(found):
        raise CodeWordsRefused
    return " ".join(found)


def derive(words: str, salt: bytes) -> CodeWords:
    """The two values of six words in the form `normalise` gives; takes about 0.2 s of one processor.

    PBKDF2-HMAC-SHA256 (RFC 8018 section 5.2) over the words in UTF-8 makes the master, HKDF-SHA256 (RFC 5869) with
    empty salt the two values. The salt is public and fixed for an installation; a change locks everybody out.
    """
    master = hashlib.pbkdf2_hmac("sha256", words.encode("utf-8"), salt, ITERATIONS, OCTETS)
    reply_key = base64.b64encode(hkdf(master, b"reply")).decode("ascii")
    return CodeWords(lookup=hkdf(master, b"lookup").hex(), reply_key=reply_key)


def lookup_digest(lookup: str, pepper: bytes) -> str:
    """What a table may hold in place of the lookup: HMAC-SHA256 of its 32 octets, in hex.

    With the pepper kept outside the database, a stolen table cannot be tried against words. A lookup that is not
    64 hex digits raises CodeWordsRefused, because it comes from a request.
    """
    if not re.fullmatch(r"[0-9a-fA-F]{64}", lookup):
        raise CodeWordsRefused
    return hmac.new(pepper, bytes.fromhex(lookup), hashlib.sha256).hexdigest()


def hkdf(key: bytes, info: bytes, length: int = OCTETS, salt: bytes = b"") -> bytes:
    """HKDF-SHA256 (RFC 5869): `length` octets, at most 8,160, made of `key` for the one use that `info` names."""
    size = hashlib.sha256().digest_size
    if not 0 < length <= 255 * size:
        raise ValueError("HKDF gives between 1 and 8,160 octets.")
    # Section 2.2: an empty salt stands for as many zeros as the hash has octets.
    extracted = hmac.new(salt or bytes(size), key, hashlib.sha256).digest()
    expanded = block = b""
    for number in range(1, -(-length // size) + 1):
        block = hmac.new(extracted, block + info + bytes([number]), hashlib.sha256).digest()
        expanded += block
    return expanded[:length]


@cache
def _known() -> frozenset[str]:
    return frozenset(words())
