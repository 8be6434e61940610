"""Our findings in Wagtail's own checker: beside the preview, with a mark where they stand, counted with its own.

The server looks at the page as it made it for the preview, and lays what it found into the preview as data. There
`preview-checks.js` marks the places, and Wagtail's axe reports every mark (docs/decisions/writing-checks.md).
"""

from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.hooks import register

from home.language.findings import HARD_SENTENCE, TELLING_TITLE
from home.language.lint import entries

#: The one check of axe that all our rules share: whatever is marked has been found.
CHECK = "phoenix-writing"
MESSAGES = {
    HARD_SENTENCE: {
        "error_name": "Hard to read",
        "help_text": "Long sentences and long words push the reading age up. Make two sentences of it.",
    },
    TELLING_TITLE: {
        "error_name": "The title tells what this is about",
        "help_text": "It stands in the browser tab, where others may see it. Give the tab other words under Promote.",
    },
} | {
    f"words-{entry.key}": {"error_name": f"Better not: “{'”, “'.join(entry.words[:4])}”", "help_text": entry.advice}
    for entry in entries()
}


class WritingChecks(ContentCheckerItem):
    """Wagtail's checks, and ours."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, *MESSAGES]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        *(
            {
                "id": rule,
                "impact": "moderate",
                "selector": f'[data-writing~="{rule}"]',
                "tags": ["best-practice"],
                "any": [CHECK],
                "enabled": True,
            }
            for rule in MESSAGES
        ),
    ]
    axe_custom_checks = [*ContentCheckerItem.axe_custom_checks, {"id": CHECK}]
    axe_messages = ContentCheckerItem.axe_messages | MESSAGES

    @property
    def media(self) -> Media:
        return Media(js=["js/cms/preview-checks.js"])


@register("construct_wagtail_userbar")
def use_our_checks(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Ours in the place of Wagtail's, in the preview and beside it."""
    items[:] = [WritingChecks(item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]


@register("insert_editor_js")
def show_reading_age() -> str:
    """The script that shows the reading age beside the preview."""
    return format_html('<script src="{}"></script>', static("js/cms/writing-checks.js"))
