"""What can go wrong while sealing, each as one plain sentence for the operator.

No sentence ever holds plaintext of a concern, and none holds more than the first line of a library error.
"""

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
    """The first line of a library error, at most 120 characters.

    pysequoia appends a backtrace of many lines when RUST_BACKTRACE is set; it is of no use to an operator.
    """
    lines = str(error).splitlines()
    return lines[0][:_LONGEST_REASON] if lines else type(error).__name__


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
