"""What a search costs the server on a site of 1,000 pages:  python tests/bench/search_cost.py

Each search is a whole request: posted over HTTP, answered with a page. `--database` measures on another database than
SQLite; it must be empty.
"""

import argparse
import http.client
import statistics
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from servers import ROOT, BenchError, Server, demo_environment, free_port, run

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
#: The first is the page without a search: what it costs, every other one costs too.
SEARCHES = {
    "the page without a search": "",
    "a word on three of ten pages": "quagga",
    "a mistyped one": "quaga",
    "a word that nothing is like": "xylophonequartz",
    "four words, two mistyped": "quagga groming childlin police",
}


def prepare(command: list[str], environment: dict[str, str]) -> None:
    """Run one step of the setting up; BenchError with what it said if it fails."""
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BenchError(f"{' '.join(command)} failed: {done.stderr.strip()}")


def search(connection: http.client.HTTPConnection, words: str) -> float:
    """Milliseconds until the answer was there."""
    began = time.perf_counter()
    connection.request("POST", "/search/", urlencode({"words": words}).encode(), FORM)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200 or b"Phoenix" not in body:
        raise BenchError(f"A search was answered with status {response.status}.")
    return (time.perf_counter() - began) * 1000


def measure(folder: Path, options: argparse.Namespace) -> str:
    """Set up the site, start it, search in turns. Returns what to print."""
    port = free_port(8380)
    environment = demo_environment(folder, port)
    if options.database:
        environment["DATABASE_URL"] = options.database
    print(f"A demonstration of {options.pages} pages more, in a folder of its own …", flush=True)
    prepare(["manage.py", "migrate", "--verbosity", "0"], environment)
    prepare(["manage.py", "load_content"], environment)
    prepare(["tests/bench/many_pages.py", str(options.pages)], environment)
    server = Server([], ROOT, environment, port)
    try:
        server.wait("/search/")
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            for words in list(SEARCHES.values()) * 4:
                search(connection, words)
            cpu: dict[str, list[float]] = {name: [] for name in SEARCHES}
            wall: dict[str, list[float]] = {name: [] for name in SEARCHES}
            for _ in range(options.rounds):
                for name, words in SEARCHES.items():
                    before = server.cpu()
                    wall[name] += [search(connection, words) for _ in range(options.times)]
                    cpu[name].append((server.cpu() - before) * 1000 / options.times)
    finally:
        server.stop()
    lines = [f"{'':<32}{'server CPU':>14}{'answered in':>14}"]
    for name in SEARCHES:
        lines.append(f"{name:<32}{statistics.median(cpu[name]):>11.1f} ms{statistics.median(wall[name]):>11.1f} ms")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, help="how many pages to make up (default 1000)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each search has its turn (default 5)")
    parser.add_argument("--times", type=int, default=40, help="how many searches a turn has (default 40)")
    parser.add_argument("--database", help="the address of an empty database; without it SQLite")
    run(measure, parser.parse_args())


if __name__ == "__main__":
    main()
