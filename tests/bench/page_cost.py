"""What one guidance page costs the server, beside a server that only sends the same bytes:  make bench

Two gunicorns of the same shape answer in turns, so that the neighbours' load falls on both; medians are printed. The
client is plain Python on the same machine and takes its share of it: read the CPU figures first, the speeds as rough.
"""

import argparse
import http.client
import json
import statistics
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from servers import BY_GUNICORN, ROOT, BenchError, Server, demo_environment, free_port, run

PAGE = "/young-people/is-this-ok/"
ASK = {"Accept-Encoding": "gzip", "Accept": "text/html"}


@dataclass(frozen=True)
class Round:
    """One server's turn."""

    cpu_ms: float
    per_second: float


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[http.client.HTTPResponse, bytes]:
    """One answer; BenchError when it is not a page."""
    connection.request("GET", path, headers=ASK)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200 or not body:
        raise BenchError(f"{path} was answered with status {response.status} and {len(body)} bytes.")
    return response, body


def load(port: int, path: str, seconds: float, connections: int) -> int:
    """Ask as fast as the answers come, over some kept connections at once. Returns how many were answered."""
    counts, errors = [0] * connections, []
    until = time.monotonic() + seconds

    def visitor(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            while time.monotonic() < until:
                ask(connection, path)
                counts[number] += 1
        except (OSError, http.client.HTTPException, BenchError) as error:
            errors.append(error)
        finally:
            connection.close()

    visitors = [threading.Thread(target=visitor, args=(number,)) for number in range(connections)]
    for thread in visitors:
        thread.start()
    for thread in visitors:
        thread.join()
    if errors:
        raise BenchError(f"A request failed: {errors[0]!r}")
    return sum(counts)


def turn(server: Server, options: argparse.Namespace) -> Round:
    """Load one server for its turn and read what it cost."""
    cpu, began = server.cpu(), time.monotonic()
    answered = load(server.port, options.path, options.seconds, options.connections)
    return Round((server.cpu() - cpu) * 1000 / answered, answered / (time.monotonic() - began))


def store_answer(server: Server, path: str, file: Path) -> int:
    """Keep the page's answer for the bare server. Returns the bytes of its body."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        response, body = ask(connection, path)
    headers = [(name, value) for name, value in response.getheaders() if name.lower() not in BY_GUNICORN]
    file.write_text(json.dumps({"headers": headers, "body": body.hex()}))
    return len(body)


def table(phoenix: list[Round], bare: list[Round]) -> str:
    """The medians of both and their ratio, taken round by round."""
    lines = [f"{'':<12}{'server CPU a request':>22}{'requests a second':>20}"]
    for name, rounds in (("Phoenix", phoenix), ("bare WSGI", bare)):
        cpu = statistics.median(r.cpu_ms for r in rounds)
        speed = statistics.median(r.per_second for r in rounds)
        lines.append(f"{name:<12}{cpu:>19.3f} ms{speed:>20,.0f}")
    pairs = list(zip(phoenix, bare, strict=True))
    cpu = statistics.median(ours.cpu_ms / least.cpu_ms for ours, least in pairs)
    speed = statistics.median(ours.per_second / least.per_second for ours, least in pairs)
    return "\n".join([*lines, f"{'ratio':<12}{cpu:>19.1f}   {speed:>20.4f}"])


def prepare(command: list[str], environment: dict[str, str]) -> None:
    """Run one management command; BenchError with what it said if it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BenchError(f"{command[0]} failed: {done.stderr.strip()}")


def measure(folder: Path, options: argparse.Namespace) -> str:
    """Set up a demonstration in `folder`, start both servers, let them answer in turns. Returns what to print."""
    port = free_port(8300)
    bare_port = free_port(port + 1)
    environment = demo_environment(folder, port)
    print("Demonstration in a folder of its own …", flush=True)
    for command in (["migrate", "--verbosity", "0"], ["load_content"]):
        prepare(command, environment)
    answer = folder / "answer.json"
    servers = [Server([], ROOT, environment, port)]
    try:
        servers[0].wait(options.path)
        size = store_answer(servers[0], options.path, answer)
        command = ["bare:application", "--bind", f"127.0.0.1:{bare_port}", "--no-control-socket"]
        here = Path(__file__).parent
        servers.append(Server(command, here, environment | {"PHOENIX_BENCH_ANSWER": str(answer)}, bare_port))
        servers[1].wait(options.path)
        for server in servers:
            load(server.port, options.path, 1, options.connections)
        print(f"{options.rounds} rounds of {options.seconds:g} s for each …", flush=True)
        rounds = [[turn(server, options) for server in servers] for _ in range(options.rounds)]
    finally:
        for server in servers:
            server.stop()
    phoenix, bare = ([pair[place] for pair in rounds] for place in (0, 1))
    head = f"\n{options.path}: {size:,} bytes compressed; 2 workers of 4 threads, {options.connections} connections\n"
    return f"{head}\n{table(phoenix, bare)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--path", default=PAGE, help=f"the page to ask for (default {PAGE})")
    parser.add_argument("--rounds", type=int, default=5, help="how often each server has its turn (default 5)")
    parser.add_argument("--seconds", type=float, default=2, help="how long a turn lasts (default 2)")
    parser.add_argument("--connections", type=int, default=8, help="how many visitors at once (default 8)")
    run(measure, parser.parse_args())


if __name__ == "__main__":
    main()
