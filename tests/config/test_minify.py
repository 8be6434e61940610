"""Our own static files are collected small, under names made of what they then are."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from config.minify import SmallStaticFiles

FILES = {
    "css/own.css": "/* Why it is so. */\n.card {\n  color: red;\n}\n",
    "js/own.js": "/* Why. */\n(function () {\n  'use strict';\n  // Here.\n  var pattern = /[/*]+/, a = 1;\n})();\n",
    "js/later.mjs": "// A module.\nexport const a = 1;\n",
    "vendor/theirs.js": "// Theirs.\nvar a  =  1;\n",
}


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    source = FileSystemStorage(tmp_path / "source")
    target = SmallStaticFiles(location=tmp_path / "target", base_url="/static/")
    for name, text in FILES.items():
        source.save(name, ContentFile(text))
        with source.open(name) as file:
            target.save(name, file)
    list(target.post_process({name: (source, name) for name in FILES}))
    return tmp_path / "target"


def test_ours_lose_comments_and_spaces_and_nothing_else(collected: Path) -> None:
    assert (collected / "css/own.css").read_text() == ".card{color:red}"
    assert (collected / "js/own.js").read_text() == "(function(){'use strict';var pattern=/[/*]+/,a=1;})();"


@pytest.mark.parametrize("name", ["js/later.mjs", "vendor/theirs.js"])
def test_modules_and_files_of_others_stay_as_they_came(collected: Path, name: str) -> None:
    assert (collected / name).read_text() == FILES[name]


def test_what_pages_name_is_the_small_file(collected: Path) -> None:
    [hashed] = (collected / "js").glob("own.*.js")
    assert hashed.read_text() == (collected / "js/own.js").read_text()
