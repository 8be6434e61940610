"""Makes the index of the search anew from the published pages. Needed once after an update; else it keeps itself."""

from typing import Any

from django.core.management.base import BaseCommand

from home.search.index import rebuild


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Search: {rebuild()} pages.")
