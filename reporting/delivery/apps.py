"""From the outbox to the team's mailbox."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "reporting.delivery"
    label = "delivery"
