"""Looking at a page as axe does, an accessibility checker, in the sizes and colours that people have."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SIZES = {"phone": {"width": 375, "height": 812}, "desktop": {"width": 1280, "height": 900}}
SCHEMES = ["light", "dark"]
#: Each size and each scheme once: what is wrong in one scheme alone is a colour, in one size alone the layout.
LOOKS = [("phone", "light"), ("desktop", "dark")]
AXE = Axe().axe_script
#: Only what is wrong comes back: all that is right is ten times as much, and costs as much as looking.
LOOK = """() => axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ target }) => target)}`))"""


def violations(page: Page) -> list[str]:
    """What axe found, as lines a person can read: rule, what is wrong, where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return [str(violation) for violation in page.evaluate(LOOK)]


def open_all(page: Page) -> None:
    """Unfold whatever is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def faults(page: Page) -> list[str]:
    """What axe finds on a page with everything unfolded, and whether it scrolls sideways."""
    open_all(page)
    fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return violations(page) + ([] if fits else ["it scrolls sideways"])
