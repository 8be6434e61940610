"""A script in the CMS, in whoever's hands, cannot read the desk: they are hosts of their own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import ROOT, RunningSite, free_port, wait_until_it_answers
from tests.browser.desking import sign_in, unlock

pytestmark = pytest.mark.browser

#: Two hosts of one council, so that cookies of the one are sent with requests that the other's pages make.
HOSTS = {"cms": "cms.council.localhost", "desk": "desk.council.localhost"}


@contextmanager
def face(site: RunningSite, folder: Path, name: str) -> Iterator[RunningSite]:
    """A process of one face over the data of a site that runs."""
    port = free_port()
    host = HOSTS[name]
    environment = site.environment | {
        "PHOENIX_FACE": name,
        "PHOENIX_HOSTS": f"{host},localhost",
        "PHOENIX_BIND": f"127.0.0.1:{port}",
        "PHOENIX_WORKERS": "1",
    }
    log = folder / f"{name}.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            wait_until_it_answers(RunningSite(f"http://localhost:{port}", site.data, log, environment), process)
            yield RunningSite(f"http://{host}:{port}", site.data, log, environment)
        finally:
            process.terminate()
            process.wait(timeout=60)


@pytest.fixture(scope="module")
def desk_face(site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    with face(site, tmp_path_factory.mktemp("faces"), "desk") as running:
        yield running


@pytest.fixture(scope="module")
def cms_face(site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    with face(site, tmp_path_factory.mktemp("faces"), "cms") as running:
        yield running


@pytest.fixture
def officer_at_both(browser: Browser, desk_face: RunningSite, cms_face: RunningSite) -> Iterator[tuple[Page, Page]]:
    """One browser in which the desk is signed in and unlocked, and a page of the CMS whose script is in wrong hands.

    What the CMS itself forbids its pages is switched off: whoever took its host over would not keep it.
    """
    context: BrowserContext = browser.new_context(bypass_csp=True)
    desk = context.new_page()
    sign_in(desk, desk_face)
    unlock(desk, desk_face)
    cms = context.new_page()
    cms.goto(f"{cms_face.address}/cms/login/")
    yield desk, cms
    context.close()


def test_a_script_of_the_cms_cannot_read_the_desk(officer_at_both: tuple[Page, Page], desk_face: RunningSite) -> None:
    desk, cms = officer_at_both
    reports = f"{desk_face.address}/mash/reports/"
    # The desk's own script gets them, so there is something to read.
    assert desk.evaluate("async (url) => (await fetch(url)).status", reports) == 200

    read = """async (url) => {
        try { return await (await fetch(url, {credentials: "include"})).text() } catch { return "" }
    }"""
    assert cms.evaluate(read, reports) == ""
    assert cms.evaluate(read, f"{desk_face.address}/mash/keyring/") == ""
    # Without asking for the right to read it goes out, and comes back as nothing that a script can look into.
    blind = read.replace('credentials: "include"', 'credentials: "include", mode: "no-cors"')
    assert cms.evaluate(blind, reports) == ""


def test_a_page_of_the_cms_neither_frames_nor_holds_the_desk(
    officer_at_both: tuple[Page, Page], desk_face: RunningSite
) -> None:
    _, cms = officer_at_both
    framed = """(url) => new Promise((done) => {
        const frame = Object.assign(document.createElement("iframe"), {src: url});
        frame.onload = () => { try { done(frame.contentDocument.body.innerText) } catch { done("out of reach") } };
        document.body.append(frame);
    })"""
    assert cms.evaluate(framed, f"{desk_face.address}/mash/") == "out of reach"
    assert [frame.title() for frame in cms.frames[1:]] == [""], "nor is anything of it shown there"
    with cms.context.expect_page() as opened:
        cms.evaluate("(url) => { window.other = window.open(url) }", f"{desk_face.address}/mash/")
    opened.value.wait_for_load_state()
    assert cms.evaluate("window.other.closed"), "a window of the desk is cut off from whoever opened it"
    opened.value.close()


def test_a_page_of_the_cms_can_write_nothing_at_the_desk(
    officer_at_both: tuple[Page, Page], desk_face: RunningSite
) -> None:
    desk, cms = officer_at_both
    before = desk.evaluate("async (url) => (await fetch(url)).text()", f"{desk_face.address}/mash/reports/")
    send = """async (url) => {
        await fetch(url, {method: "POST", credentials: "include", mode: "no-cors", body: "x=1"}).catch(() => {});
    }"""
    cms.evaluate(send, f"{desk_face.address}/mash/sign-out/")
    cms.evaluate(send, f"{desk_face.address}/mash/pause/")
    after = desk.evaluate("async (url) => (await fetch(url)).text()", f"{desk_face.address}/mash/reports/")
    assert after == before, "still signed in, and nothing has changed"


def test_neither_host_answers_for_the_other(desk_face: RunningSite, cms_face: RunningSite, page: Page) -> None:
    for address in (f"{cms_face.address}/mash/", f"{desk_face.address}/cms/"):
        answer = page.goto(address)
        assert answer
        assert answer.status == 404
