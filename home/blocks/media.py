"""Pictures and files. No video, no embedding of others: nothing on a page is fetched from anybody else."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import Rendition

from home.blocks.words import LineBlock

WIDTHS = (480, 960)
#: The files of a picture, best first, as the tag in its template asks for them.
RENDITIONS = [f"format-{kind}|width-{width}" for kind in ("avif", "webp", "jpeg") for width in WIDTHS]


class ReadyImageBlock(ImageBlock):
    """A picture with words for those who cannot see it, or a decoration. Its files are made when it is saved."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned:
            # On the CMS face: a reader's request writes nothing.
            cleaned.get_renditions(*RENDITIONS)
        return cleaned

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """All pictures of a page at once, and all their files in one query more."""
        pictures: list[Any] = super().bulk_to_python(values)
        files = Prefetch(
            "renditions", Rendition.objects.filter(filter_spec__in=RENDITIONS), to_attr="prefetched_renditions"
        )
        prefetch_related_objects([picture for picture in pictures if picture], files)
        return pictures


class PictureBlock(blocks.StructBlock):
    """A picture between the words."""

    picture = ReadyImageBlock()
    caption = LineBlock(required=False, help_text="Say here what everybody should know, seeing or not")

    class Meta:
        icon = "image"
        template = "blocks/picture.html"
        preview_template = "blocks/preview/picture.html"
        description = "A picture, with words for those who cannot see it"


class DocumentLinkBlock(blocks.StructBlock):
    """A file to download: what it is, its kind and its size, so that nobody pays for it unawares."""

    document = DocumentChooserBlock()
    text = LineBlock(required=False, max_length=120, help_text="What it is for; its title is shown anyway")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["document"]:
            # Looked up and kept now, so that a reader's request writes nothing.
            cleaned["document"].get_file_size()
        return cleaned

    def get_preview_value(self) -> Any:
        poster = get_document_model()(pk=0, title="Poster for a notice board", file="poster.pdf", file_size=184_000)
        return self.normalize({"document": poster, "text": "One page, A4."})

    class Meta:
        icon = "doc-full"
        template = "blocks/document_link.html"
        description = "A file to download, with its kind and size"
