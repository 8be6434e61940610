"""Pages in other languages as a browser shows them, and stories that people tell in theirs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.looking import LOOKS, SIZES, violations
from tests.browser.telling import write

pytestmark = pytest.mark.browser
ENGLISH = "/help-in-other-languages/"
LEFT, RIGHT = f"/en-xa{ENGLISH}", f"/ar-xb{ENGLISH}"
#: "I am worried about my sister, 14 years old.", from right to left with a number in it.
STORY = "أنا قلق على أختي، عمرها 14 سنة."


@pytest.fixture(scope="module", autouse=True)
def _translations(site: RunningSite) -> Iterator[None]:
    """The get-help page in both pseudo-languages and an Easy Read version, gone again afterwards."""
    site.python(
        "from home.models import EasyReadPage, GetHelpPage, HomePage\n"
        "from tests.pseudo import publish_translation\n"
        "home, page = HomePage.objects.get(), GetHelpPage.objects.get()\n"
        "lines = [('heading', 'In danger'), ('line', {'picture': 'phone', 'text': 'Call [[police-999]].'})]\n"
        "easy = home.add_child(instance=EasyReadPage(title='Easy', slug='easy', body=lines))\n"
        "page.easy_read = easy\n"
        "page.save_revision().publish()\n"
        "publish_translation('en-xa'), publish_translation('ar-xb')"
    )
    yield
    site.python(
        "from home.models import EasyReadPage, HomePage\n"
        "from wagtail.models import Locale\n"
        "foreign = Locale.objects.filter(language_code__in=['en-xa', 'ar-xb'])\n"
        "for page in [*HomePage.objects.filter(locale__in=foreign), *EasyReadPage.objects.all()]: page.delete()\n"
        "foreign.delete()"
    )


@pytest.mark.axe
@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, site: RunningSite, size: str, scheme: str
) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for path in (ENGLISH, LEFT, RIGHT, "/easy/"):
        page.goto(site.address + path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{path} scrolls sideways"
        assert violations(page) == [], path
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
@pytest.mark.parametrize("size", SIZES)
def test_from_right_to_left_the_page_is_a_mirror_image(
    browser: Browser, site: RunningSite, size: str, script: bool
) -> None:
    context = browser.new_context(viewport=SIZES[size], java_script_enabled=script)  # type: ignore[arg-type]
    page = context.new_page()
    ways, brands = {}, {}
    for path in (LEFT, RIGHT):
        page.goto(site.address + path)
        way, brand = page.locator(".exit").bounding_box(), page.locator(".brand").bounding_box()
        assert way
        assert brand
        ways[path], brands[path] = way, brand
        assert way["x"] >= 0
        assert way["x"] + way["width"] <= SIZES[size]["width"]
        assert 0 <= way["y"] <= SIZES[size]["height"] - way["height"]
        # Nothing else lies where Exit is pressed.
        page.locator(".exit").click(trial=True)
    middle = SIZES[size]["width"] / 2
    assert brands[LEFT]["x"] < middle < brands[RIGHT]["x"]
    assert ways[RIGHT]["x"] < SIZES[size]["width"] - ways[RIGHT]["x"] - ways[RIGHT]["width"]
    assert ways[LEFT]["x"] > SIZES[size]["width"] - ways[LEFT]["x"] - ways[LEFT]["width"]
    context.close()


def test_exit_works_and_speaks_the_pages_language(page: Page, site: RunningSite) -> None:
    page.goto(site.address + RIGHT)
    turned = page.locator("script[data-again]").get_attribute("data-again")
    assert turned
    assert turned != "Press once more to exit"
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert page.locator("#exit-say").text_content() == turned
    page.keyboard.press("Shift")
    page.wait_for_url("https://www.bbc.co.uk/weather**")


def test_the_groups_of_a_number_keep_their_places(browser: Browser, site: RunningSite) -> None:
    """Without any style sheet, too: among words from right to left the groups would stand the other way round."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(site.address + RIGHT)
    places = page.evaluate(
        """() => {
          const number = [...document.querySelectorAll('.tel b')].find((b) => /^0800 /.test(b.textContent)).firstChild;
          return [0, number.length - 1].map((at) => {
            const range = document.createRange();
            range.setStart(number, at);
            range.setEnd(number, at + 1);
            return range.getBoundingClientRect().x;
          });
        }"""
    )
    assert places[0] < places[1]
    context.close()


def test_the_switch_leads_from_any_page_there_and_back_without_script(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}/privacy/")
    page.locator("#languages a[hreflang='ar-XB']").click()
    expect(page).to_have_url(site.address + RIGHT)
    page.locator("#languages a[hreflang='en-GB']").click()
    expect(page).to_have_url(site.address + ENGLISH)
    page.get_by_role("link", name="Easy Read version").click()
    expect(page).to_have_url(f"{site.address}/easy/")
    page.get_by_role("link", name="Standard version").click()
    expect(page).to_have_url(site.address + ENGLISH)
    context.close()


def test_a_story_from_right_to_left_is_shown_so(teller: Page, site: RunningSite) -> None:
    teller.goto(f"{site.address}/tell-us/questions/")
    assert set(teller.locator("form .in").evaluate_all("(boxes) => boxes.map((box) => box.dir)")) == {"auto"}
    write(teller, site, STORY)
    answer = teller.locator("dd.keep", has_text="أختي")
    assert answer.get_attribute("dir") == "auto"
    assert answer.evaluate("(e) => getComputedStyle(e).direction") == "rtl"
