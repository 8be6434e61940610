"""The sealed form of a concern: one MIME entity that fills one of four sizes exactly.

A mail program shows its text part; the desk reads `report.json`, which is the authority. It is the inner
entity of PGP/MIME (RFC 3156) and carries the true Subject (RFC 9788, with the older mark of Thunderbird).
"""

import base64
import json
from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Any

from reporting.sealing.errors import MessageRefused, SealingError, TooLong, refusing
from reporting.sealing.text import one_line, shorten, whole_characters, with_crlf

# Octets of the entity. Which of them a report fills is all that its size tells.
BUCKETS = (2 * 1024, 8 * 1024, 32 * 1024, 128 * 1024)

# Both parts are base64, which has no underscore, so nothing that anyone writes can contain this line.
_BOUNDARY = "=_sealed_concern"
_TEXT_HEADERS = (
    f'Content-Type: multipart/mixed; protected-headers="v1"; hp="cipher";\r\n boundary="{_BOUNDARY}"\r\n\r\n'
    f"--{_BOUNDARY}\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\n"
).encode("ascii")
_JSON_HEADERS = (
    f"--{_BOUNDARY}\r\n"
    "Content-Type: application/json\r\n"
    "Content-Transfer-Encoding: base64\r\n"
    'Content-Disposition: attachment; filename="report.json"\r\n\r\n'
).encode("ascii")
_END = f"--{_BOUNDARY}--\r\n".encode("ascii")
_JSON_TAIL = b'"}'


def build(report: Mapping[str, object], text: str, *, subject: str, sender: str, recipient: str) -> bytes:
    """Build the entity, padded to the smallest of `BUCKETS` (octets) that takes both parts.

    `text` is what `text.as_text` makes: headings at the margin, answers indented. When both do not fit, the
    text is shortened and says so. A key 'pad' in the report is replaced. Raises `TooLong` when the report
    alone is too much, `SealingError` when a header cannot be written.
    """
    head = _outer_headers(subject, sender, recipient) + _TEXT_HEADERS
    data = _json(report)
    body = with_crlf(text)
    for bucket in BUCKETS:
        if len(_assemble(head, body, data)) <= bucket:
            return _fill(head, body, data, bucket)
    largest = BUCKETS[-1]
    shortened = shorten(body, _capacity(largest - len(_assemble(head, b"", data))))
    if shortened is None:
        raise TooLong("The answers do not fit the largest sealed size of 128 KiB.")
    return _fill(head, shortened, data, largest)


def read(entity: bytes) -> dict[str, Any]:
    """The report in an entity, without its padding; `MessageRefused` if it has none. For tests and tools."""
    report = None
    for part in message_from_bytes(entity, policy=default).walk():
        if part.get_filename() == "report.json":
            report = _parsed(part.get_payload(decode=True))
    if not isinstance(report, dict):
        raise MessageRefused("This entity holds no report.json.")
    return {key: value for key, value in report.items() if key != "pad"}


def _outer_headers(subject: str, sender: str, recipient: str) -> bytes:
    """The protected headers (RFC 9788 section 2), encoded for 7-bit transport, each in one header only."""
    headers = EmailMessage(policy=SMTP)
    with refusing(SealingError, "The sender or recipient written into the sealed form is no mail address."):
        headers["Subject"] = one_line(subject)
        headers["From"] = one_line(sender)
        headers["To"] = one_line(recipient)
        headers["HP-Outer"] = "Subject: ..."
        headers["MIME-Version"] = "1.0"
        return headers.as_bytes().rstrip(b"\r\n") + b"\r\n"


def _json(report: Mapping[str, object]) -> bytes:
    """The report in JSON (RFC 8259) with an empty pad at its end, ready to be filled."""
    padded = {key: value for key, value in report.items() if key != "pad"} | {"pad": ""}
    compact = json.dumps(padded, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return whole_characters(compact).encode("utf-8")


def _fill(head: bytes, body: bytes, data: bytes, bucket: int) -> bytes:
    """Pad to exactly `bucket` octets: noughts in the JSON, then spaces for what base64 leaves over."""
    room = bucket - len(_assemble(head, body, b""))
    pad = b"0" * (_capacity(room) - len(data))
    entity = _assemble(head, body, data.removesuffix(_JSON_TAIL) + pad + _JSON_TAIL)
    return entity + b" " * (bucket - len(entity))


def _assemble(head: bytes, body: bytes, data: bytes) -> bytes:
    return head + _base64(body) + _JSON_HEADERS + _base64(data) + _END


def _base64(data: bytes) -> bytes:
    """Lines of 76 characters with CRLF (RFC 2045 section 6.8)."""
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def _capacity(room: int) -> int:
    """How many octets still fit when `_base64` may take `room`: a full line is 57 octets in 78."""
    lines, rest = divmod(max(room, 0), 78)
    return 57 * lines + max(rest - 2, 0) // 4 * 3


def _parsed(payload: object) -> object:
    """The JSON value, or None. A parser's error would carry the plaintext, so none is let through."""
    try:
        return json.loads(payload) if isinstance(payload, bytes) else None
    except ValueError:
        return None
