"""The two servers that the bench compares, each in processes of its own whose CPU time can be read."""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: What gunicorn adds by itself; every other header of an answer is repeated by the bare server.
BY_GUNICORN = {"server", "date", "connection", "transfer-encoding"}
SHAPE = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning"]
TICKS = os.sysconf("SC_CLK_TCK")


class BenchError(Exception):
    """The bench cannot go on; the message says why."""


def free_port(first: int) -> int:
    """The first free port from `first` on whose neighbour 25 above, for the demonstration's mailbox, is free too."""
    for port in range(first, first + 40):
        with socket.socket() as site, socket.socket() as mailbox:
            try:
                site.bind(("127.0.0.1", port))
                mailbox.bind(("127.0.0.1", port + 25))
            except OSError:
                continue
            return port
    raise BenchError(f"No port from {first} to {first + 39} is free.")


def demo_environment(folder: Path, port: int) -> dict[str, str]:
    """The surroundings of `make run`, with a data folder and a port of its own and no database from outside."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PHOENIX_", "DATABASE_"))}
    return outside | {
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATA_DIR": str(folder),
        "PHOENIX_PORT": str(port),
        "PHOENIX_BIND": f"127.0.0.1:{port}",
    }


class Server:
    """One gunicorn with its workers."""

    def __init__(self, command: list[str], cwd: Path, environment: dict[str, str], port: int) -> None:
        self.port = port
        gunicorn = [sys.executable, "-m", "gunicorn", *command, *SHAPE]
        self.process = subprocess.Popen(gunicorn, cwd=cwd, env=environment)

    def wait(self, path: str) -> None:
        """Until it answers; BenchError if it ends or does not answer within 20 seconds."""
        until = time.monotonic() + 20
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
                    connection.request("GET", path)
                    connection.getresponse().read()
                return
            except OSError:
                time.sleep(0.1)
        raise BenchError(f"The server on port {self.port} does not answer.")

    def cpu(self) -> float:
        """Seconds of user and system time that its processes have used so far."""
        return sum(map(_ticks, _tree(self.process.pid))) / TICKS

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _tree(pid: int) -> list[int]:
    """A process and all below it."""
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(below for child in children for below in _tree(child))]


def _ticks(pid: int) -> int:
    """User and system time of a process with all its threads, from proc(5): fields 14 and 15 of stat."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def run(measure: Callable[[Path, argparse.Namespace], str], options: argparse.Namespace) -> None:
    """Measure in a folder that goes afterwards and print what was found; a BenchError ends it with its message."""
    with tempfile.TemporaryDirectory(prefix="phoenix-bench-") as folder:
        try:
            print(measure(Path(folder), options))
        except BenchError as error:
            sys.exit(str(error))
