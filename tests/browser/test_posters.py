"""Posters, leaflets and cards on paper: one sheet each, nothing cut off, and a code that a phone can read."""

import io
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.conftest import RunningSite

pytestmark = pytest.mark.browser
#: Paper in points, and copies on it.
SIZES = {"a4": (595, 842, 1), "a5": (420, 595, 1), "card": (595, 842, 10)}
AUDIENCES = ["", "young", "parents", "professionals", "councillors"]
#: The longest name of a board.
BOARD = "royal-wootton-bassett-and-cricklade"


def open_sheet(page: Page, site: RunningSite, size: str, audience: str = "", style: str = "plain") -> None:
    page.goto(f"{site.address}/leaflets/make/?size={size}&for={audience}&words={style}&board={BOARD}")


@pytest.mark.parametrize("style", ["plain", "neutral"])
@pytest.mark.parametrize("size", SIZES)
def test_a_sheet_is_one_piece_of_paper_with_everything_on_it(
    page: Page, site: RunningSite, size: str, style: str
) -> None:
    width, height, copies = SIZES[size]
    for audience in AUDIENCES:
        open_sheet(page, site, size, audience, style)
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        assert len(printed.pages) == 1, audience
        [sheet] = printed.pages
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (width, height)
        text = " ".join(sheet.extract_text().split())
        assert text.count("Call ") >= copies
        assert text.count("Numbers checked on") == copies
        # Nothing of the page around it.
        for word in ("Choose again", "Exit", "Search", "Privacy"):
            assert word not in text, word


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off_or_lies_over_something_else(page: Page, site: RunningSite, size: str) -> None:
    page.emulate_media(media="print")
    # The room that the paper leaves between its margins.
    page.set_viewport_size({"width": 680 if size != "a5" else 484, "height": 1010})
    for audience in AUDIENCES:
        for style in ("plain", "neutral"):
            open_sheet(page, site, size, audience, style)
            sheet = page.locator(".sheet").first
            room = sheet.evaluate("e => [e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth]")
            assert max(room) <= 0, (audience, style, room)
            boxes = [part.bounding_box() for part in sheet.locator("h2, .says, .nums, .way, .base").all()]
            for one in boxes:
                for other in boxes:
                    assert one is other or apart(one, other), (audience, style, one, other)


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes share nothing but an edge."""
    return any(
        first[start] + first[size] <= second[start] + 1
        for start, size in (("x", "width"), ("y", "height"))
        for first, second in ((one, other), (other, one))
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_a_phone_reads_the_code(browser: Browser, site: RunningSite, size: str, scheme: str, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme=scheme)
    page = context.new_page()
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        open_sheet(page, site, size)
        picture = Image.open(io.BytesIO(page.locator(".sheet").first.screenshot()))
        [code] = zxingcpp.read_barcodes(picture)
        assert code.text == f"{site.address}/"
        assert code.ec_level in ("M", "Q", "H")
    context.close()


def test_the_pack_has_its_poster_on_a_sheet_of_its_own(page: Page, site: RunningSite) -> None:
    page.goto(f"{site.address}/councillors/pack/{BOARD}/")
    printed = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    assert len(printed) <= 4
    with_poster = [text for text in printed if "Scan the code" in text]
    assert with_poster == printed[-1:]
    assert "Whom to call" not in printed[-1]
    assert "none of them is about your area" in " ".join(printed[0].split())
