"""What can go wrong while sealing, each as one plain sentence for the operator.

No sentence ever holds plaintext of a concern, and none holds more than the first line of a library error.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

_LONGEST_REASON = 120


class SealingError(Exception):
    """Something could not be sealed, or a sealed thing could not be accepted."""


class KeyRefused(SealingError):
    """An offered public key may not become an inbox or recovery key."""


class KeyNotUsable(SealingError):
    """A key that was admitted once has died since; nothing may be sealed to it."""


class MessageRefused(SealingError):
    """A message is not sealed in the one way we accept."""


class TooLong(SealingError):
    """A report does not fit the largest size in which reports are sealed."""


def first_line(error: BaseException) -> str:
    """The first line of a library error up to any bracket, at most 120 characters.

    Below it pysequoia puts a backtrace when RUST_BACKTRACE is set; in brackets it prints the packet it was
    reading, which a stranger may have written.
    """
    lines = str(error).splitlines() or [""]
    words = re.split(r"[({\[]", lines[0])[0].strip()
    return words[:_LONGEST_REASON] or type(error).__name__


@contextmanager
def refusing(kind: type[SealingError], sentence: str) -> Iterator[None]:
    """Turn whatever a parser raises in the block into `kind`: the sentence, and the parser's first line."""
    try:
        yield
        return
    except SealingError:
        raise
    except Exception as error:
        reason = first_line(error)
    except BaseException as error:
        # A panic in Rust arrives as an exception beside Exception. It must not end the worker process.
        if type(error).__name__ != "PanicException":
            raise
        reason = "the OpenPGP library stopped in the middle"
    raise kind(f"{sentence} ({reason})") from None
