"""Key holding by hand: first opening, letting in, ending access, changing keys over many reports, and recovery."""

import base64
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.browser.conftest import CHROMIUM_FLAGS, RunningSite, site_in, started
from tests.browser.desking import Leaving, fresh_code, passphrase_of, settled, sign_in, stored, unlock
from tests.browser.looking import SCHEMES, SIZES, faults
from tests.conftest import gpg

pytestmark = pytest.mark.browser
MANY = 200


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory, prepared: tuple[Path, str]) -> Iterator[RunningSite]:
    """A site of its own: these tests change the keys that all others use."""
    site = site_in(tmp_path_factory.mktemp("keys"), "phoenix_keys", prepared)
    site.environment["PHOENIX_OFFICERS_TO_OPEN"] = "3"
    with started(site) as running:
        yield running


@contextmanager
def somebody(browser: Browser, site: RunningSite, name: str) -> Iterator[Page]:
    """An officer at their own computer, on the key page."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, site, name)
    page.goto(f"{site.address}/mash/keys/")
    yield page
    context.close()


def unlock_keys(page: Page, passphrase: str) -> None:
    page.get_by_label("Your passphrase").fill(passphrase)
    page.get_by_role("button", name="Unlock").click()
    page.locator("#mine-open").wait_for()
    ready(page)


def ready(page: Page) -> None:
    """Whatever the page was doing is done, and what is so now is shown."""
    expect(page.locator("#keys")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#trouble")).to_be_hidden()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def invite(site: RunningSite, name: str) -> None:
    """An account of an officer who has no key yet."""
    stored(
        site,
        "from django.contrib.auth.models import User\n"
        f"user = User.objects.create_user({name!r}, first_name={name.title()!r})\n"
        "Officer.objects.create(user=user)",
    )
    fresh_code(site, name)  # an authenticator app


def make_own_key(page: Page) -> tuple[str, str]:
    """Passphrase and fingerprint of the key that somebody made."""
    press(page, "Make my key")
    page.locator("#new-words").filter(has_text="-").wait_for()
    passphrase = page.locator("#new-words").inner_text()
    page.get_by_label("Type the six words").fill("some other words")
    press(page, "Keep these words")
    expect(page.get_by_text("These are not the same words")).to_be_visible()
    page.get_by_label("Type the six words").fill(passphrase.replace("-", " "))
    press(page, "Keep these words")
    page.locator("#mine-open").wait_for()
    assert passphrase not in page.content()
    return passphrase, page.locator("#own").inner_text()


def let_in(page: Page, name: str, fingerprint: str, to: str = "") -> None:
    """A colleague read their fingerprint."""
    press(page, f"Let {name} in{to}")
    box = page.get_by_label("Type the fingerprint that you hear")
    box.fill("0000 " * 10)
    page.locator("#compare-go").click()
    expect(page.get_by_text("This is another fingerprint")).to_be_visible()
    box.fill(fingerprint.lower())
    page.locator("#compare-go").click()
    expect(page.locator("#said")).to_contain_text("can open")
    ready(page)


def passphrase_in(site: RunningSite, name: str) -> str:
    return (site.data / "demo" / f"{name}-passphrase.txt").read_text().strip()


MANY_REPORTS = """
import uuid
from datetime import UTC, datetime
from reporting.inbox.keys import usable_keys
from reporting.inbox.receive import receive
from reporting.sealing import build, seal, as_text
for n in range({many}):
    answer = [{{"key": "story", "question": "What", "answer": f"Report number {{n}}"}}]
    entity = build({{"schema": 1, "answers": answer}}, as_text([("What", f"Report number {{n}}")]), subject="s",
                   sender="a@demo.example", recipient="b@demo.example")
    receive(seal(entity, usable_keys()), report_id=uuid.uuid4(), danger=False, size_bucket=2048)
"""
BODIES = (
    "import hashlib; print(hashlib.sha256(b''.join(bytes(l.body) for l in Letter.objects.order_by('pk'))).hexdigest())"
)
NOT_YET = (
    "key = SealingKey.objects.get(role='inbox', inbox='main', in_use=True)\n"
    "letters = Letter.objects.filter(report__inbox='main')\n"
    "print(letters.count(), letters.exclude(key_fingerprints__contains=key.fingerprint).count())"
)


def test_let_in_end_access_and_change_the_key_over_many_reports(browser: Browser, own_site: RunningSite) -> None:
    site = own_site
    stored(site, MANY_REPORTS.format(many=MANY))
    bodies = stored(site, BODIES)
    invite(site, "newcomer")
    with (
        somebody(browser, site, "newcomer") as newcomer,
        somebody(browser, site, "officer") as officer,
        somebody(browser, site, "deputy") as deputy,
    ):
        words, fingerprint = make_own_key(newcomer)
        expect(newcomer.get_by_text("You cannot open reports yet.")).to_be_visible()
        expect(newcomer.locator("#people-part")).to_be_hidden()
        unlock_keys(officer, passphrase_of(site))
        let_in(officer, "Newcomer", fingerprint)
        newcomer.reload()
        unlock_keys(newcomer, words)
        expect(newcomer.locator("#people tr")).to_have_count(4)
        # Whom the newcomer has not checked gets nothing from them.
        deputy_name = stored(site, "print(Officer.objects.get(user__username='deputy').name)")
        expect(newcomer.get_by_role("button", name=f"Check {deputy_name}", exact=True)).to_be_visible()

        unlock_keys(deputy, passphrase_in(site, "deputy"))
        press(officer, f"End access of {deputy_name}")
        officer.locator("#sure-go").click()
        expect(officer.locator("#said")).to_contain_text("has ended")
        expect(officer.locator("#inbox-main")).to_contain_text("Change this key now")
        assert deputy.request.get(f"{site.address}/mash/keys/state/").status == 401
        assert stored(site, "print(Slot.objects.filter(officer__user__username='deputy').count())") == "0"

        # The change is cut off in the middle, by a reload.
        batches: list[int] = []

        def only_the_first(route) -> None:  # type: ignore[no-untyped-def]
            if route.request.method == "POST":
                batches.append(1)
            if len(batches) > 1:
                route.abort()
            else:
                route.continue_()

        officer.route("**/keys/letters/**", only_the_first)
        press(officer, "Change the key")
        expect(officer.locator("#sure-text")).to_contain_text("Newcomer")
        assert deputy_name not in officer.locator("#sure-text").inner_text()
        officer.locator("#sure-go").click()
        expect(officer.locator("#trouble")).to_contain_text("The connection was lost")
        letters, left = map(int, stored(site, NOT_YET).split())
        assert letters > left > 0
        officer.unroute("**/keys/letters/**")
        officer.reload()
        # Both keys open what they should meanwhile: every report has its title.
        officer.goto(f"{site.address}/mash/")
        officer.route("**/keys/state/", lambda route: route.abort())
        unlock(officer, site)
        settled(officer)
        expect(officer.locator("#rows")).not_to_contain_text("could not be opened")
        officer.unroute("**/keys/state/")
        officer.goto(f"{site.address}/mash/keys/")
        unlock_keys(officer, passphrase_of(site))
        expect(officer.locator("#inbox-main")).not_to_contain_text("earlier keys")
        assert stored(site, NOT_YET).split()[1] == "0"
        assert stored(site, BODIES) == bodies
        expect(officer.locator("#inbox-main")).not_to_contain_text("Change this key now")

        # A day later nothing can arrive for the old key: its slots go with the next change of wrapped keys.
        stored(
            site,
            "from datetime import timedelta; from reporting.inbox.holding import drop_old_slots\n"
            "old = SealingKey.objects.filter(role='inbox', inbox='main', in_use=False)\n"
            "[SealingKey.objects.filter(pk=k.pk).update(replaced_at=k.replaced_at - timedelta(days=2)) for k in old]\n"
            "drop_old_slots(Officer.objects.first(), 'main')",
        )
        assert stored(site, "print(Slot.objects.filter(key__in_use=False).count())") == "0"
        newcomer.goto(f"{site.address}/mash/")
        unlock(newcomer, site, words)
        settled(newcomer)
        expect(newcomer.locator("#rows")).to_contain_text("Report number 7")
    assert stored(site, "from reporting.inbox.audit import faults; print(list(faults()))") == "[]"


def test_a_key_that_the_server_slips_in_gets_no_slot(browser: Browser, own_site: RunningSite) -> None:
    """As if the server were in wrong hands: another public key stands for a colleague who was let in."""
    site = own_site
    before = stored(
        site,
        "one = Officer.objects.get(user__username='senior'); other = Officer.objects.get(user__username='deputy')\n"
        "print(one.fingerprint); Officer.objects.filter(pk=other.pk).update(fingerprint='9' * 40)\n"
        "one.locked_key, one.public_key, one.fingerprint = one.public_key, other.public_key, other.fingerprint\n"
        # Its vouches by the deputy, who is disabled, and by others are there; those of the fingerprint are taken away.
        "Vouch.objects.filter(fingerprint=one.fingerprint).delete(); one.save()",
    )
    try:
        with somebody(browser, site, "officer") as page:
            unlock_keys(page, passphrase_of(site))
            press(page, "Change the key")
            name = stored(site, "print(Officer.objects.get(user__username='senior').name)")
            text = page.locator("#sure-text").inner_text()
            assert text.index("Left out") < text.index(name)
            press(page, "Cancel")
            # With a fingerprint that is vouched for beside the wrong key, it is refused as well.
            stored(site, f"Officer.objects.filter(user__username='senior').update(fingerprint={before!r})")
            page.reload()
            unlock_keys(page, passphrase_of(site))
            press(page, "Change the key")
            page.locator("#sure-go").click()
            expect(page.locator("#trouble")).to_contain_text("is not vouched for")
    finally:
        stored(
            site,
            "one = Officer.objects.get(user__username='senior'); other = Officer.objects.get(user__username='deputy')\n"
            f"one.fingerprint, one.public_key = {before!r}, one.locked_key\n"
            f"one.locked_key = open('{site.data}/demo/senior-key.asc').read(); one.save()",
        )


def test_new_and_lost_passphrase_and_a_file_for_a_mail_program(browser: Browser, own_site: RunningSite) -> None:
    site = own_site
    ending = "SealingKey.objects.filter(role='inbox', inbox='main', in_use=True)"
    soon = f"from datetime import timedelta; from django.utils.timezone import now; key = {ending}.get()\n"
    stored(site, f"{soon}key.expires_at = now() + timedelta(days=80); key.save()")
    with somebody(browser, site, "officer") as officer, somebody(browser, site, "senior") as senior:
        expect(officer.locator("#inbox-main")).to_contain_text("In use until")
        unlock_keys(officer, passphrase_of(site))
        # Unlocking gave the key two more years.
        assert int(stored(site, f"{soon}print((key.expires_at - now()).days)")) in (729, 730)
        unlock_keys(senior, passphrase_in(site, "senior"))
        press(senior, "New passphrase")
        senior.locator("#new-words").filter(has_text="-").wait_for()
        words = senior.locator("#new-words").inner_text()
        senior.get_by_label("Type the six words").fill(words)
        press(senior, "Keep these words")
        expect(senior.locator("#said")).to_contain_text("Your passphrase is the new one")
        senior.reload()
        unlock_keys(senior, words)

        senior.locator("#inbox-main").get_by_role("button", name="Take it out").click()
        senior.locator("#sure-go").click()
        senior.locator("#taken-words").filter(has_text="-").wait_for()
        with senior.expect_download() as download:
            senior.get_by_role("link", name="Save the file").click()
        opened_by_gpg(site, Path(download.value.path()), senior.locator("#taken-words").inner_text())

        # Lost: a new key, and a colleague lets them in again.
        senior.reload()
        press(senior, "I lost my passphrase")
        senior.locator("#sure-go").click()
        senior.locator("#new-words").filter(has_text="-").wait_for()
        senior.get_by_label("Type the six words").fill(senior.locator("#new-words").inner_text())
        press(senior, "Keep these words")
        expect(senior.locator("#not-in")).to_be_visible()
        officer.reload()
        unlock_keys(officer, passphrase_of(site))
        name = stored(site, "print(Officer.objects.get(user__username='senior').name)")
        let_in(officer, name, senior.locator("#own").inner_text())


def test_first_opening_until_the_form_is_there(browser: Browser, own_site: RunningSite) -> None:
    """From no keys at all; the recovery key is made with the commands that the page shows, and opens a report."""
    site = own_site
    stored(
        site,
        "from django.contrib.auth.models import User\nfrom reporting.inbox.models import *\n"
        "Decision.objects.all().delete(); Report.objects.all().delete(); Slot.objects.all().delete()\n"
        "SealingKey.objects.all().delete(); Vouch.objects.all().delete()\n"
        "Officer.objects.update(fingerprint=None, public_key='', locked_key='', disabled_at=None)\n"
        "User.objects.update(is_active=True)",
    )
    people = {name: stored(site, f"print(Officer.objects.get(user__username={name!r}).name)") for name in TEAM}
    home = Path(tempfile.mkdtemp(prefix="gpg-", dir="/tmp"))
    with (
        somebody(browser, site, "officer") as officer,
        somebody(browser, site, "senior") as senior,
        somebody(browser, site, "deputy") as deputy,
    ):
        try:
            pages = {"officer": officer, "senior": senior, "deputy": deputy}
            made = {name: make_own_key(page) for name, page in pages.items()}
            officer.locator("#recovery summary").click()
            public = recovery_key(home, officer.locator("#recovery pre").inner_text())
            box = officer.get_by_label("What stands in recovery-public.asc")
            box.fill((home / "recovery-private.asc").read_text())
            leaving = Leaving(officer)
            press(officer, "Check and use it")
            expect(officer.locator("#trouble")).to_contain_text("It was not sent")
            assert not leaving.holds("PRIVATE KEY")
            box.fill(public)
            press(officer, "Check and use it")
            expect(officer.locator("#said")).to_contain_text("The recovery key is in use")
            press(officer, "Make the key")
            officer.locator("#sure-go").click()
            expect(officer.locator("#said")).to_contain_text("The new key is in use")
            for name in ("senior", "deputy"):
                let_in(officer, people[name], made[name][1])
            for name, page in pages.items():
                assert is_open(site) is False
                page.reload()
                unlock_keys(page, made[name][0])
                press(page, "Open the test report")
                expect(page.locator("#said")).to_contain_text("You opened the test report")
            assert is_open(site) is True
            expect(deputy.locator("#todo-part")).to_be_hidden()

            # The senior officer checks who let them in, and the recovery key; then they can change the key as well.
            press(senior, f"Check {people['officer']}")
            senior.get_by_label("Type the fingerprint that you hear").fill(made["officer"][1])
            senior.locator("#compare-go").click()
            expect(senior.locator("#said")).to_contain_text("You have checked")
            ready(senior)
            press(senior, "Change the key")
            expect(senior.locator("#sure-text")).to_contain_text(people["deputy"])
            senior.locator("#sure-go").click()
            expect(senior.locator("#said")).to_contain_text("The new key is in use")
            assert is_open(site) is True

            # The restricted inbox: whoever makes its key lets a second person in, and both open its test report.
            live = "print(SealingKey.objects.get(inbox='restricted', role='inbox', in_use=True).live_at is not None)"
            senior.locator("#inbox-restricted").get_by_role("button", name="Make the key").click()
            senior.locator("#sure-go").click()
            expect(senior.locator("#said")).to_contain_text("The new key is in use")
            let_in(senior, people["deputy"], made["deputy"][1], " (restricted)")
            for name in ("senior", "deputy"):
                assert stored(site, live) == "False"
                pages[name].reload()
                unlock_keys(pages[name], made[name][0])
                pages[name].locator("#inbox-restricted").get_by_role("button", name="Open the test report").click()
                expect(pages[name].locator("#said")).to_contain_text("You opened the test report")
            assert stored(site, live) == "True"
            officer.reload()
            unlock_keys(officer, made["officer"][0])
            expect(officer.locator("#inbox-restricted")).to_contain_text("In use until")
            expect(officer.locator("#inbox-restricted button")).to_have_count(0)

            # The drill: gpg alone opens a report, and the key of the inbox.
            stored(site, MANY_REPORTS.format(many=1))
            newest = "Letter.objects.filter(report__inbox='main').last().message"
            sealed = base64.b64decode(stored(site, f"import base64; print(base64.b64encode({newest}).decode())"))
            assert b"report.json" in gpg(home, home / "words", "--decrypt", stdin=sealed)
            slot = stored(site, "print(SealingKey.objects.get(role='inbox', inbox='main', in_use=True).recovery_slot)")
            assert gpg(home, home / "words", "--decrypt", stdin=slot.encode())[:1] >= b"\x80"
        finally:
            gpg_ends(home)


TEAM = ("officer", "senior", "deputy")


def is_open(site: RunningSite) -> bool:
    return stored(site, "from reporting.inbox.gate import is_open; print(is_open())") == "True"


def recovery_key(home: Path, commands: str) -> str:
    """The public half of a recovery key, made with the commands, and with a passphrase."""
    (home / "words").write_text("words for the recovery key")
    options = f"--homedir {home} --batch --yes --pinentry-mode loopback --passphrase-file {home}/words"
    unasked = f'gpg() {{ command gpg {options} "$@"; }}'
    done = subprocess.run(
        ["bash", "-ec", f"{unasked}\n{commands}"], cwd=home, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return (home / "recovery-public.asc").read_text()


def test_unlock_and_read_without_jit_and_webassembly(
    browser_type: BrowserType, browser_type_launch_args: dict[str, object], site: RunningSite
) -> None:
    """As browsers run that were hardened against their own just-in-time compiler."""
    flags = [*CHROMIUM_FLAGS, "--js-flags=--jitless"]
    hardened = browser_type.launch(**{**browser_type_launch_args, "args": flags})  # type: ignore[arg-type]
    try:
        page = hardened.new_page()
        sign_in(page, site)
        assert page.evaluate("typeof WebAssembly") == "undefined"
        unlock(page, site)
        expect(page.locator("#rows")).to_contain_text("My friend keeps getting picked up")
        page.goto(f"{site.address}/mash/keys/")
        unlock_keys(page, passphrase_of(site))
        expect(page.get_by_role("button", name="Change the key", exact=True).first).to_be_visible()
    finally:
        hardened.close()


@pytest.mark.axe
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_every_state_of_the_key_page(browser: Browser, site: RunningSite, size: str, scheme: str) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in(page, site)
    page.goto(f"{site.address}/mash/keys/")
    page.locator("#people tr").first.wait_for()
    assert faults(page) == []
    unlock_keys(page, passphrase_of(site))
    assert faults(page) == []
    for name, part in (("New passphrase", "#new-passphrase"), ("Change the key", "#sure")):
        page.get_by_role("button", name=name, exact=True).first.click()
        page.locator(part).wait_for()
        assert faults(page) == []
    for address in ("cards", "recovery-sheet"):
        page.goto(f"{site.address}/mash/keys/{address}/")
        assert faults(page) == []
    context.close()


def opened_by_gpg(site: RunningSite, private_key: Path, passphrase: str) -> None:
    """gpg imports a private key and opens the newest report with it."""
    home = Path(tempfile.mkdtemp(prefix="gpg-", dir="/tmp"))
    try:
        (home / "words").write_text(passphrase)
        gpg(home, home / "words", "--import", str(private_key))
        newest = "Letter.objects.filter(report__inbox='main', kind='concern').last().message"
        sealed = base64.b64decode(stored(site, f"import base64; print(base64.b64encode({newest}).decode())"))
        assert b"report.json" in gpg(home, home / "words", "--decrypt", stdin=sealed)
    finally:
        gpg_ends(home)


def gpg_ends(home: Path) -> None:
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=False)
    shutil.rmtree(home, ignore_errors=True)
