"""Looking at a page at 400% zoom and with text of twice the size (WCAG 2.2, 1.4.10, 1.4.4).

At 400% a desktop screen of 1280 by 1024 is 320 by 256 pixels. Text alone grows on a phone, where it is hardest.
"""

import re

from playwright.sync_api import Page

from tests.browser.conftest import ROOT
from tests.browser.looking import open_all

ZOOMED = {"width": 320, "height": 256}
PHONE = {"width": 375, "height": 812}
#: What goes out at the side, is cut off, or lies under Exit while it has the focus; and whether Exit itself is there.
FAULTS = """() => {
  const faults = [];
  const shown = (selector) => [...document.querySelectorAll(selector)]
    .filter((one) => one.checkVisibility() && !one.closest('.vh, .trap'));
  const inside = ({ left, right }) => left >= -1 && right <= innerWidth + 1;
  const called = (one) => `${one.tagName} ${one.id} “${one.textContent.trim().slice(0, 40)}”`;
  if (document.scrollingElement.scrollWidth > innerWidth) faults.push('It scrolls sideways.');
  const exit = document.querySelector('.exit');
  const { top, bottom } = exit.getBoundingClientRect();
  if (!inside(exit.getBoundingClientRect()) || top < 0 || bottom > innerHeight) faults.push('Exit is out of reach.');
  for (const one of shown('main :not(svg *)')) {
    const box = one.getBoundingClientRect();
    const isCut = one.matches('.code li') && one.scrollWidth > one.clientWidth + 1;
    if (box.width && box.height && (!inside(box) || isCut)) faults.push(`Cut off: ${called(one)}`);
  }
  for (const one of shown('main a, main button, main input, main textarea, main summary')) {
    one.focus();
    const seen = (one.matches('.opt input') ? one.labels[0] : one).getClientRects()[0];
    const from = Math.max(seen.top, 0);
    const middle = [(seen.left + seen.right) / 2, (from + Math.min(seen.bottom, innerHeight)) / 2];
    const top = document.elementFromPoint(...middle);
    if (!top || exit.contains(top)) faults.push(`Not seen while it has the focus: ${called(one)}`);
  }
  return faults;
}"""


#: Six of the widest code words: those that people are given differ each time.
WIDEST = sorted(
    (ROOT / "reporting/sealing/words/code-words.txt").read_text().split(),
    key=lambda w: (len(w), len(re.findall("[mw]", w))),
)[-6:]
SHOW_WIDEST = """(words) => document.querySelectorAll('#code-words li')
  .forEach((word, place) => { word.textContent = words[place]; })"""


def zoomed_faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands, zoomed and with large text."""
    open_all(page)
    page.evaluate(SHOW_WIDEST, WIDEST)
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    found = [f"400%: {fault}" for fault in page.evaluate(FAULTS)]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found += [f"text at 200%: {fault}" for fault in page.evaluate(FAULTS)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found
