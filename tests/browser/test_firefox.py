"""The whole way in Firefox ESR, which Tor Browser is made of: with script, without, and as Tor Browser is set."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import ROOT, RunningSite
from tests.browser.replying import letters, write_back
from tests.browser.telling import Told

pytestmark = pytest.mark.browser
#: What Tor Browser and its levels "safer" and "safest" set in Firefox, as far as it concerns a page of ours. The safest
#: level has NoScript as well, which does the same to script as the setting here.
TOR = {
    "privacy.resistFingerprinting": True,
    "browser.privatebrowsing.autostart": True,
    "intl.accept_languages": "en-US, en",
    "network.http.referer.hideOnionSource": True,
    "dom.security.https_only_mode": False,
}
SAFER = TOR | {
    "javascript.options.ion": False,
    "javascript.options.baselinejit": False,
    "javascript.options.native_regexp": False,
    "javascript.options.wasm": False,
    "mathml.disabled": True,
    "media.webaudio.enabled": False,
    "gfx.font_rendering.opentype_svg.enabled": False,
}
SAFEST = SAFER | {
    "javascript.enabled": False,
    "svg.disabled": True,
    "gfx.downloadable_fonts.enabled": False,
    "media.autoplay.default": 5,
    "media.mediasource.enabled": False,
}
SETTINGS = {
    "script on": {},
    "script off": {"javascript.enabled": False},
    "Tor's safer level": SAFER,
    "Tor's safest level": SAFEST,
}


class Firefox:
    """Somebody who tells and comes back, in a Firefox with some settings; `firefox.mjs` moves the hands."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [shutil.which("node") or str(ROOT / ".venv/bin/node"), str(Path(__file__).with_name("firefox.mjs"))],
            cwd=ROOT,
            env=os.environ | {"HOME": str(home), "TMPDIR": str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def go(self, **told: Any) -> dict[str, Any]:
        """The next half of the way; what was seen there."""
        assert self.process.stdin and self.process.stdout and self.process.stderr
        self.process.stdin.write(json.dumps(told) + "\n")
        self.process.stdin.flush()
        seen = self.process.stdout.readline()
        assert seen, self.process.stderr.read()
        return dict(json.loads(seen))

    def end(self) -> None:
        self.process.communicate()  # closes what it reads, so it ends


@pytest.fixture
def _nothing_leaves_this_machine() -> None:
    """No Chromium for these tests; in Firefox a setting sees to it."""


@pytest.fixture
def firefox() -> Iterator[Firefox]:
    with tempfile.TemporaryDirectory(prefix="firefox-") as home:
        opened = Firefox(Path(home))
        yield opened
        opened.end()


@pytest.mark.parametrize("setting", SETTINGS)
def test_somebody_tells_and_comes_back(firefox: Firefox, site: RunningSite, setting: str) -> None:
    has_script = SETTINGS[setting].get("javascript.enabled", True)
    executable = shutil.which("firefox-esr")
    assert executable, "Firefox ESR is missing. On Debian: apt-get install firefox-esr"
    story = f"I want to die. Told in Firefox with {setting}."
    seen = firefox.go(
        executable=executable, address=site.address, prefs=SETTINGS[setting], story=story, addition="At the back gate."
    )
    reference = seen["reference"]
    assert (seen["isScripted"], len(seen["words"]), seen["wrong"]) == (has_script, 6, [])
    [concern] = letters(site, reference, "concern")
    assert concern["sealed"] == ("browser" if has_script else "server")
    answers = {answer["key"]: answer["answer"] for answer in concern["answers"]}  # type: ignore[attr-defined]
    assert (answers["danger"], answers["story"]) == ("no", story)

    write_back(site, Told(reference, seen["words"]), "Thank you. Which gate?")
    seen = firefox.go()
    assert seen["wrong"] == []
    assert sum("Thank you. Which gate?" in line for line in seen["shown"]) == 1
    assert sum("You wrote" in line for line in seen["shown"]) == 2
    [added] = letters(site, reference, "addition")
    assert "At the back gate." in str(added["answers"])
