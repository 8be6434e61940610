"""The whole way by keyboard alone: the focus is seen, goes as the page is read, and meets each new question."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.replying import has_script, letters
from tests.browser.telling import asks_one_at_a_time

pytestmark = pytest.mark.browser
#: More stops than any page of ours has.
MOST_STOPS = 120
#: What has the focus: its words, where it stands on the page, and whether that is shown, on itself or on its label.
FOCUSED = """() => {
  const one = document.activeElement;
  const drawn = one.matches('.opt input') ? one.labels[0] : one;
  const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
  const { left, top } = drawn.getBoundingClientRect();
  return {
    words: (one.labels?.[0] ?? one).textContent.replace(/\\s+/g, ' ').trim(),
    id: one.id,
    isInMain: one.closest('main') !== null,
    place: [Math.round(top + scrollY), Math.round(left)],
    isShown: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
  };
}"""


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus stands on these words or this id. On the way it is seen, and goes down the page."""
    last = [0, 0]
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["isShown"], f"Nobody sees the focus on {focused['words']}."
        if focused["isInMain"]:
            top, left = focused["place"]
            # Things on one line may differ by a little in height.
            assert top >= last[0] - 24, f"The focus goes up to {focused['words']}."
            last = [top, left]
        if wanted in (focused["words"], focused["id"]):
            return
    raise AssertionError(f"The keyboard never comes to {wanted}.")


def press(page: Page, words: str) -> None:
    """Come to a link or button and press Enter."""
    tab_to(page, words)
    page.keyboard.press("Enter")


def follow(page: Page, words: str) -> None:
    """The same, where it leads to another page."""
    tab_to(page, words)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def heading_has_focus(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words)).to_be_focused()


def test_somebody_tells_and_comes_back(teller: Page, site: RunningSite) -> None:
    page, story = teller, "A grey car waits by the park."
    page.goto(f"{site.address}/tell-us/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["words"] == "Skip to main content"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    follow(page, "Start")
    follow(page, "Go to the questions")
    by_steps = asks_one_at_a_time(page)
    tab_to(page, "danger-yes")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#danger-no")).to_be_checked()
    if by_steps:
        press(page, "Continue")
        heading_has_focus(page, "What have you seen or heard?")
        press(page, "Continue")
        expect(page.locator("#story")).to_be_focused()
        expect(page.locator("#story-error")).to_be_visible()
    else:
        tab_to(page, "story")
    page.keyboard.type(story)
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#story")).not_to_be_focused()
    tab_to(page, "source-saw")
    page.keyboard.press("Space")
    if by_steps:
        press(page, "Continue")
        heading_has_focus(page, "Who are you worried about?")
        page.go_back()
        heading_has_focus(page, "What have you seen or heard?")
        page.go_forward()
        heading_has_focus(page, "Who are you worried about?")
        press(page, "Send now")
        heading_has_focus(page, "Check before you send")
        press(page, "Send to the MASH team")
        heading_has_focus(page, "We have it")
    else:
        follow(page, "Check what you wrote")
        follow(page, "Send to the MASH team")
    found = re.search(r"[A-Z][2-9]-\d{3}", page.locator("main").inner_text())
    assert found
    [told] = letters(site, found[0], "concern")
    answers = {answer["key"]: answer["answer"] for answer in told["answers"]}  # type: ignore[attr-defined]
    assert (answers["danger"], answers["story"], answers["source"]) == ("no", story, "saw")
    words = page.locator("#code-words li").all_inner_texts()

    page.goto(f"{site.address}/tell-us/reply/")
    go = press if has_script(page) else follow
    tab_to(page, "words")
    page.keyboard.type(" ".join(words))
    go(page, "See your reply")
    page.locator("#messages:visible").wait_for()
    tab_to(page, "text")
    page.keyboard.type("It was there again.")
    go(page, "Send to the MASH team")
    page.locator("#thanks:visible").wait_for()
    [added] = letters(site, found[0], "addition")
    assert "It was there again." in str(added["answers"])


def test_what_is_wrong_with_the_form_gets_the_focus_and_leads_to_its_box(page: Page, site: RunningSite) -> None:
    page.route("**/tell/main*", lambda route: route.abort())
    page.goto(f"{site.address}/tell-us/questions/")
    follow(page, "Check what you wrote")
    expect(page.get_by_role("alert", name="There is one thing to check")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#story")).to_be_focused()


def test_what_went_wrong_with_sending_gets_the_focus(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.address}/tell-us/questions/")
    press(page, "Continue")
    tab_to(page, "story")
    page.keyboard.type("A worry")
    press(page, "Send now")
    page.route("**/tell-us/sealed/", lambda route: route.abort())
    press(page, "Send to the MASH team")
    expect(page.get_by_role("heading", name="Not sent yet")).to_be_visible()
    expect(page.locator("#trouble")).to_be_focused()
    page.unroute("**/tell-us/sealed/")
    press(page, "Send to the MASH team")
    heading_has_focus(page, "We have it")
