"""A concern is sealed in a real browser under the site's own policy: the server takes it, and gpg opens it."""

import base64
import json
import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from reporting.sealing import BUCKETS, PublicKey, admit, as_text, build, check_sealed, sealed_size
from tests.browser.conftest import ROOT, RunningSite, gpg_opens
from tests.conftest import gpg

pytestmark = pytest.mark.browser
HEADERS = {
    "subject": "New concern",
    "sender": "Concern form <form@site.example>",
    "recipient": "mash@site.example",
}
SCRIPTS = ("etaoin shrdlu\n", "аеиорст ", "的一是不了人我在", "اليوم ", "😀👧🏽🧥", '"\\\n\t{}', "é\u2028\ufeff\x85")

# Loads the modules as a page does, by the addresses in the manifest, and keeps them for `SEAL`.
LOAD = """async (addresses) => {
    window.broken = [];
    document.addEventListener('securitypolicyviolation', (e) => broken.push(`${e.violatedDirective} ${e.blockedURI}`));
    const [openpgp, entity, seal] = await Promise.all(addresses.map((address) => import(address)));
    window.sealing = { openpgp, ...entity, ...seal };
}"""
# Each concern as the sealed message in base64, and the milliseconds that one took.
SEAL = """async ({ concerns, keys, date }) => {
    const { openpgp, buildEntity, sealEntity } = window.sealing;
    const sealed = [];
    for (const { report, answers, headers } of concerns) {
        const start = performance.now();
        const entity = buildEntity(report, answers, headers);
        const message = await sealEntity(openpgp, entity, keys, ...(date ? [new Date(date)] : []));
        const milliseconds = performance.now() - start;
        sealed.push([btoa(Array.from(message, (octet) => String.fromCharCode(octet)).join('')), milliseconds]);
    }
    return sealed;
}"""
# A browser of some years ago. What is missing there is refused with this very error.
WITHOUT_CURVE_25519 = """for (const name of ['generateKey', 'importKey']) {
    const original = crypto.subtle[name];
    crypto.subtle[name] = function (...values) {
        const asked = values.map((value) => value?.name ?? value);
        if (asked.includes('X25519') || asked.includes('Ed25519')) {
            window.refused = true;
            return Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));
        }
        return original.apply(this, values);
    };
}"""


def address_of(name: str) -> str:
    """What `{% static %}` writes into a page."""
    manifest = json.loads((ROOT / "staticfiles" / "staticfiles.json").read_text())
    return f"/static/{manifest['paths'][name]}"


MODULES = ("vendor/openpgp/openpgp.min.mjs", "js/sealing/entity.mjs", "js/sealing/seal.mjs")


class SealingPage:
    """A public page with the modules loaded; it remembers what it fetched and everything that went wrong."""

    def __init__(self, page: Page, site: RunningSite) -> None:
        self.page = page
        self.wrong: list[str] = []
        self.fetched: list[str] = []
        page.on("console", lambda message: self.wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("requestfailed", lambda request: self.wrong.append(request.url))
        answered = page.goto(f"{site.address}/young-people/")
        policy = answered.headers["content-security-policy"] if answered else ""
        assert "require-trusted-types-for 'script'" in policy and "unsafe" not in policy
        # Asked, not answered: the news of an answer may come later than what the page does with it.
        page.on("request", lambda request: self.fetched.append(request.url.removeprefix(site.address)))
        page.evaluate(LOAD, [address_of(name) for name in MODULES])

    def seal(
        self, concerns: list[dict[str, Any]], keys: list[str], date: str | None = None
    ) -> list[tuple[bytes, float]]:
        sealed = self.page.evaluate(SEAL, {"concerns": concerns, "keys": keys, "date": date})
        return [(base64.b64decode(message), milliseconds) for message, milliseconds in sealed]

    @property
    def modules(self) -> list[str]:
        """The modules it fetched, in the order of their names."""
        return sorted(path for path in self.fetched if path.endswith(".mjs"))


@pytest.fixture
def sealing(page: Page, site: RunningSite) -> Iterator[SealingPage]:
    opened = SealingPage(page, site)
    yield opened
    assert (opened.wrong, page.evaluate("window.broken")) == ([], [])


@pytest.fixture
def keys(site: RunningSite) -> list[str]:
    return [(site.data / "demo" / f"{role}-public.asc").read_text() for role in ("inbox", "recovery")]


@pytest.fixture
def recipients(keys: list[str]) -> list[PublicKey]:
    return [admit(key) for key in keys]


def concern(story: str) -> dict[str, Any]:
    answers = [["What have you seen or heard?", story], ["Who are you?", ""]]
    report = {"schema": 1, "sealed": "in the browser", "answers": [{"key": "story", "answer": story}]}
    return {"report": report, "answers": answers, "headers": HEADERS}


def entity_of(told: dict[str, Any]) -> bytes:
    """The same concern as the server builds it."""
    return build(told["report"], as_text(told["answers"]), **told["headers"])


def random_stories(count: int) -> list[str]:
    """Short, long and longest, in several scripts."""
    chance = random.Random(20261121)  # noqa: S311 - repeatable, not secret
    lengths = [min(int(10 ** chance.uniform(0, 4.4)), 20_000) for _ in range(count)]
    return ["".join(chance.choices(chance.choice(SCRIPTS), k=length)) for length in lengths]


def test_what_the_browser_seals_is_accepted_and_gpg_opens_exactly_what_the_server_would_have_sealed(
    sealing: SealingPage, site: RunningSite, keys: list[str], recipients: list[PublicKey]
) -> None:
    stories = ["He has no coat.\r\nDecision: none\u2028x \ud83d", "“ü” " * 200, "的" * 2_000, "😀" * 20_000]
    concerns = [concern(story) for story in stories]
    for told, (message, _) in zip(concerns, sealing.seal(concerns, keys), strict=True):
        accepted = check_sealed(message, recipients=recipients)
        assert accepted.key_fingerprints == tuple(key.fingerprint for key in recipients)
        assert gpg_opens(site, message) == entity_of(told)
    assert [len(entity_of(told)) for told in concerns] == list(BUCKETS)


def test_the_message_names_no_time_and_no_file(sealing: SealingPage, site: RunningSite, keys: list[str]) -> None:
    ((message, _),) = sealing.seal([concern("x")], keys)
    demo = site.data / "demo"
    with tempfile.TemporaryDirectory(prefix="gpg-", dir="/tmp") as home:
        passphrase = demo / "recovery-passphrase.txt"
        gpg(Path(home), passphrase, "--import", str(demo / "recovery-key.asc"))
        packets = gpg(Path(home), passphrase, "--list-packets", stdin=message)
        subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=False)
    assert b'mode b (62), created 0, name=""' in packets


def test_300_random_concerns_have_the_four_sizes_and_nothing_between(
    sealing: SealingPage, keys: list[str], recipients: list[PublicKey]
) -> None:
    concerns = [concern(story) for story in random_stories(300)]
    sizes = set()
    for told, (message, _) in zip(concerns, sealing.seal(concerns, keys), strict=True):
        sizes.add(check_sealed(message, recipients=recipients).size)
        assert len(message) == sealed_size(len(entity_of(told)), recipients=2)
    assert sizes == {sealed_size(bucket, recipients=2) for bucket in BUCKETS}


def test_nothing_more_than_the_three_modules_is_fetched(sealing: SealingPage, keys: list[str]) -> None:
    sealing.seal([concern("x")], keys)
    assert sealing.modules == sorted(address_of(name) for name in MODULES)


def test_a_browser_without_curve_25519_fetches_one_file_more_and_seals(
    context: BrowserContext, site: RunningSite, keys: list[str], recipients: list[PublicKey]
) -> None:
    context.add_init_script(WITHOUT_CURVE_25519)
    sealing = SealingPage(context.new_page(), site)
    told = concern("He has no coat.")
    ((message, milliseconds),) = sealing.seal([told], keys)
    print(f"\nfirst seal without native X25519: {milliseconds:.0f} ms")
    assert sealing.page.evaluate("window.refused")
    # OpenPGP.js names its parts without the hash of the manifest; the plain copies beside them answer.
    part = "/static/vendor/openpgp/nacl-fast.min.mjs"
    assert sealing.modules == sorted([part, *(address_of(name) for name in MODULES)])
    assert check_sealed(message, recipients=recipients)
    assert gpg_opens(site, message) == entity_of(told)
    assert (sealing.wrong, sealing.page.evaluate("window.broken")) == ([], [])


@pytest.mark.parametrize(
    "wrong", ["one key", "the same key twice", "three keys", "no key", "an expired key", "a key of tomorrow"]
)
def test_what_cannot_be_sealed_rightly_is_an_error(sealing: SealingPage, keys: list[str], wrong: str) -> None:
    inbox, recovery = keys
    offered = {
        "one key": [inbox],
        "the same key twice": [inbox, inbox],
        "three keys": [inbox, recovery, recovery],
        "no key": [inbox, "My name is Sam"],
    }.get(wrong, keys)
    date = {"an expired key": "2099-01-01", "a key of tomorrow": "2020-01-01"}.get(wrong)
    outcome = sealing.page.evaluate(
        f"(details) => ({SEAL})(details).then(() => 'sealed', (error) => [error.name, error.message])",
        {"concerns": [concern("x")], "keys": offered, "date": date},
    )
    assert outcome[0] == "Error" and "Sam" not in outcome[1]
    print(f"\n{wrong}: {outcome[1]}")


def test_the_time_of_one_seal(sealing: SealingPage, keys: list[str]) -> None:
    times = [milliseconds for _, milliseconds in sealing.seal([concern("He has no coat.")] * 21, keys)]
    print(f"\none seal of 2 KB: {times[0]:.0f} ms the first time, {sorted(times[1:])[10]:.1f} ms then")
