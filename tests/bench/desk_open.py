"""How long an officer's browser takes to open everything, and the server to list it:  python tests/bench/desk_open.py

In a Chromium without head: from the press on Unlock until a search over all open reports is complete, with the longest
time in which the page answered no press. Then the first page of the list with 100 reports and with 20,000, all of them
open, which is more than a year of them left lying.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from servers import ROOT, BenchError, Server, demo_environment, free_port, run

FILL = """
import sys, uuid
from datetime import timedelta
import django
django.setup()
from django.utils import timezone
from reporting.inbox.keys import usable_keys
from reporting.inbox.models import Letter, Report
from reporting.inbox.receive import the_hour
from reporting.sealing import as_text, build, seal
wanted, letters = int(sys.argv[1]), sys.argv[2] == "letters"
Letter.objects.all().delete()
Report.objects.all().delete()
now = the_hour(timezone.now())
urgencies = ["", "red", "amber", "green", "blue"]
reports = [
    Report(
        reference=f"B{n // 1000 % 8 + 2}-{n % 1000:03}" if n < 8000 else f"{n:06}",
        received_hour=now - timedelta(hours=n % 900),
        due=now - timedelta(hours=n % 900 - 24),
        danger=n % 50 == 0,
        state="opened" if n % 5 else "new",
        urgency=urgencies[n % 5],
    )
    for n in range(wanted)
]
Report.objects.bulk_create(reports, batch_size=500)
if letters:
    story = "A grey car waits by the park every Friday after school. " * 12
    answers = [{"key": "story", "question": "What you have seen", "answer": story}]
    kept = []
    for report in reports:
        entity = build({"schema": 1, "answers": answers}, as_text([("What", story)]), subject="New concern",
                       sender="a@demo.example", recipient="b@demo.example")
        fields = Letter.sealed_fields(seal(entity, usable_keys(), now=timezone.now()), len(entity))
        kept.append(Letter(id=report.pk, report=report, kind="concern", hour=now, **fields))
    Letter.objects.bulk_create(kept, batch_size=100)
"""
LIST = """
import statistics, time
import django
django.setup()
from allauth.account.internal.flows.login import record_authentication
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from reporting.inbox.models import Officer
client = Client(SERVER_NAME="localhost")
client.force_login(Officer.objects.get(user__username="officer").user)
request = HttpRequest()
request.session = client.session
record_authentication(request, Officer.objects.get(user__username="officer").user, "mfa", type="totp")
request.session.save()
times = []
for _ in range(25):
    began = time.process_time()
    answer = client.get("/mash/reports/")
    times.append(time.process_time() - began)
    assert answer.status_code == 200
with CaptureQueriesContext(connection) as queries:
    client.get("/mash/reports/")
print(statistics.median(times[5:]) * 1000, len(queries))
"""
WATCH = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
}).observe({ type: 'longtask', buffered: true });
"""
#: Codes that were used already, by account.
CODES: dict[str, set[str]] = {}


def python(code: str, *arguments: str, environment: dict[str, str]) -> str:
    """Run some Python on the site's own code; what it printed."""
    path = {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment | path, capture_output=True, check=False)
    if done.returncode:
        raise BenchError(done.stderr.decode())
    return done.stdout.decode()


def code_of(name: str, environment: dict[str, str]) -> str:
    """A code of an account’s authenticator app that was not used yet: each works once."""
    used = CODES.setdefault(name, set())
    while True:
        done = subprocess.run(
            [sys.executable, "manage.py", "demo_codes"], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        code = next(line.split()[-1] for line in done.stdout.decode().splitlines() if line.startswith(f"{name} "))
        if code not in used:
            used.add(code)
            return code
        time.sleep(2)  # until the next one comes


def open_all(page: Page, address: str, folder: Path, count: int, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds until everything is open, and the longest task of the page in milliseconds."""
    accounts = (folder / "demo/accounts.txt").read_text().splitlines()
    password = next(line.split()[1] for line in accounts if line.startswith("officer "))
    page.goto(f"{address}/mash/sign-in/")
    page.get_by_label("Name").fill("officer")
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(code_of("officer", environment))
    with page.expect_navigation():
        page.get_by_role("button", name="Go on").click()
    page.evaluate(WATCH)
    page.get_by_label("Your passphrase").fill((folder / "demo/officer-passphrase.txt").read_text().strip())
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("button", name="Lock now").wait_for()
    began = time.perf_counter()
    page.evaluate("window.longest = 0")
    page.get_by_label("Search open reports").fill("grey car")
    done = f"() => document.querySelector('#count').textContent === '{count} found'"
    page.wait_for_function(done, timeout=120_000)
    return time.perf_counter() - began, page.evaluate("window.longest")


def measure(folder: Path, options: argparse.Namespace) -> str:
    port = free_port(8440)
    environment = demo_environment(folder, port)
    print("Demonstration in a folder of its own …", flush=True)
    prepare = [sys.executable, "manage.py", "demo", "--only-prepare"]
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    lines = []
    server = Server(["config.wsgi:application", "--pythonpath", "site"], ROOT, environment, port)
    try:
        server.wait("/health/live")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for count in (50, 1000):
                python(FILL, str(count), "letters", environment=environment)
                seen = []
                for _ in range(options.rounds):
                    context = browser.new_context()
                    page = context.new_page()
                    seen.append(open_all(page, f"http://localhost:{port}", folder, count, environment))
                    context.close()
                seconds = statistics.median(took for took, _ in seen)
                longest = max(task for _, task in seen)
                lines.append(
                    f"{count:>6} reports opened after unlocking{seconds:>12.2f} s, longest task {longest:.0f} ms"
                )
            browser.close()
    finally:
        server.stop()
    for count in (100, 20_000):
        python(FILL, str(count), "none", environment=environment)
        took, queries = python(LIST, environment=environment).split()
        lines.append(
            f"{count:>6} open: first page of the list {float(took):>13.1f} ms of the server’s CPU, {queries} queries"
        )
    return "\n".join(["", *lines])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is opened (default 3)")
    run(measure, parser.parse_args())


if __name__ == "__main__":
    main()
