"""What Wagtail's saving by itself is missing: nothing that was typed while it saved may be taken for saved."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail.hooks import register


@register("insert_editor_js")
def keep_what_was_typed_while_saving() -> str:
    """The script that does it; what it stands on is in docs/decisions/writing-checks.md."""
    return format_html('<script src="{}"></script>', static("js/cms/typed-while-saving.js"))
