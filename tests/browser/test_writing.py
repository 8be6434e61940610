"""An editor at work in a real browser: the checks beside the preview; and the alert banner as readers see it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect
from playwright.sync_api import TimeoutError as Waited

from tests.browser.conftest import RunningSite
from tests.browser.desking import sign_in_at
from tests.browser.looking import LOOKS, SIZES, violations

pytestmark = pytest.mark.browser
LEVELS = ["For your information", "Important", "Urgent"]


#: Wagtail notes two seconds after a page opened how it stood. What was typed before counts as how it stood.
WATCHED = """
  const note = (what) => () => { document.documentElement.dataset[what] = '' };
  document.addEventListener('w-unsaved:watch-edits', note('watched'));
  document.addEventListener('w-unsaved:add', note('noticed'));
"""


@pytest.fixture
def editing(browser: Browser, site: RunningSite) -> Iterator[Page]:
    """The editor's account, signed in; a message about something that the policy kept away fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.add_init_script(WATCHED)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    sign_in_at(page, site, "/cms/login/", "editor")
    page.wait_for_url("**/cms/")
    yield page
    context.close()
    assert wrong == []


def test_an_editor_sees_what_the_checks_found_while_writing(editing: Page, site: RunningSite) -> None:
    number = site.python("from home.models import GuidancePage\nprint(GuidancePage.objects.get(slug='online').pk)")
    editing.goto(f"{site.address}/cms/pages/{number}/edit/")
    editing.locator("html[data-watched]").wait_for(state="attached")
    editing.get_by_role("textbox", name="Lede").fill("A promiscuous child.")
    editing.get_by_role("button", name="Toggle checks").click()
    checks = editing.locator('[data-side-panel="checks"]')
    expect(checks.get_by_text("Better not: “promiscuous”")).to_be_visible(timeout=20_000)
    expect(checks.get_by_text("say what was done to them")).to_be_visible()
    expect(checks.locator("[data-reading-age]")).to_have_text(
        re.compile(r"^about \d+ \(aim: 11 or less\)$"), timeout=20_000
    )
    expect(editing.locator('[data-side-panel-toggle="checks"] [data-side-panel-toggle-counter]')).to_have_text("1")
    editing.get_by_role("textbox", name="Lede").fill("A child who was hurt.")
    expect(checks.get_by_text("Better not: “promiscuous”")).to_have_count(0, timeout=20_000)


def type_until_noticed(box: Locator, words: str) -> None:
    """On a busy machine Wagtail may note once more how the page stood, with what was just typed. Then type on."""
    for typed in (words, f"{words} ", words):
        box.fill(typed)
        try:
            return box.page.locator("html[data-noticed]").wait_for(state="attached", timeout=5_000)
        except Waited:
            continue
    raise AssertionError("Wagtail did not notice what was typed.")


#: Types more at the moment when an autosave has taken the words that it will send, and counts what came back.
TYPES_WHILE_SAVING = """
  const words = document.getElementById("id_lede");
  document.addEventListener("w-autosave:save", () => {
    words.value = "Where you are on a screen, someone may ask you for a secret.";
    words.dispatchEvent(new Event("input", { bubbles: true }));
  }, { once: true });
"""


def test_words_typed_while_the_cms_saves_are_saved_too(editing: Page, site: RunningSite) -> None:
    # A page of its own: what another test left on its way would make Wagtail stop saving by itself.
    number = site.python("from home.models import GuidancePage\nprint(GuidancePage.objects.get(slug='pictures').pk)")
    editing.goto(f"{site.address}/cms/pages/{number}/edit/")
    editing.locator("html[data-watched]").wait_for(state="attached")
    editing.evaluate(TYPES_WHILE_SAVING)

    def is_saved(answer: Response) -> bool:
        return "ask you for a secret" in (answer.request.post_data or "") and answer.json().get("success") is True

    with editing.expect_response(is_saved):
        type_until_noticed(editing.get_by_role("textbox", name="Lede"), "Where you are on a screen.")
    expect(editing.locator("#w-autosave-indicator")).to_have_attribute("data-w-autosave-state-value", "saved")
    editing.reload()
    expect(editing.get_by_role("textbox", name="Lede")).to_have_value(re.compile("ask you for a secret"))


@pytest.fixture
def alerts(site: RunningSite) -> Iterator[None]:
    """One alert of each level, for everyone."""
    site.python(
        "from datetime import timedelta\nfrom django.utils import timezone\nfrom home.models import Alert, InfoPage\n"
        "now = timezone.now()\n"
        "for level in (1, 2, 3):\n"
        "    Alert(level=level, text='The form is closed. Call [[mash]].', page=InfoPage.objects.first(),\n"
        "          start=now - timedelta(hours=1), end=now + timedelta(hours=1)).save()\n"
    )
    yield
    site.python("from home.models import Alert\nAlert.objects.all().delete()")


@pytest.mark.axe
@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_alerts_are_regions_with_names_and_axe_finds_nothing(
    browser: Browser, site: RunningSite, alerts: None, size: str, scheme: str
) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme, java_script_enabled=True)  # type: ignore[arg-type]
    page = context.new_page()
    for path in ("/", "/young-people/is-this-ok/", "/tell-us/questions/"):
        page.goto(site.address + path)
        names = [page.locator(".alert").nth(place).get_attribute("aria-label") for place in range(3)]
        assert names == LEVELS[::-1], path
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert violations(page) == [], path
    context.close()
