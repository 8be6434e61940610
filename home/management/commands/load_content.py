"""Loads the shipped content, as often as you like: it never overwrites an editor's work.

Contacts, area boards, authorities, places, signs, pages, the words of posters, leaflets, the words of the search, and
the texts of the form.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from home.loading.contacts import load_contacts
from home.loading.form_texts import load_form_texts
from home.loading.materials import load_leaflets, load_posters
from home.loading.pages import load_pages
from home.loading.places import load_area_boards, load_authorities, load_places
from home.loading.search import load_search
from home.loading.signs import load_signs
from home.search.index import catch_up
from resources.form_texts import declared
from resources.signals import refreshed_once

CONTACTS = Path("resources/content/contacts.yaml")
AREA_BOARDS = Path("resources/content/area_boards.yaml")
AUTHORITIES = Path("resources/content/authorities.yaml")
PLACES = Path("resources/content/places.yaml")
SIGNS = Path("home/content/signs.yaml")
PAGES = Path("home/content/pages")
POSTERS = Path("home/content/posters.yaml")
LEAFLETS = Path("home/content/leaflets.yaml")
SEARCH = Path("home/content/search.yaml")


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    @refreshed_once()
    def handle(self, *args: Any, **options: Any) -> None:
        base = settings.BASE_DIR
        files = sorted((base / PAGES).glob("*.yaml"))
        for what, outcomes in {
            "Contacts": load_contacts(yaml.safe_load((base / CONTACTS).read_text())),
            "Area boards": load_area_boards(yaml.safe_load((base / AREA_BOARDS).read_text())),
            "Authorities": load_authorities(yaml.safe_load((base / AUTHORITIES).read_text())),
            "Places": load_places(yaml.safe_load((base / PLACES).read_text())),
            "Signs": load_signs(yaml.safe_load((base / SIGNS).read_text())),
            "Pages": load_pages([yaml.safe_load(file.read_text()) for file in files]),
            "Posters": load_posters(yaml.safe_load((base / POSTERS).read_text())),
            "Leaflets": load_leaflets(yaml.safe_load((base / LEAFLETS).read_text())),
            "Search": load_search(yaml.safe_load((base / SEARCH).read_text())),
            "Texts of the form": load_form_texts(declared()),
        }.items():
            counted = ", ".join(f"{count} {outcome}" for outcome, count in Counter(outcomes).items())
            self.stdout.write(f"{what}: {counted}.")
        # Pages that were published before there was a search.
        catch_up()
