"""What people read: home, the four doors, guidance, pages about this site."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
