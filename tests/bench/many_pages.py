"""Fills the site with made-up guidance pages, for the bench of the search:  python tests/bench/many_pages.py 1000

The words are made up too, some common and most rare as in any language (Zipf). "quagga" stands on three of ten pages.
"""

import random
import sys

import django
from servers import ROOT

VOCABULARY = 8_000
WORDS_A_PAGE = 600


def main(pages: int) -> None:
    from home.models import DoorPage, GuidancePage

    chance = random.Random(1)  # noqa: S311 (the same pages every time)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(chance.choices(letters, k=chance.randint(4, 10))) for _ in range(VOCABULARY)]
    commonness = [1 / (place + 10) for place in range(VOCABULARY)]
    door = DoorPage.objects.get(audience="professionals")
    for number in range(pages):
        text = chance.choices(words, commonness, k=WORDS_A_PAGE)
        if number % 10 < 3:
            text[chance.randrange(WORDS_A_PAGE)] = "quagga"
        paragraphs = [" ".join(text[start : start + 60]) for start in range(0, WORDS_A_PAGE, 60)]
        body = [
            {"type": "text", "value": {"heading": " ".join(text[:4]), "anchor": "", "text": f"<p>{paragraph}</p>"}}
            for paragraph in paragraphs
        ]
        page = GuidancePage(title=" ".join(chance.choices(words, k=4)), slug=f"made-up-{number}", body=body)
        door.add_child(instance=page)
        door.refresh_from_db()


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    django.setup()
    main(int(sys.argv[1]))
