"""Runs the parts of the demonstration together: when one stops, or somebody asks, all stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from types import FrameType

#: A part that does not stop when asked is ended after this long.
STOP_SECONDS = 15
PARTS = {
    "site": ["-m", "gunicorn"],
    "mailbox": ["manage.py", "demo_mailbox"],
    "delivery": ["manage.py", "deliver"],
}


class Asked(Exception):
    """Ctrl-C, a request to end, or the terminal was closed."""


def supervise(parts: dict[str, list[str]] = PARTS, ports: Mapping[str, int] = {}) -> str | None:
    """Run the parts until one stops (its name is returned) or somebody asks (None). Leaves no process behind.

    A part that has a port in `ports` is waited for before the next starts, which needs it.
    """

    def asked(number: int, frame: FrameType | None) -> None:
        raise Asked

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, asked)
    running: dict[int, tuple[str, subprocess.Popen[bytes]]] = {}
    try:
        for name, arguments in parts.items():
            # A session of its own: Ctrl-C reaches us alone, and we stop the parts in order.
            part = subprocess.Popen([sys.executable, *arguments], start_new_session=True)  # noqa: S603
            running[part.pid] = (name, part)
            if name in ports:
                wait_until_it_listens(part, ports[name])
        ended, _ = os.wait()
        return running.pop(ended)[0]
    except Asked:
        return None
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop([part for _, part in running.values()])


def wait_until_it_listens(part: subprocess.Popen[bytes], port: int) -> None:
    """Come back when something answers on a port of this machine, or the part that should do so has ended."""
    while os.waitid(os.P_PID, part.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)  # polls a condition, and ends with the part


def stop(parts: list[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, then wait for each; one that does not is ended with everything it started."""
    for part in parts:
        part.terminate()
    for part in parts:
        try:
            part.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(part.pid, signal.SIGKILL)
