"""Take the pictures of docs/officers.md:  python docs/officers/take.py

It prepares a demonstration in a folder of its own, works through the desk as its officers would, and writes the
pictures beside itself. It needs what the tests need (`make check` and `make run`, once), and takes about two minutes.
Whatever is to be seen is invented: the demonstration's sample reports, and counts that are made up here.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Download, Locator, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.servers import ROOT, BenchError, Server, demo_environment, free_port

HERE = Path(__file__).resolve().parent
BROWSER = "chromium-headless-shell"
WIDE = {"width": 1280, "height": 900}
#: Taller than a phone, to show what comes when somebody scrolls.
PHONE = {"width": 375, "height": 1300}
COLOURS = 128
LARGEST = 120 * 1024
AROUND = 12
#: How the sample reports begin that are shown.
OPENED = "My friend keeps getting picked up"
PLACE = "Cars stop outside the recreation ground"
#: Invented counts of months that are over: as if these reports had been deleted after their period.
COUNTS = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from reporting.inbox.models import Tally
SEEN = [{"red": 6, "amber": 14, "green": 23, "blue": 9}, {"red": 2, "amber": 12, "green": 19, "blue": 7}]
month = timezone.localdate().replace(day=1)
for many in SEEN:
    month = (month - timedelta(days=1)).replace(day=1)
    for code, count in many.items():
        Tally.objects.create(month=month, inbox="main", counted="urgency", code=code, many=count)
"""


class NoPicture(Exception):
    """A picture cannot be taken; the message says what to do."""


class Camera:
    """Writes pictures, in few colours, and knows which it took last."""

    def __init__(self) -> None:
        self.last = "none"

    def take(self, name: str, page: Page, *parts: Locator, height: int = 0) -> None:
        """One picture of some parts of a page together, or of what its window shows; at most `height` high."""
        page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
        page.mouse.move(0, 0)
        clip = around(page, parts) if parts else {"x": 0, "y": 0, **size_of(page)}
        if height:
            clip["height"] = min(clip["height"], height)
        shot = page.screenshot(clip=clip, full_page=True, animations="disabled")  # type: ignore[arg-type]
        self.write(name, shot)

    def write(self, name: str, shot: bytes) -> None:
        """Keep it as a PNG. Raises NoPicture if it is too large for a guide."""
        file = HERE / f"{name}.png"
        image = Image.open(io.BytesIO(shot)).convert("RGB")
        image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
        octets = file.stat().st_size
        if octets > LARGEST:
            raise NoPicture(f"{file.name} has {octets} bytes, more than {LARGEST}. Show less of the page.")
        self.last = name
        print(f"{file.relative_to(ROOT)}  {image.width} × {image.height}, {octets / 1024:.0f} KB", flush=True)


def size_of(page: Page) -> dict[str, float]:
    """The window of a page."""
    assert page.viewport_size  # noqa: S101 (every page here has one)
    return {"width": page.viewport_size["width"], "height": page.viewport_size["height"]}


def around(page: Page, parts: tuple[Locator, ...]) -> dict[str, float]:
    """The smallest part of a page, scrolled to its top, that has all of these, with a little room."""
    boxes = [box for part in parts if (box := part.bounding_box())]
    if len(boxes) < len(parts):
        raise NoPicture("Something that it should show is not on the page.")
    left = max(min(box["x"] for box in boxes) - AROUND, 0)
    top = max(min(box["y"] for box in boxes) - AROUND, 0)
    right = min(max(box["x"] + box["width"] for box in boxes) + AROUND, size_of(page)["width"])
    bottom = max(box["y"] + box["height"] for box in boxes) + AROUND
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


# --- The demonstration -------------------------------------------------------------------------------------------


class Demonstration:
    """A demonstration that runs: where it answers, and what an officer needs to come in."""

    def __init__(self, folder: Path, environment: dict[str, str], port: int) -> None:
        self.folder, self.environment = folder, environment
        self.address = f"http://localhost:{port}"

    def password_of(self, name: str) -> str:
        lines = (self.folder / "demo/accounts.txt").read_text().splitlines()
        return next(line.split()[1] for line in lines if line.startswith(f"{name} "))

    def passphrase_of(self, name: str) -> str:
        return (self.folder / f"demo/{name}-passphrase.txt").read_text().strip()

    def code_of(self, name: str) -> str:
        """What the account's authenticator app shows now. Each code works once, and each officer signs in once."""
        lines = python(self.environment, "manage.py", "demo_codes").splitlines()
        return next(line.split()[-1] for line in lines if line.startswith(f"{name} "))


def python(environment: dict[str, str], *arguments: str) -> str:
    """What a program of ours prints. Raises NoPicture with its last words."""
    path = {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    done = subprocess.run(  # noqa: S603 (our own programs, no outside input)
        [sys.executable, *arguments], cwd=ROOT, env=environment | path, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NoPicture(f"{arguments[0]} failed. Does `make run` start here?\n{done.stderr[-2000:]}")
    return done.stdout


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """One in a folder that goes afterwards."""
    if not (ROOT / "staticfiles/staticfiles.json").exists():
        raise NoPicture("There are no static files yet. Type `make run` once, and stop it with Ctrl-C.")
    with tempfile.TemporaryDirectory(prefix="phoenix-pictures-") as name:
        folder, port = Path(name), free_port(8480)
        environment = demo_environment(folder, port)
        print("Demonstration in a folder of its own …", flush=True)
        python(environment, "manage.py", "demo", "--only-prepare")
        python(environment, "-c", COUNTS)
        server = Server(["config.wsgi:application", "--pythonpath", "site"], ROOT, environment, port)
        try:
            server.wait("/health/live")
            yield Demonstration(folder, environment, port)
        finally:
            server.stop()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without windows."""
    program = shutil.which(BROWSER)
    if program is None:
        raise NoPicture(f"There is no {BROWSER}. Type: sudo apt-get install {BROWSER} fonts-liberation")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def computer(browser: Browser) -> Page:
    """An officer's own computer, with nobody signed in."""
    context = browser.new_context(
        viewport=WIDE,  # type: ignore[arg-type]
        device_scale_factor=1,
        color_scheme="light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/London",
        permissions=["clipboard-read", "clipboard-write"],
    )
    return context.new_page()


# --- The desk by hand --------------------------------------------------------------------------------------------


def press(place: Page | Locator, name: str) -> None:
    place.get_by_role("button", name=name, exact=True).click()


def give_name(page: Page, demo: Demonstration, name: str) -> None:
    """Name and password, typed and not sent yet."""
    page.goto(f"{demo.address}/mash/sign-in/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(demo.password_of(name))


def give_code(page: Page, demo: Demonstration, name: str) -> None:
    """From the code page to the locked desk."""
    page.get_by_label("Code").fill(demo.code_of(name))
    press(page, "Go on")
    page.get_by_label("Your passphrase").wait_for()


def unlock(page: Page, demo: Demonstration, name: str) -> None:
    page.get_by_label("Your passphrase").fill(demo.passphrase_of(name))
    press(page, "Unlock")
    page.get_by_role("button", name="Lock now").wait_for()
    settled(page)


def settled(page: Page) -> None:
    """Every report in the list has its title."""
    page.wait_for_function(
        "() => document.querySelectorAll('#rows tr').length > 0 && "
        "[...document.querySelectorAll('#rows .title')].every((title) => title.textContent !== 'Opening …')"
    )


def open_report(page: Page, words: str) -> None:
    """From the list to the report that begins so; done when the server knows that it was opened."""
    with page.expect_response(lambda answer: answer.url.endswith("/opened/")):
        page.locator("#rows").get_by_role("link", name=words).click()
    expect(page.locator("#story")).to_contain_text(words)


def to_list(page: Page) -> None:
    page.get_by_role("link", name="All reports").click()
    settled(page)


def drafts_kept(page: Page) -> None:
    """What was typed is saved, so that nothing is on its way while a picture is taken."""
    expect(page.locator("#saved")).to_have_text("Saved, sealed.")


def recorded(page: Page, words: str) -> None:
    """A decision with this reason stands in the history."""
    expect(page.locator("#history")).to_contain_text(words)


# --- The pictures, in the order of the guide ---------------------------------------------------------------------


def take_sign_in(camera: Camera, page: Page, demo: Demonstration) -> None:
    give_name(page, demo, "officer")
    camera.take("sign-in", page, page.locator("main section"))
    press(page, "Sign in")
    page.get_by_role("heading", name="Your code, please").wait_for()
    camera.take("code", page, page.locator("main section"))
    give_code(page, demo, "officer")


def take_locked_and_list(camera: Camera, page: Page, demo: Demonstration) -> None:
    camera.take("locked", page, page.locator("header"), page.locator("#waiting-table"))
    unlock(page, demo, "officer")
    camera.take("list", page)


def take_report(camera: Camera, page: Page) -> None:
    """The report of a friend: its words and facts, and the same number plate in another report."""
    open_report(page, OPENED)
    expect(page.locator("#same-part")).to_be_visible()
    camera.take("report", page, page.locator("#reference"), page.locator("#report-parts"), height=900)


def take_reply(camera: Camera, page: Page) -> None:
    page.get_by_label("Start from").select_option(label="One question")
    expect(page.locator("#preview")).to_be_visible()
    drafts_kept(page)
    camera.take("reply", page, page.locator("#answer"))
    press(page, "Lock and send reply")
    expect(page.locator("#messages")).to_contain_text("What day and time was it?")


def take_decision(camera: Camera, page: Page) -> None:
    page.get_by_label("State").select_option(label="Decision made")
    page.get_by_label("Outcome").select_option(label="Strategy discussion")
    page.get_by_label("Case number").fill("EXAMPLE-1")
    page.get_by_label("Why", exact=True).fill("The same car is in another report. Police and school are asked today.")
    drafts_kept(page)
    camera.take("decision", page, page.locator("#decision"))
    press(page, "Record the decision")
    recorded(page, "Police and school are asked today.")


def take_handover(camera: Camera, page: Page) -> None:
    """The sheet is copied and the bundle made; the file itself is thrown away."""
    press(page, "Copy the police intelligence sheet")
    expect(page.locator("#handover-said")).to_contain_text("Copied.")
    with page.expect_download() as made:
        press(page, "Make the case bundle")
    thrown_away(made.value)
    expect(page.locator("#bundle-said")).to_contain_text("has everything")
    camera.take("handover", page, page.locator("[aria-labelledby=handover-heading]"))


def thrown_away(download: Download) -> None:
    download.delete()


def propose_closing(page: Page) -> None:
    """One officer proposes to close a report without anybody acting on it."""
    to_list(page)
    open_report(page, PLACE)
    page.get_by_label("Urgency").select_option(label="Information")
    page.get_by_label("State").select_option(label="Closed")
    page.get_by_label("Outcome").select_option(label="Police intelligence only")
    page.get_by_label("Police reference").fill("EXAMPLE-2")
    page.get_by_label("Why", exact=True).fill("No child is named. The plate went to the police with the other report.")
    press(page, "Ask a second officer to close it")
    expect(page.locator("#proposal")).to_contain_text("A colleague has to open it")


def take_second(camera: Camera, page: Page, demo: Demonstration) -> None:
    """What a colleague sees, at their own computer."""
    give_name(page, demo, "senior")
    press(page, "Sign in")
    give_code(page, demo, "senior")
    unlock(page, demo, "senior")
    open_report(page, PLACE)
    expect(page.locator("#second")).to_be_visible()
    camera.take("second", page, page.locator("#proposal"))


def take_keys(camera: Camera, page: Page, demo: Demonstration) -> None:
    page.goto(f"{demo.address}/mash/keys/")
    page.get_by_label("Your passphrase").fill(demo.passphrase_of("officer"))
    press(page, "Unlock")
    page.locator("#mine-open").wait_for()
    expect(page.locator("#keys")).not_to_have_attribute("aria-busy", "true")
    camera.take("keys", page, page.locator("#people-part"), page.locator("#inbox-main"), page.locator("#keys h1"))
    press(page, "End access of Deputy officer")
    page.locator("#sure").wait_for()
    camera.take("end-access", page, page.locator("#sure"))
    press(page, "Cancel")


def take_audit(camera: Camera, page: Page, demo: Demonstration, reference: str) -> None:
    """What was done with one report."""
    page.goto(f"{demo.address}/mash/audit/")
    page.get_by_label("Report").fill(reference)
    press(page, "Show")
    expect(page.locator("tbody")).to_contain_text("Case bundle made")
    camera.take("audit", page, page.locator("main table"), height=560)


def take_counts(camera: Camera, page: Page, demo: Demonstration) -> None:
    page.goto(f"{demo.address}/mash/counts/")
    camera.take("counts", page, page.locator("main h1"), page.locator("main .scroll").first)


def take_pause(camera: Camera, page: Page, demo: Demonstration) -> None:
    page.goto(f"{demo.address}/mash/pause/")
    page.get_by_label("Reason").select_option(label="Nobody can read what comes in")
    camera.take("pause", page, page.locator("main h1"), page.locator("main form"))


def take_phone(camera: Camera, page: Page, demo: Demonstration) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{demo.address}/mash/")
    unlock(page, demo, "officer")
    camera.take("phone-list", page)
    open_report(page, OPENED)
    camera.take("phone-report", page)


def take_all(camera: Camera) -> None:
    with chromium() as browser, demonstration() as demo:
        officer = computer(browser)
        take_sign_in(camera, officer, demo)
        take_locked_and_list(camera, officer, demo)
        take_report(camera, officer)
        take_reply(camera, officer)
        take_decision(camera, officer)
        take_handover(camera, officer)
        reference = officer.locator("#reference").inner_text()
        propose_closing(officer)
        take_second(camera, computer(browser), demo)
        take_keys(camera, officer, demo)
        take_audit(camera, officer, demo, reference)
        take_counts(camera, officer, demo)
        take_pause(camera, officer, demo)
        take_phone(camera, officer, demo)


def main() -> None:
    camera = Camera()
    try:
        take_all(camera)
    except (BenchError, NoPicture) as error:
        sys.exit(f"Last picture: {camera.last}. {error}")
    except (PlaywrightError, AssertionError) as error:
        sys.exit(
            f"Last picture: {camera.last}. After it the desk did not show what it should. "
            f"If the desk has changed, change {Path(__file__).name} with it.\n{error}"
        )


if __name__ == "__main__":
    main()
