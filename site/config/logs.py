"""Log lines that cannot carry what a person told us.

What an exception *says* often holds the value that caused it, so only its class and the place in our code are written.
"""

import logging
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class BareFormatter(logging.Formatter):
    """Level, logger and message; of an exception its class and the lines it passed through, never its words."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 (the library's name)
        kind, _, trace = ei
        frames = traceback.extract_tb(trace)
        # Our own code tells enough; of the libraries only where it ended.
        told = [f for f in frames[:-1] if "site-packages" not in f.filename] + frames[-1:]
        places = [f"  {f.filename}:{f.lineno} in {f.name}" for f in told]
        return "\n".join([*places, f"  {kind.__name__ if kind else 'no exception'}"])
