"""The guide for officers shows the pictures that there are, and calls buttons as the desk calls them."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs/officers.md"
PICTURES = ROOT / "docs/officers"
#: Where labels stand, as text: pages, scripts, and the lists that pages are filled from.
SOURCES = ["templates/desk/*.html", "templates/account/*.html", "templates/mfa/**/*.html"]
SOURCES += ["static/js/desk/*.mjs", "reporting/desk/views.py"]
#: Words in bold that are no label: emphasis, and headings of paragraphs, which end with a full stop or a colon.
EMPHASIS = {"you", "stop"}


def text() -> str:
    return GUIDE.read_text()


def pictures_of(guide: str) -> list[tuple[str, str]]:
    """Alternative text and address of each picture."""
    return re.findall(r"!\[([^]]*)]\(([^)]+)\)", guide)


def labels_of(guide: str) -> set[str]:
    """What the guide says is a button or a link."""
    bold = {" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", guide, re.DOTALL)}
    return {words for words in bold if words not in EMPHASIS and not words.endswith((".", ":"))}


@cache
def desk() -> str:
    """The desk's own words. What a script puts into them is NAME."""
    files = [file for pattern in SOURCES for file in sorted(ROOT.glob(pattern))]
    return re.sub(r"\$\{[^}]*\}", "NAME", "\n".join(file.read_text() for file in files))


def is_label(words: str) -> bool:
    """Whether these words, whole, stand between tags or quotes."""
    return bool(re.search(rf"[>}}'\"`]\s*{re.escape(words)}\s*(?:NAME|\{{%|<|['\"`])", desk()))


def test_every_picture_is_there_and_says_what_it_shows() -> None:
    for alternative, address in pictures_of(text()):
        assert (GUIDE.parent / address).is_file(), address
        assert len(alternative) > 30, address


def test_every_picture_is_used_once() -> None:
    used = [Path(address).name for _, address in pictures_of(text())]
    assert sorted(used) == sorted(file.name for file in PICTURES.glob("*.png"))


def test_no_picture_is_large() -> None:
    for file in PICTURES.glob("*.png"):
        assert file.stat().st_size <= 120 * 1024, file.name


def test_every_label_is_one_of_the_desk() -> None:
    labels = labels_of(text())
    assert len(labels) > 50
    assert [label for label in sorted(labels) if not is_label(label)] == []


def test_a_wrong_label_is_found() -> None:
    wrong = "Press **Lock now**, **Lock it now**, **Let NAME in**, **Let in**. **A heading.** **Unlo\nck**"
    assert sorted(label for label in labels_of(wrong) if not is_label(label)) == ["Let in", "Lock it now", "Unlo ck"]


def test_every_link_leads_to_a_file() -> None:
    for address in re.findall(r"(?<!!)\[[^]]+]\(([^)]+)\)", re.sub(r"!\[[^]]*]\([^)]+\)", "", text())):
        assert (GUIDE.parent / address).is_file(), address
