"""Where a person tells us: questions, form, check page, sent."""

from django.apps import AppConfig


class ConcernConfig(AppConfig):
    name = "reporting.concern"
    label = "concern"
