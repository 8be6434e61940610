"""Our own static files are collected small, under names made of what they then are."""

import shutil
import subprocess
from pathlib import Path

import pytest
import rjsmin
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from config.minify import SmallStaticFiles

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "css/own.css": "/* Why it is so. */\n.card {\n  color: red;\n}\n",
    "js/own.js": "/* Why. */\n(function () {\n  'use strict';\n  // Here.\n  var pattern = /[/*]+/, a = 1;\n})();\n",
    "js/module.mjs": "// A module.\nimport { b } from './other.mjs';\n\nexport const a = `  ${b} // stays`;\n",
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


def test_modules_too_and_text_in_them_stays(collected: Path) -> None:
    assert (collected / "js/module.mjs").read_text() == "import{b}from'./other.mjs';export const a=`  ${b} // stays`;"


def test_files_of_others_stay_as_they_came(collected: Path) -> None:
    assert (collected / "vendor/theirs.js").read_text() == FILES["vendor/theirs.js"]


@pytest.mark.parametrize("file", sorted((ROOT / "static" / "js").rglob("*js")), ids=lambda file: file.name)
def test_every_script_of_ours_is_still_one_when_it_is_small(file: Path, tmp_path: Path) -> None:
    small = tmp_path / file.name
    small.write_text(rjsmin.jsmin(file.read_text()))
    node = shutil.which("node") or str(ROOT / ".venv/bin/node")
    done = subprocess.run([node, "--check", str(small)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_pages_name_is_the_small_file(collected: Path) -> None:
    [hashed] = (collected / "js").glob("own.*.js")
    assert hashed.read_text() == (collected / "js/own.js").read_text()
