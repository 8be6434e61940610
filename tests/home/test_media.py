"""Pictures and files: words for those who cannot see, sizes before they load, and no work left for a reader's visit."""

import gc
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images.models import Image

from home.blocks import BodyBlock
from home.models import GuidancePage
from tests.home.test_blocks import refusal

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary files of pictures to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"),
]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Files on a disk, as in production; what was left open is closed before the next test, which would be blamed."""
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": disk}
    yield
    gc.collect()


def drawing(width: int = 1600, height: int = 900, noise: bool = False) -> bytes:
    """A PNG; with noise, one that cannot be made small."""
    out = io.BytesIO()
    picture = Drawing.effect_noise((width, height), 90) if noise else Drawing.new("RGB", (width, height), "#4f9c85")
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def picture() -> Image:
    return Image.objects.create(title="Downs", file=ContentFile(drawing(), name="downs.png"), width=1600, height=900)


@pytest.fixture
def document() -> Document:
    return Document.objects.create(title="Poster", file=ContentFile(b"%PDF-1.7\n" + b"x" * 2048, name="poster.pdf"))


def stored(picture: Image, **value: Any) -> dict[str, Any]:
    inner = {"image": picture.pk, "decorative": False, "alt_text": ""} | value
    return {"type": "picture", "value": {"picture": inner, "caption": ""}}


def publish(page: GuidancePage, *blocks: dict[str, Any]) -> None:
    page.body = list(blocks)
    page.body = page.body.stream_block.clean(page.body)
    page.save_revision().publish()


def page() -> GuidancePage:
    return GuidancePage.objects.get(slug="signs-to-look-for")


def test_a_picture_has_words_or_is_decoration(picture: Image) -> None:
    assert "add some alt text" in refusal(BodyBlock(), [stored(picture)])
    assert refusal(BodyBlock(), [stored(picture, alt_text="Two people on a bench")]) == ""
    assert refusal(BodyBlock(), [stored(picture, decorative=True)]) == ""


def test_readers_get_small_files_a_size_and_the_words(client: Client, picture: Image) -> None:
    publish(page(), stored(picture, alt_text="Two people on a bench"))
    shown = client.get(page().get_url()).content.decode()
    [figure] = re.findall(r"<figure.*?</figure>", shown, re.S)
    assert 'type="image/avif"' in figure
    assert 'type="image/webp"' in figure
    [tag] = re.findall(r"<img.*?>", figure)
    assert 'alt="Two people on a bench"' in tag
    assert 'loading="lazy"' in tag
    assert 'width="960"' in tag
    assert 'height="540"' in tag
    assert "style=" not in figure


def test_a_decoration_is_silent(client: Client, picture: Image) -> None:
    publish(page(), stored(picture, decorative=True, alt_text="Never read out"))
    shown = client.get(page().get_url()).content.decode()
    assert 'alt=""' in re.search(r"<figure.*?</figure>", shown, re.S)[0]
    assert "Never read out" not in shown


def queries_of(client: Client, address: str) -> list[str]:
    from django.core.cache import caches
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    for cache in caches.all():
        cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return [query["sql"] for query in asked.captured_queries]


def test_a_visit_writes_nothing_and_ten_pictures_cost_as_much_as_one(client: Client, picture: Image) -> None:
    one = stored(picture, alt_text="Two people on a bench")
    publish(page(), one)
    cost = queries_of(client, page().get_url())
    assert not [query for query in cost if query.split()[0] in ("INSERT", "UPDATE", "DELETE")]
    others = [
        Image.objects.create(
            title=str(n), file=ContentFile(drawing(900 + n, 600), name=f"{n}.png"), width=900, height=600
        )
        for n in range(9)
    ]
    publish(page(), one, *(stored(other, decorative=True) for other in others))
    assert len(queries_of(client, page().get_url())) == len(cost)


def test_a_file_says_what_it_is_and_how_big(client: Client, document: Document) -> None:
    assert refusal(BodyBlock(), [{"type": "document_link", "value": {"document": None, "text": ""}}])
    publish(page(), {"type": "document_link", "value": {"document": document.pk, "text": "For your notice board."}})
    shown = client.get(page().get_url()).content.decode().replace("\xa0", " ")
    assert f'href="{document.url}"' in shown
    assert "Poster (PDF, 2.0 KB)" in shown
    assert "For your notice board." in shown
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert not answer.cookies
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


@pytest.mark.parametrize("noise", [False, True], ids=["small", "over 2.5 MB"])
def test_an_editor_can_upload_a_large_photo(editor: Any, noise: bool) -> None:
    data = drawing(2000, 1600, noise=noise)
    assert noise == (len(data) > 2.5 * 1024 * 1024)
    form = editor.fields_of("/cms/images/multiple/add/", "csrfmiddlewaretoken")
    answer = editor.client.post(
        "/cms/images/multiple/add/",
        {
            "title": "Large",
            "files[]": SimpleUploadedFile("large.png", data, "image/png"),
            "csrfmiddlewaretoken": form["csrfmiddlewaretoken"],
        },
        headers={"x-requested-with": "XMLHttpRequest", "origin": "http://testserver"},
    )
    assert answer.status_code == 200, answer.content
    assert answer.json()["success"], answer.content
    assert Image.objects.filter(width=2000).exists()
