"""The pages of the running demonstration, for tests that walk them."""

import re
import urllib.request
from urllib.parse import urlsplit

from tests.browser.conftest import RunningSite

#: Each template at least once, with the longest texts and every kind of block.
PAGES = [
    "/",
    "/young-people/",
    "/young-people/is-this-ok/",
    "/young-people/what-it-is/",
    "/parents-and-carers/",
    "/parents-and-carers/signs-to-look-for/",
    "/professionals/",
    "/professionals/what-to-do-now/",
    "/professionals/definition/",
    "/councillors/",
    "/councillors/your-part/",
    "/councillors/local-picture-2015/",
    "/councillors/pack/",
    "/councillors/pack/salisbury/",
    "/leaflets/",
    "/leaflets/make/",
    "/leaflets/make/?size=a4&for=professionals&board=salisbury",
    "/leaflets/make/?size=card&for=young&words=neutral",
    "/leaflets/dates/",
    "/leaflets/link-to-us/",
    "/find-help/",
    "/find-help/?for=young&by=text&open=now",
    "/who-to-contact/",
    "/help-in-other-languages/",
    "/using-this-site-safely/",
    "/your-privacy/",
    "/privacy/",
    "/cookies/",
    "/how-we-protect-what-you-tell-us/",
    "/accessibility/",
    "/contact-about-this-site/",
    "/terms/",
    "/search/",
    "/tell-us/",
    "/tell-us/before-you-start/",
    "/tell-us/questions/",
    "/tell-us/reply/",
    "/there-is-no-such-page/",
]


def published(site: RunningSite) -> list[str]:
    """The paths of all published pages, from the sitemap."""
    with urllib.request.urlopen(f"{site.address}/sitemap.xml", timeout=10) as answer:  # noqa: S310 (our own site)
        return [urlsplit(found).path for found in re.findall(r"<loc>(.*?)</loc>", answer.read().decode())]
