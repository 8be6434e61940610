"""The texts of the concern form, in the words of this council."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from home.language.preview import CheckedInPreview
from home.language.promises import refuse_promises
from home.models.base import Audience
from resources import form_texts
from resources.tokens import validate_tokens
from resources.typed_numbers import CheckedWhenLive, ChecksDrafts
from resources.usage import NamingText

#: The form has to stay light for somebody on a slow phone.
LONGEST = 800


class FormTextForm(ChecksDrafts, WagtailAdminModelForm):
    """The editor's form of a text: a draft may be unfinished."""


class FormText(
    CheckedWhenLive, CheckedInPreview, PreviewableMixin, WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model
):
    """One text of the concern form. The form itself says which there are (`resources.form_texts`).

    Where none is live, the words that are shipped stand: the form never lacks one.
    """

    key = models.SlugField(unique=True, editable=False)
    name = models.CharField("where it stands", max_length=120, editable=False)
    sort_order = models.PositiveIntegerField(default=1000, editable=False)
    words = NamingText(
        validators=[MaxLengthValidator(LONGEST), validate_tokens],
        help_text="Plain words, without a time: when the team next reads is worked out from its hours. "
        "For a phone number write its key, like [[childline]].",
    )

    base_form_class = FormTextForm
    #: Whoever tells us may be a child.
    audience_code = Audience.YOUNG.value
    #: Nobody can change what the tabs of the form say.
    tab_words = ""

    class Meta:
        ordering = ["sort_order"]
        verbose_name = "text of the form"
        verbose_name_plural = "texts of the form"

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """What the checks call it."""
        return self.name

    def clean(self) -> None:
        if self.is_checked_as_draft:
            return
        try:
            refuse_promises(self.words)
        except ValidationError as error:
            raise ValidationError({"words": error}) from None

    def with_content_json(self, content: dict[str, Any]) -> "FormText":
        """A draft or an old version: what it says, under the name and in the place that the form gives it today."""
        text: FormText = super().with_content_json(content)
        text.key, text.name, text.sort_order = self.key, self.name, self.sort_order
        return text

    @property
    def shipped(self) -> form_texts.ShippedText | None:
        """What came with the code; None if the form knows this text no more."""
        return next((text for text in form_texts.declared() if text.key == self.key), None)

    def is_previewable(self) -> bool:
        return self.shipped is not None

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return form_texts.preview(self.key, self.words)[0]

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | form_texts.preview(self.key, self.words)[1]
