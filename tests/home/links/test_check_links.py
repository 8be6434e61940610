"""The command: what it collects, keeps and says, and that nothing but the command reaches out."""

import os
import subprocess
import sys
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from home.links.collect import addresses
from home.models import GuidancePage, LinkCheck
from resources.models import Contact
from tests.home.conftest import Editor
from tests.home.editing import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def nothing_else(db: None, settings: Any) -> None:
    """No address of others in any public record, so that nothing outside this machine is asked."""
    settings.LINKS_IN_PRIVATE = True
    Contact.objects.update(website="", ways=[])
    Page.objects.filter(depth__gt=2).update(live=False)
    for page in Page.objects.live().specific():
        for field in page._meta.fields:
            if "http" in str(page.serializable_data().get(field.name)):
                type(page).objects.filter(pk=page.pk).update(**{field.name: ""})
    assert addresses() == {}


def run(*options: str) -> str:
    said = StringIO()
    call_command("check_links", "--pause=0", "--timeout=2", *options, stdout=said)
    return said.getvalue()


def give(key: str, website: str) -> Contact:
    Contact.objects.filter(key=key).update(website=website)
    return Contact.objects.get(key=key)


def test_addresses_of_contacts_and_pages_are_collected() -> None:
    found = addresses()
    childline = Contact.objects.get(key="childline")
    assert ("resources.contact", childline.pk, "Childline") in found[childline.website]
    draft = Contact.objects.get(key="rape-crisis").website
    assert not draft or ("resources.contact", Contact.objects.get(key="rape-crisis").pk) not in {
        use[:2] for use in found.get(draft, [])
    }
    page = GuidancePage.objects.get(slug="is-this-ok")
    blocks = [
        ("text", {"heading": "Words", "text": '<p><a href="https://one.example/a?b=1&amp;c=2#part">one</a></p>'}),
        ("text", {"heading": "Words", "text": "<p>Look at (https://two.example/path).</p>"}),
    ]
    page.body = blocks
    GuidancePage.objects.filter(pk=page.pk).update(body=page.body)
    found = addresses()
    use = ("home.guidancepage", page.pk, page.title)
    assert use in found["https://one.example/a?b=1&c=2"]
    assert use in found["https://two.example/path"]


def test_all_well_ends_well(site: Any, nothing_else: None) -> None:
    give("childline", site.address("/fine"))
    give("mash", site.address("/moved"))
    said = run()
    assert "2 addresses asked. answers: 1; has moved for good: 1." in said
    assert f"now at {site.address('/fine')}" in said
    assert {agent.partition(" (+http")[0] for agent in site.agents} == {"Phoenix link check"}
    assert LinkCheck.objects.get(address=site.address("/moved")).moved_to == site.address("/fine")


def test_what_fails_is_said_kept_and_an_error(site: Any, nothing_else: None, editor: Editor) -> None:
    contact = give("childline", site.address("/gone"))
    said = StringIO()
    with pytest.raises(CommandError, match="1 of 1 addresses did not answer"):
        call_command("check_links", "--pause=0", stdout=said)
    assert f"Is not there any more (404): {site.address('/gone')}\n  in Childline" in said.getvalue()
    check = LinkCheck.objects.get()
    assert (check.outcome, check.status, check.failing_since) == ("broken", 404, timezone.localdate())

    day = timezone.localdate().replace(year=2025)
    LinkCheck.objects.update(failing_since=day)
    with pytest.raises(CommandError):
        run()
    assert LinkCheck.objects.get().failing_since == day  # since the first time
    Contact.objects.update(next_check=timezone.localdate())
    page = text_of(editor.get("/cms/check-these/"))
    assert page.count(site.address("/gone")) >= 2  # at the contact, and in the list of links
    assert f"/cms/snippets/resources/contact/edit/{contact.pk}/" in page[page.index("Links to other sites") :]

    give("childline", site.address("/fine"))
    run()
    assert [check.outcome for check in LinkCheck.objects.all()] == ["fine"]  # what nothing names any more is forgotten
    assert "All of them answered." in text_of(editor.get("/cms/check-these/"))


def test_our_own_network_is_refused_unless_a_setting_says_so(site: Any, nothing_else: None, settings: Any) -> None:
    settings.LINKS_IN_PRIVATE = False
    give("childline", site.address("/fine"))
    with pytest.raises(CommandError):
        run()
    assert LinkCheck.objects.get().outcome == "private"
    assert site.asked == []


def test_a_site_without_links_is_no_mistake(nothing_else: None) -> None:
    assert "0 addresses asked." in run()


WALK = """
import sys, django
from django.test import Client
django.setup()
from django.urls import get_resolver
import home.wagtail_hooks, resources.wagtail_hooks
def walk(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            walk(pattern)
walk(get_resolver())
assert "home.models.link_check" in sys.modules
print("home.links.ask" in sys.modules)
"""


def test_no_address_of_the_site_loads_what_reaches_out(tmp_path: Any) -> None:
    """All addresses of all faces in one process: what asks others is not even there."""
    environment = os.environ | {"PYTHONPATH": "site:.", "DATA_DIR": str(tmp_path), "PHOENIX_FACE": "all"}
    done = subprocess.run([sys.executable, "-c", WALK], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "False", done.stderr[-2000:]
