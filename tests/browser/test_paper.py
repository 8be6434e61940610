"""A page on paper: black on white, everything open, numbers and addresses in full, nothing to press."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import RunningSite

pytestmark = pytest.mark.browser
GUIDANCE = "/parents-and-carers/signs-to-look-for/"
LOCAL_PICTURE = "/councillors/local-picture-2015/"


@pytest.fixture
def paper(teller: Page, site: RunningSite) -> Page:
    """A browser in the dark scheme, with script and without, that lays pages out for paper."""
    teller.emulate_media(media="print", color_scheme="dark")
    return teller


def seen(page: Page, selector: str) -> int:
    """How many of these take up room."""
    return page.locator(selector).locator("visible=true").count()


def before_and_after(page: Page, selector: str, which: str) -> str:
    return str(page.locator(selector).first.evaluate(f"e => getComputedStyle(e, '::{which}').content"))


def test_nothing_to_press_and_everything_to_read(paper: Page, site: RunningSite) -> None:
    paper.goto(site.address + GUIDANCE)
    for gone in ("header .exit", "nav", ".menu", ".skip", ".before a", "[data-print]", ".tel .ic"):
        assert seen(paper, gone) == 0, gone
    assert seen(paper, ".before p") == 1
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert paper.locator("body").evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert before_and_after(paper, 'a.tel[href^="tel:"] b', "before") == '"call "'
    assert before_and_after(paper, 'main a[href^="/parents-and-carers/"]', "after").startswith('" (')
    assert seen(paper, ".leaf li") >= 4


def test_questions_lie_open(paper: Page, site: RunningSite) -> None:
    paper.goto(f"{site.address}/young-people/")
    answers = paper.locator("details [itemprop=text]")
    assert answers.count() >= 5
    assert all(answer.bounding_box()["height"] > 20 for answer in answers.all())  # type: ignore[index]


def test_the_local_picture_keeps_its_figures_bars_and_table(paper: Page, site: RunningSite) -> None:
    paper.goto(site.address + LOCAL_PICTURE)
    for kept in (".big", ".bars svg", "table tr", "caption"):
        assert seen(paper, kept) > 0, kept
    bars = paper.locator(".bar1").first
    assert bars.evaluate("e => getComputedStyle(e).fill") == "rgb(0, 0, 0)"


def test_printing_is_offered_where_script_can_do_it(browser: Browser, site: RunningSite) -> None:
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        context.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
        page = context.new_page()
        page.goto(site.address + GUIDANCE)
        button = page.get_by_role("button", name="Print this page")
        assert button.is_visible() is script
        if script:
            button.click()
            assert page.evaluate("window.printed") == 1
        context.close()


def test_the_script_opens_questions_for_paper_and_closes_them_again(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.address}/parents-and-carers/")
    questions = page.locator("details")
    first = questions.first
    first.locator("summary").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details[open]").count() == questions.count() > 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 1
