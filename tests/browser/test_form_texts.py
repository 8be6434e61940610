"""A hint of the form on its way from an editor to readers: a draft, a preview, somebody of the team, the form."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.desking import sign_in_at
from tests.browser.looking import violations
from tests.browser.telling import asks_one_at_a_time

pytestmark = pytest.mark.browser
NUMBER = "from home.models import FormText\nprint(FormText.objects.get(key='hint_story').pk)"
#: What was published goes back to what is shipped, for the tests that come later.
TIDY_UP = """
from django.core.management import call_command
from home.models import FormText, LoadedContent
FormText.objects.filter(key="hint_story").delete()
LoadedContent.objects.filter(name="form text hint_story").delete()
call_command("load_content", verbosity=0)
"""
WORDS = "Write it in your own way. A few words are enough to begin with."


@pytest.fixture
def signed_in(browser: Browser, site: RunningSite) -> Iterator[Callable[[str], Page]]:
    """A function that signs an account in, in a browser of its own."""
    contexts = []

    def sign_in(name: str) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 1000}))
        page = contexts[-1].new_page()
        sign_in_at(page, site, "/cms/login/", name)
        page.wait_for_url("**/cms/")
        return page

    yield sign_in
    for context in contexts:
        context.close()
    site.python(TIDY_UP)


def hint_on(browser: Browser, site: RunningSite, with_script: bool) -> str:
    """The hint above the story as a reader sees it."""
    context = browser.new_context(java_script_enabled=with_script)
    page = context.new_page()
    page.goto(f"{site.address}/tell-us/questions/")
    assert asks_one_at_a_time(page) is with_script
    if with_script:
        page.get_by_role("button", name="Continue").click()
    hint = page.locator("#story-hint")
    expect(hint).to_be_visible()
    said = hint.inner_text()
    assert violations(page) == [] if with_script else True
    context.close()
    return said


def test_a_hint_goes_from_an_editor_through_the_team_to_readers(
    browser: Browser, site: RunningSite, signed_in: Callable[[str], Page]
) -> None:
    address = f"{site.address}/cms/snippets/home/formtext/edit/{site.python(NUMBER)}/"
    before = hint_on(browser, site, with_script=True)
    editor = signed_in("editor")
    editor.get_by_role("link", name="Texts of the form").click()
    editor.get_by_role("link", name="Hint: What have you seen or heard?").click()
    editor.wait_for_url(address)
    editor.locator("[name=words]").fill(WORDS)
    editor.get_by_role("button", name="Toggle preview").click()
    expect(editor.frame_locator("#w-preview-iframe").locator("#story-hint")).to_have_text(WORDS, timeout=30_000)
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.get_by_text("Until then the old words stand.").first).to_be_visible(timeout=30_000)

    for name in ("editor", "colleague"):
        page = editor if name == "editor" else signed_in(name)
        page.goto(address)
        expect(page.locator("[name=words]")).to_have_value(WORDS)
        page.get_by_role("button", name="More actions").first.click()
        expect(page.locator("[name=action-publish]")).to_have_count(0)
    assert hint_on(browser, site, with_script=True) == before

    reviewer = signed_in("reviewer")
    reviewer.goto(address)
    expect(reviewer.locator("[name=words]")).to_have_value(WORDS)
    publish = reviewer.locator("[name=action-publish]")
    if not publish.is_visible():
        reviewer.get_by_role("button", name="More actions").first.click()
    publish.click()
    expect(reviewer.get_by_text("updated and published")).to_be_visible(timeout=30_000)
    assert hint_on(browser, site, with_script=True) == WORDS
    assert hint_on(browser, site, with_script=False) == WORDS
