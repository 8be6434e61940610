"""The get-help page: the few things somebody must know who does not read English, one page a language."""

import re
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from home.blocks.get_help import HelpBlock
from home.models.base import PhoenixPage, PhoenixPageForm

#: Translators that are no people.
MACHINE = re.compile(r"^\s*(ai|a\.i\.|bing)\s*$|\b(google|deepl|chat ?gpt|copilot|machine)\b", re.IGNORECASE)
#: The buttons that lead to the public, at once or by way of a moderator.
GOING_PUBLIC = ("action-publish", "action-submit", "action-restart-workflow", "action-workflow-action")
#: Words on the page that are not in its body, with what they are in English.
WORDS_AROUND = {
    "skip_words": "Skip to main content",
    "exit_words": "Exit this page",
    "exit_again_words": "Press once more to exit",
    "say_words": "Say in English:",
    "languages_words": "Other languages",
    "translated_words": "Translated by",
    "checked_words": "Checked by",
}


class GetHelpForm(PhoenixPageForm):
    """Says beside the field why a translation cannot be public yet."""

    def _post_clean(self) -> None:
        """Django’s place for checks of the record: only now does the page have what was typed."""
        super()._post_clean()
        is_going = any(name in self.data for name in GOING_PUBLIC)
        if is_going and self.data.get("workflow-action-name") != "reject":
            for field, reason in (self.instance.why_not_public() | self.instance.still_in_english()).items():
                self.add_error(field, reason)


def words_around(name: str) -> models.CharField:
    """A field for words that stand on the page beside its body; they begin in English."""
    return models.CharField(max_length=60, default=WORDS_AROUND[name], help_text=f"In English: {WORDS_AROUND[name]}")


class GetHelpPage(PhoenixPage):
    """How to get help, in one language. The page in English is what translators work from."""

    body = StreamField(HelpBlock(), blank=True)
    translator = models.CharField(max_length=120, blank=True, help_text="The person who translated this page; shown")
    translated_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(
        "second reader", max_length=120, blank=True, help_text="Another person who reads the language; shown"
    )
    skip_words = words_around("skip_words")
    exit_words = words_around("exit_words")
    exit_again_words = words_around("exit_again_words")
    say_words = words_around("say_words")
    languages_words = words_around("languages_words")
    translated_words = words_around("translated_words")
    checked_words = words_around("checked_words")

    base_form_class = GetHelpForm
    template = "home/get_help_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1  # type: ignore[assignment]  # the base class says None
    content_panels = [
        MultiFieldPanel(
            [FieldPanel("translator"), FieldPanel("translated_on"), FieldPanel("checked_by")],
            "Translation",
            help_text="A wrong word here can harm a child. People translate this page, never a machine.",
        ),
        *PhoenixPage.content_panels,
        MultiFieldPanel([FieldPanel(name) for name in WORDS_AROUND], "Words around the page"),
    ]

    class Meta:
        verbose_name = "get-help page"

    def why_not_public(self) -> dict[str, str]:
        if self.locale.is_default:
            return {}
        reasons = {}
        if not self.translator.strip():
            reasons["translator"] = "Name the person who translated this page. Until then it stays a draft."
        elif MACHINE.search(self.translator):
            reasons["translator"] = "A wrong word here can harm a child. Have a person translate it, and name them."
        if not self.translated_on:
            reasons["translated_on"] = "Say when it was translated: the page in English may have changed since."
        if self.checked_by and self.checked_by.strip().casefold() == self.translator.strip().casefold():
            reasons["checked_by"] = "The second reader is somebody else than the translator."
        return reasons

    def still_in_english(self) -> dict[str, str]:
        """What a translator has left out or left as it was, by field; nothing where there is no page in English."""
        english = GetHelpPage.objects.filter(
            translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
        ).first()
        if self.locale.is_default or english is None:
            return {}
        reasons = {
            name: "These words are still in English."
            for name in ("title", "lede", *WORDS_AROUND)
            if getattr(self, name) and getattr(self, name) == getattr(english, name)
        }
        ours, theirs = [part.value for part in self.body], [part.value for part in english.body]
        if [part.unchanging for part in ours] != [part.unchanging for part in theirs]:
            reasons["body"] = "The parts, the services and what to say in English have to be those of the English page."
        elif left := [part["heading"] for part, other in zip(ours, theirs, strict=True) if part.shares_words(other)]:
            reasons["body"] = f"Still in English: {', '.join(left)}."
        return reasons

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.languages import Language, alternates

        context = super().get_context(request, *args, **kwargs)
        links = alternates(self)
        public = {link.language.code: link.href for link in links}
        codes = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        context |= {
            "alternates": links if len(links) > 1 else [],
            # For the page in English: every language we may have, with its page if it is public.
            "all_languages": [(Language(code), public.get(code, "")) for code in codes],
        }
        return context
