"""What taking in a report costs the server, without script and sealed by a browser:  make bench

The derivation of the code words is slow on purpose, so the server writes its time down apart: it does it once for each
report that comes without script, and a browser does it itself.
"""

import argparse
import html
import http.client
import re
import statistics
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from servers import ROOT, BenchError, Server, demo_environment, free_port, run

STORY = "A grey car waits by the park every Friday after school. " * 36  # about 2 KB
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SEAL = """
import sys, json
from pathlib import Path
from reporting.sealing import admit, build, seal
keys = [admit(Path(sys.argv[1], f"{role}-public.asc").read_text()) for role in ("inbox", "recovery")]
entity = build({"schema": 1}, "text\\n", subject="New concern", sender="a@demo.example", recipient="b@demo.example")
sealed = seal(entity, keys)
sys.stdout.buffer.write(sealed.pkesk + sealed.body)
"""


def python(code: str, *arguments: str, environment: dict[str, str]) -> bytes:
    """Run some Python on the site's own code; what it printed."""
    path = {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment | path, capture_output=True, check=False
    )
    if done.returncode:
        raise BenchError(done.stderr.decode())
    return done.stdout


def post(connection: http.client.HTTPConnection, path: str, body: bytes, headers: dict[str, str]) -> str:
    connection.request("POST", path, body, headers)
    response = connection.getresponse()
    text = html.unescape(response.read().decode())
    if response.status != 200:
        raise BenchError(f"{path} was answered with status {response.status}.")
    return text


def cost(server: Server, times: int, act: "object") -> float:
    """Milliseconds of the server's CPU for each time."""
    before = server.cpu()
    for _ in range(times):
        act()  # type: ignore[operator]
    return (server.cpu() - before) * 1000 / times


def measure(folder: Path, options: argparse.Namespace) -> str:
    port = free_port(8340)
    environment = demo_environment(folder, port)
    print("Demonstration in a folder of its own …", flush=True)
    subprocess.run(
        [sys.executable, "manage.py", "demo", "--only-prepare"],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    message = python(SEAL, str(folder / "demo"), environment=environment)
    times_file = folder / "times.txt"
    timed = environment | {"PHOENIX_BENCH_TIMES": str(times_file)}
    server = Server(["timed:application", "--pythonpath", "site,tests/bench"], ROOT, timed, port)
    try:
        server.wait("/health/live")
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            concern = {"story": STORY, "danger": "no", "who": "friend"}

            def check() -> dict[str, str]:
                page = post(connection, "/tell-us/questions/", urlencode(concern).encode(), FORM)
                found = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("token", "words")}
                return {name: match[1] for name, match in found.items() if match}

            def send_plain() -> None:
                post(connection, "/tell-us/send/", urlencode(concern | check()).encode(), FORM)

            def send_sealed() -> None:
                headers = {"Content-Type": "application/pgp-encrypted", "Phoenix-Token": check()["token"]}
                post(connection, "/tell-us/sealed/", message, headers)

            for warm in (send_plain, send_sealed):
                cost(server, 5, warm)
            print(f"{options.rounds} rounds …", flush=True)
            kinds = {"check page": check, "without script": send_plain, "sealed by a browser": send_sealed}
            seen: dict[str, list[float]] = {name: [] for name in [*kinds, "derivation"]}
            times_file.write_text("")
            for _ in range(options.rounds):
                for name, act in kinds.items():
                    seen[name].append(cost(server, options.times, act))
                derived = [float(line) * 1000 for line in times_file.read_text().split()]
                seen["derivation"].append(statistics.mean(derived[-options.times :]))
    finally:
        server.stop()
    return table({name: statistics.median(values) for name, values in seen.items()})


def table(median: dict[str, float]) -> str:
    """The costs apart: a send costs what it took less the check page before it, and less the derivation in it."""
    lines = {
        "check page": median["check page"],
        "send without script, all in all": median["without script"] - median["check page"],
        "  of which derivation of code words": median["derivation"],
        "  of which everything else": median["without script"] - median["check page"] - median["derivation"],
        "send sealed by a browser": median["sealed by a browser"] - median["check page"],
    }
    head = f"\n{'a report of 2 KB':<40}{'server CPU':>14}"
    return "\n".join([head, *(f"{name:<40}{value:>11.1f} ms" for name, value in lines.items())])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each has its turn (default 5)")
    parser.add_argument("--times", type=int, default=15, help="how many reports a turn takes in (default 15)")
    began = time.monotonic()
    run(measure, parser.parse_args())
    print(f"\n{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
