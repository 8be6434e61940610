"""`manage.py check --deploy --database default` names what people still have to confirm on the pages."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Notice
from django.db import DatabaseError
from wagtail.models import Page


@register(Tags.database, deploy=True)
def nothing_is_left_to_confirm(**kwargs: Any) -> list[CheckMessage]:
    """A page that goes live with a default that nobody confirmed, or without a way to reach the site team."""
    if not kwargs.get("databases"):
        return []
    try:
        return [
            Notice(
                f"The page “{page.title}” is not finished: {left}.",
                hint="The README lists who confirms what before launch. Edit the page, or publish the contact.",
                id="phoenix.W020",
            )
            for page in Page.objects.live().specific()
            for left in left_on(page)
        ]
    except DatabaseError as error:
        return [Notice(f"The pages could not be read: {type(error).__name__}.", id="phoenix.W021")]


def left_on(page: Page) -> Iterator[str]:
    """What is still open on one page, in words."""
    for block in getattr(page, "body", []):
        if block.block_type == "to_confirm":
            yield f"somebody has to confirm “{block.value['heading']}”"
        elif block.block_type == "plain_contact" and not (block.value["contact"] and block.value["contact"].live):
            yield f"nobody is named under “{block.value['heading']}”"


@register(Tags.database, deploy=True)
def no_page_promises_replies_that_are_off(**kwargs: Any) -> list[CheckMessage]:
    """Where the team does not write back there are no code words, and the texts of editors may not speak of them."""
    if not kwargs.get("databases") or settings.REPLIES != "off":
        return []
    return [
        Notice(
            f"Replies are off, and the page “{page.title}” speaks of code words.",
            hint="Edit the page. The part “Code words and replies” says what is true by itself.",
            id="phoenix.W025",
        )
        for page in Page.objects.live().specific()
        if any("code words" in str(block.get_prep_value()) for block in getattr(page, "body", []))
    ]
