"""Where a person tells us: questions, form, check page, sent."""

from django.apps import AppConfig


class ConcernConfig(AppConfig):
    name = "reporting.concern"
    label = "concern"

    def ready(self) -> None:
        from reporting.concern import preview, texts
        from resources.form_texts import declare

        declare(texts.shipped, preview.page_of)
