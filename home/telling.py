"""Words that would tell someone across the room what a page is about: in a tab, an address, or a banner."""

import re

TELLING_WORDS = ("sex", "abuse", "exploit", "report", "groom", "rape")
_BEGINS = re.compile(rf"(?<![a-z])(?:{'|'.join(TELLING_WORDS)})", re.IGNORECASE)


def tells(words: str) -> bool:
    """Whether a word in this text begins like one of the telling words; Sussex and therapeutic do not."""
    return bool(_BEGINS.search(words))
