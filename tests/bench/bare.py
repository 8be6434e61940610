"""A WSGI application that does nothing but send one stored answer: the least that any server behind gunicorn costs."""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

STORED = json.loads(Path(os.environ["PHOENIX_BENCH_ANSWER"]).read_text())
STATUS = "200 OK"
HEADERS = [(name, value) for name, value in STORED["headers"]]
BODY = bytes.fromhex(STORED["body"])


def application(environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
    """The same answer to whatever is asked."""
    start_response(STATUS, HEADERS)
    return [BODY]
