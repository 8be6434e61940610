"""Every block shows editors what it is before they choose it: in words, and as readers will see it."""

import html
import re
from typing import Any

import pytest

from home.blocks import BodyBlock
from home.blocks.words import FEATURES

pytestmark = pytest.mark.django_db
BLOCKS = BodyBlock().child_blocks


def preview(editor: Any, name: str) -> Any:
    from home.models import GuidancePage

    block = GuidancePage._meta.get_field("body").stream_block.child_blocks[name]
    return editor.get(f"/cms/block-preview/?id={block.definition_prefix}")


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_is_described_and_looks_like_the_site(editor: Any, name: str) -> None:
    block = BLOCKS[name]
    assert block.get_description()
    assert block.meta.group
    assert block.is_previewable
    answer = preview(editor, name)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "css/phoenix.css" in page
    main = re.sub(r"<.*?>", " ", page[page.index("<main") :])
    assert len(main.split()) >= 3, "a preview with nothing in it"
    assert "[[" not in main
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|https?://(?!testserver|schema.org)", page)


@pytest.mark.parametrize("name", sorted(set(BLOCKS) - {"picture", "document_link"}))  # the library may be empty
def test_what_a_preview_shows_could_be_published(name: str) -> None:
    block = BLOCKS[name]
    block.clean(block.get_preview_value())


def blocks_under(block: Any) -> list[Any]:
    """A block and all that it is made of."""
    inner = list(getattr(block, "child_blocks", {}).values())
    inner += [block.child_block] if hasattr(block, "child_block") else []
    return [block, *(under for one in inner for under in blocks_under(one))]


def test_nothing_in_any_block_sets_colour_alignment_size_or_raw_html() -> None:
    everything = blocks_under(BodyBlock())
    assert len(everything) > 60
    kinds = {cls.__name__ for block in everything for cls in type(block).__mro__}
    assert not kinds & {"RawHTMLBlock", "EmbedBlock", "StaticBlock", "TableBlock", "TypedTableBlock"}
    names = {block.name for block in everything if block.name}
    assert not [n for n in names if re.search("colou?r|align|width|size|style_|css|class|html|font|background", n)]
    choices = {str(v) for b in everything if hasattr(b, "field") for v, _ in getattr(b.field, "choices", [])}
    assert not choices & {"left", "right", "center", "centre", "full", "red", "blue", "green", "small", "large"}


def test_running_text_offers_headings_bold_lists_and_links_alone() -> None:
    rich = [block for block in blocks_under(BodyBlock()) if hasattr(block, "features")]
    assert len(rich) >= 3
    assert {tuple(block.features) for block in rich} == {tuple(FEATURES)}
    assert set(FEATURES) == {"h2", "h3", "bold", "ul", "ol", "link"}


def test_every_rich_text_of_every_model_is_cleaned() -> None:
    from django.apps import apps
    from wagtail.fields import RichTextField, StreamField

    from home.blocks import WordsBlock

    fields = [
        f for label in ("home", "resources") for m in apps.get_app_config(label).get_models() for f in m._meta.fields
    ]
    # A field outside of blocks would go round the cleaning.
    assert not [field for field in fields if isinstance(field, RichTextField)]
    streams = [field.stream_block for field in fields if isinstance(field, StreamField)]
    rich = [block for stream in streams for block in blocks_under(stream) if hasattr(block, "features")]
    assert rich
    assert all(isinstance(block, WordsBlock) for block in rich)
