"""Log lines that cannot carry what a person told us.

What an exception *says* often holds the value that caused it, so only its class and the place in our code are written.
"""

import copy
import logging
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class BareFormatter(logging.Formatter):
    """Level, logger and message; of an exception its class and the lines it passed through, never its words."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """As always, but without what another handler or the message itself took over from the exception."""
        bare = copy.copy(record)
        bare.exc_text = None
        error = record.exc_info[1] if record.exc_info else None
        if error and str(error) and str(error) in record.getMessage():
            # Django logs a suspicious request in the words of the exception.
            bare.msg, bare.args = type(error).__name__, None
        return super().format(bare)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 (the library's name)
        kind, _, trace = ei
        frames = traceback.extract_tb(trace)
        # Our own code tells enough; of the libraries only where it ended.
        told = [f for f in frames[:-1] if "site-packages" not in f.filename] + frames[-1:]
        places = [f"  {f.filename}:{f.lineno} in {f.name}" for f in told]
        return "\n".join([*places, f"  {kind.__name__ if kind else 'no exception'}"])
