"""The text part of a sealed concern, as a mail program shows it: no answer can pass for a heading."""

import re
from collections.abc import Iterable

INDENT = "  "
REST = "(The rest is in report.json.)"

_LINE_BREAK_OR_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_TAIL = f"\r\n\r\n{REST}\r\n".encode("ascii")


def as_text(answers: Iterable[tuple[str, str]]) -> str:
    """Questions as headings at the margin; every line of every answer indented by two spaces.

    A line is whatever a reader might take for one, so `str.splitlines` is right: it knows U+2028 and U+0085.
    """
    paragraphs = []
    for question, answer in answers:
        lines = [INDENT + line for line in answer.splitlines()]
        paragraphs.append("\n".join([one_line(question), *lines]))
    return "\n\n".join(paragraphs) + "\n"


def one_line(value: str) -> str:
    """The value with line breaks and control characters made into spaces: it cannot leave its line."""
    return whole_characters(_LINE_BREAK_OR_CONTROL.sub(" ", value).strip())


def whole_characters(text: str) -> str:
    """The text with U+FFFD for half a surrogate pair, which UTF-8 cannot hold. Browsers do the same."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def with_crlf(text: str) -> bytes:
    """The text in UTF-8 with the line ends of mail.

    Only LF and CRLF are line ends; anything else at which a reader may break a line becomes a space, because
    the line after it would stand at the margin like a heading.
    """
    cleaned = _CONTROL_IN_TEXT.sub(" ", text.replace("\r\n", "\n"))
    return whole_characters(cleaned.replace("\n", "\r\n")).encode("utf-8")


def shorten(text: bytes, room: int) -> bytes | None:
    """The beginning of a text in at most `room` octets with the sentence `REST`; None if not even that fits.

    The cut never divides a character.
    """
    kept = room - len(_TAIL)
    if kept < 0:
        return None
    return text[:kept].decode("utf-8", "ignore").rstrip().encode("utf-8") + _TAIL
