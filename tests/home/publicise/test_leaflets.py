"""Leaflets and documents: one place each, a size in words, and files that a browser saves and does not show."""

import gc
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from pypdf import PdfWriter
from wagtail.documents.models import Document
from wagtail.models import Page

from home.publishing.review import reviewed_models
from resources.models import Leaflet
from tests.home.editing import text_of

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary files of documents to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"),
]
LIST = "/leaflets/"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Files on a disk, as in production; what was left open is closed before the next test, which would be blamed."""
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": disk}
    yield
    gc.collect()


def pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def document(content: bytes, name: str = "leaflet.pdf") -> Document:
    return Document.objects.create(title="A file", file=ContentFile(content, name=name))


def leaflet(**values: Any) -> Leaflet:
    given = {"title": "Taken home", "kind": "leaflet", "about": "For a notice board.", "source": "Our own"}
    made = Leaflet(**given | values)
    made.save()
    return made


def test_the_shipped_ones_stand_on_pages_that_readers_can_open(client: Client) -> None:
    said = client.get(LIST).content.decode()
    for record in Leaflet.objects.all():
        assert record.page is not None, record
        assert f'href="{record.page.url}"' in said
        assert client.get(record.page.url).status_code == 200


@pytest.mark.parametrize(
    ("pages", "words"), [(1, "PDF, 1 page, "), (2, "PDF, 2 pages, ")], ids=["one page", "two pages"]
)
def test_the_size_of_a_file_is_said_in_words(client: Client, pages: int, words: str) -> None:
    leaflet(document=document(pdf(pages)), for_parents=True)
    said = text_of(client.get(LIST))
    assert words in said
    assert Leaflet.objects.get(title="Taken home").size_words.endswith(("bytes", "KB"))


@pytest.mark.parametrize("content", [b"", b"no PDF at all", b"%PDF-1.7\n" + b"\xff" * 500, pdf(2)[:200]])
def test_a_file_that_cannot_be_read_has_no_number_of_pages(content: bytes) -> None:
    made = leaflet(document=document(content or b" "))
    assert made.sheets is None
    assert made.size_words.startswith("PDF")
    assert "page" not in made.size_words


def test_a_file_is_saved_and_not_shown(client: Client) -> None:
    answer = client.get(leaflet(document=document(pdf(1))).document.url)
    b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


@pytest.mark.parametrize("name", ["page.html", "picture.svg", "script.js", "macro.docm", "leaflet.xlsx"])
def test_other_kinds_of_files_are_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="pdf, odt, docx"):
        leaflet(document=document(b"x", name))


def test_it_stands_in_exactly_one_place() -> None:
    page = Page.objects.get(slug="is-this-ok")
    for places in ({}, {"page": page, "link": "https://www.example.org/"}):
        with pytest.raises(ValidationError, match="Say where it stands"):
            leaflet(**places)
    leaflet(page=page)


def test_it_leaves_the_list_with_its_page(client: Client) -> None:
    made = leaflet(page=Page.objects.get(slug="is-this-ok"))
    assert made.title in text_of(client.get(LIST))
    made.page.specific.unpublish()
    assert made.title not in text_of(client.get(LIST))


def test_a_page_elsewhere_is_told_nothing_of_where_a_reader_came_from(client: Client) -> None:
    leaflet(link="https://www.example.org/leaflet")
    said = client.get(LIST).content.decode()
    assert '<a href="https://www.example.org/leaflet" rel="noreferrer">' in said
    assert "Web page on another site" in said


def test_the_list_is_chosen_from_by_words_in_the_address(client: Client) -> None:
    young = text_of(client.get(LIST, {"for": "young"}))
    assert "Is this OK?" in young
    assert "Words that do not blame" not in young
    guidance = text_of(client.get(LIST, {"kind": "guidance"}))
    assert "Words that do not blame" in guidance
    assert "2 things to print or read" in guidance
    nothing = text_of(client.get(LIST, {"kind": "form"}))
    assert "We have nothing of that kind yet" in nothing


def test_a_language_has_its_own_name(client: Client) -> None:
    leaflet(link="https://www.example.org/", language="pl")
    assert '<span lang="pl">polski</span>' in client.get(LIST).content.decode()


def test_somebody_is_reminded_to_read_it_again() -> None:
    assert Leaflet in reviewed_models()
