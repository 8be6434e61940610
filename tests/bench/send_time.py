"""What our work adds between pressing Send and "We have it", in a Chromium slowed down as DevTools does it:

    .venv/bin/python tests/bench/send_time.py [--times 9] [--slower 6]

The browser times the way to the server and back itself, and that is taken off: what is left is sealing, and whatever
was not ready by then. Once for somebody who reads the check page, and once for somebody in haste, who presses Send as
soon as it is there, and may wait for keys, sealing code and code words.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import BrowserType, Page, sync_playwright
from servers import ROOT, BenchError, Server, demo_environment, free_port, run

STORY = "A grey car waits by the park every Friday after school. " * 36  # about 2 KB
#: Milliseconds from the press to the sent page, and those of the post in them.
SEND = """async () => {
    const heading = document.querySelector('h1');
    const sent = new Promise((done) => new MutationObserver(done).observe(heading, { childList: true }));
    const pressed = performance.now();
    document.getElementById('send').click();
    await sent;
    const whole = performance.now() - pressed;
    const [post] = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/tell-us/sealed/'));
    return [whole, post.responseEnd - post.startTime];
}"""


def one_send(chromium: BrowserType, address: str, slower: float, is_in_haste: bool) -> tuple[float, float]:
    """Milliseconds from Send to the sent page, and of the post alone. A browser sends once, and has nothing ready."""
    browser = chromium.launch(
        executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox", "--disable-gpu"]
    )
    page = browser.new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(f"{address}/tell-us/questions/")
    page.get_by_role("button", name="Continue").click()
    page.locator("#story").fill(STORY)
    page.get_by_role("button", name="Send now").click()
    if not is_in_haste:
        wait_for_the_tools(page)
    whole, post = page.evaluate(SEND)
    browser.close()
    return whole, post


def wait_for_the_tools(page: Page) -> None:
    """Somebody reads the check page for two seconds at least, and longer than keys, code and words take to come."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2000)


def measure(folder: Path, options: argparse.Namespace) -> str:
    port = free_port(options.port)
    environment = demo_environment(folder, port)
    done = subprocess.run(
        [sys.executable, "manage.py", "demo", "--only-prepare"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise BenchError(done.stderr.decode())
    server = Server(
        ["config.wsgi:application", "--pythonpath", "site", "--bind", f"127.0.0.1:{port}"], ROOT, environment, port
    )
    lines = [f"{options.slower:g} times slower, median (longest) of {options.times}, milliseconds:", ""]
    try:
        server.wait("/health/ready")
        with sync_playwright() as playwright:
            for who, is_in_haste in (("reads the check page", False), ("in haste", True)):
                address = f"http://localhost:{port}"
                sends = [
                    one_send(playwright.chromium, address, options.slower, is_in_haste) for _ in range(options.times)
                ]
                added = [whole - post for whole, post in sends]
                ours, post = statistics.median(added), statistics.median(post for _, post in sends)
                lines.append(
                    f"{who:21}{ours:6.0f} ({max(added):.0f}) ours, {post:.0f} the way; ratio {ours / post:.1f}"
                )
    finally:
        server.stop()
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="What our work adds between Send and the sent page.")
    parser.add_argument("--times", type=int, default=9, help="how often it is sent, each way (9)")
    parser.add_argument("--slower", type=float, default=6, help="how much slower the browser's processor is (6)")
    parser.add_argument("--port", type=int, default=8710, help="the first port to try (8710)")
    run(measure, parser.parse_args())
