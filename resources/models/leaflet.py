"""One record a leaflet or document: what it is, for whom, and where it stands. A web page comes before a file."""

import logging
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.documents import get_document_model_string
from wagtail.models import DraftStateMixin, Page, RevisionMixin, WorkflowMixin

from resources.models.audiences import ForAudiences
from resources.models.reviewed import Reviewed
from resources.typed_numbers import CheckedWhenLive, ChecksDrafts

#: What people can open and print without buying a program.
FILE_KINDS = ("pdf", "odt", "docx")


def languages() -> list[tuple[str, str]]:
    """The languages that this site knows, for the choices of a field."""
    return list(settings.LANGUAGES)


def own_language() -> str:
    return str(settings.LANGUAGE_CODE)


class LeafletForm(ChecksDrafts, WagtailAdminModelForm):
    """The editor's form of a leaflet: a draft may be unfinished."""


class Leaflet(CheckedWhenLive, WorkflowMixin, DraftStateMixin, RevisionMixin, ForAudiences, Reviewed):
    """Something to print, hang up or hand over. It stands in one place: here, on another site, or in a file."""

    class Kind(models.TextChoices):
        """What it is, as people ask for it."""

        LEAFLET = "leaflet", "Leaflet"
        POSTER = "poster", "Poster"
        BRIEFING = "briefing", "Briefing"
        GUIDANCE = "guidance", "Guidance"
        FORM = "form", "Form"

    title = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    about = models.CharField(max_length=200, help_text="What it is for, in a sentence or two")
    language = models.CharField(max_length=10, choices=languages, default=own_language)
    page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="page of this site",
        help_text="The best choice: it is never out of date, and a phone can read it",
    )
    link = models.URLField("page of another site", blank=True, help_text="The next best choice")
    document = models.ForeignKey(
        get_document_model_string(),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="file",
        help_text=f"The last choice: {', '.join(FILE_KINDS)}. A file grows old, and many cannot be read aloud",
    )
    sheets = models.PositiveSmallIntegerField("pages of the file", null=True, blank=True, editable=False)
    source = models.CharField(max_length=200, help_text="Who wrote it, and where it was seen")
    owner = models.CharField(max_length=80, blank=True, help_text="Who answers for it")
    checked = models.DateField("last checked", null=True, blank=True)
    sort_order = models.PositiveIntegerField(default=1000)

    base_form_class = LeafletForm
    name_field = "title"

    class Meta:
        ordering = ["sort_order", "title"]
        verbose_name = "leaflet or document"
        verbose_name_plural = "leaflets and documents"

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.document and self.document.file_extension.lower() not in FILE_KINDS:
            raise ValidationError({"document": f"Choose a file of one of these kinds: {', '.join(FILE_KINDS)}."})
        if self.is_checked_as_draft:
            return
        if [bool(self.page_id), bool(self.link), bool(self.document_id)].count(True) != 1:
            raise ValidationError("Say where it stands: a page of this site, a page of another site, or a file.")

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Looked up when somebody saves: a reader's request opens no file.
        if self.document:
            self.document.get_file_size()
            self.sheets = sheets_of(self.document)
        super().save(*args, **kwargs)

    def still_right(self, today: date, name: str) -> dict[str, Any]:
        """What to note when somebody has read it, and all of it is right."""
        return {"checked": today, "review": today + relativedelta(months=self.review_months)}

    @property
    def size_words(self) -> str:
        """What opening it means: "PDF, 2 pages, 340 KB", or that it is a web page."""
        if not self.document:
            return "Web page on another site" if self.link else "Web page"
        sheets = f"{self.sheets} page{'' if self.sheets == 1 else 's'}" if self.sheets else ""
        size = filesizeformat(self.document.file_size).replace("\xa0", " ") if self.document.file_size else ""
        return ", ".join(filter(None, [self.document.file_extension.upper(), sheets, size]))


def sheets_of(document: Any) -> int | None:
    """How many pages a PDF has; None for other kinds, and for a file that cannot be read."""
    if document.file_extension.lower() != "pdf":
        return None
    # Editors alone upload; readers' processes never load the library.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # It tells at length what is odd about a file, and quotes it.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with document.open_file() as file:
            return len(PdfReader(file).pages)
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
