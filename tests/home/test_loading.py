"""Loading the shipped content again never undoes an editor's work, and renews what nobody touched."""

import copy
import datetime
import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from home.loading.contacts import load_contacts
from home.loading.ledger import Outcome, digest_of
from home.loading.pages import load_pages
from home.loading.places import load_places
from home.loading.signs import load_signs
from home.models import DoorPage, GuidancePage, HomePage, LoadedContent, Sign
from resources.models import Contact, Place

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
Entries = list[dict[str, Any]]
NEW = "Words that a later version brings."
OURS = "Words that an editor chose."


@pytest.fixture
def pages() -> Entries:
    return [yaml.safe_load(file.read_text()) for file in sorted((ROOT / "home/content/pages").glob("*.yaml"))]


@pytest.fixture
def contacts() -> Entries:
    loaded: Entries = yaml.safe_load((ROOT / "resources/content/contacts.yaml").read_text())
    return loaded


@pytest.fixture
def places() -> Entries:
    loaded: Entries = yaml.safe_load((ROOT / "resources/content/places.yaml").read_text())
    return loaded


@pytest.fixture
def signs() -> Entries:
    loaded: Entries = yaml.safe_load((ROOT / "home/content/signs.yaml").read_text())
    return loaded


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("somebody")


def page_at(address: str) -> Page:
    home = HomePage.objects.get()
    return Page.objects.get(url_path=f"{home.url_path}{address}/").specific


def called(entry: dict[str, Any]) -> str:
    """What an entry is told apart by: a page's address, a contact's or sign's key, a place's name."""
    return str(entry.get("address", entry.get("key", entry.get("name"))))


def family(pages: Entries, address: str) -> int:
    """How many shipped pages stand at this address and below it."""
    return sum(f"{page['address']}/".startswith(f"{address}/") for page in pages)


def renew(entries: Entries, key: str, **changes: Any) -> Entries:
    """The entries as a later version ships them: the one of this key, address or name changed."""
    later = copy.deepcopy(entries)
    [entry] = [entry for entry in later if key == called(entry)]
    entry.update(changes)
    return later


def outcome_of(load: Callable[[Entries], list[Outcome]], entries: Entries, key: str) -> Outcome:
    """What became of one entry; every other one is unchanged."""
    outcomes = load(entries)
    [place] = [n for n, entry in enumerate(entries) if key == called(entry)]
    assert set(outcomes[:place] + outcomes[place + 1 :]) <= {Outcome.SAME}
    return outcomes[place]


# --- A second time ----------------------------------------------------------------------------------------------


def test_a_second_loading_changes_nothing() -> None:
    def seen() -> list[Any]:
        return [
            list(Page.objects.order_by("pk").values()),
            list(Contact.objects.order_by("pk").values()),
            list(Place.objects.order_by("pk").values()),
            list(Sign.objects.order_by("pk").values()),
        ]

    before = seen()
    said = io.StringIO()
    call_command("load_content", stdout=said)
    assert seen() == before
    lines = said.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == ["Contacts", "Places", "Signs", "Pages", "Search"]
    for line in lines:
        assert line.endswith("unchanged.")
        assert "," not in line


def test_every_entry_is_a_record_and_nothing_else_is(
    pages: Entries, contacts: Entries, places: Entries, signs: Entries
) -> None:
    root = HomePage.objects.get()
    addresses = {page.url_path.removeprefix(root.url_path).strip("/") for page in root.get_descendants(inclusive=True)}
    assert addresses == {entry["address"] for entry in pages}
    assert list(Contact.objects.values_list("key", flat=True)) == [entry["key"] for entry in contacts]
    assert list(Sign.objects.values_list("key", flat=True)) == [entry["key"] for entry in signs]
    loaded = {place.name: place.authority.key if place.authority else None for place in Place.objects.all()}
    assert loaded == {entry["name"]: entry.get("authority") for entry in places}
    assert len(set(loaded.values())) > 5, "some are ours, some are over the border"


def test_the_welcome_page_of_wagtail_is_gone() -> None:
    assert [type(page.specific) for page in Page.objects.filter(depth=2)] == [HomePage]
    assert not [page for page in Page.objects.filter(depth__gt=1) if page.specific_class is Page]
    assert Site.objects.get().root_page.specific == HomePage.objects.get()


def test_loading_into_an_empty_site_makes_everything(
    pages: Entries, contacts: Entries, places: Entries, signs: Entries
) -> None:
    LoadedContent.objects.all().delete()
    Place.objects.all().delete()
    Contact.objects.all().delete()
    Sign.objects.all().delete()
    HomePage.objects.get().delete()
    Site.objects.all().delete()
    made = load_contacts(contacts) + load_places(places) + load_signs(signs) + load_pages(pages)
    assert set(made) == {Outcome.MADE}
    assert Place.objects.filter(live=True).count() == len(places)
    assert Page.objects.live().filter(depth__gt=1).count() == len(pages)
    assert Site.objects.get().root_page.specific == HomePage.objects.get()


def test_a_fingerprint_does_not_depend_on_the_layout_of_a_file() -> None:
    assert digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})


# --- What nobody touched is renewed -----------------------------------------------------------------------------


def test_an_untouched_page_is_renewed(client: Client, pages: Entries) -> None:
    before = page_at("privacy")
    assert outcome_of(load_pages, renew(pages, "privacy", lede=NEW), "privacy") is Outcome.RENEWED
    after = page_at("privacy")
    assert after.pk == before.pk
    assert after.live
    assert not after.has_unpublished_changes
    assert NEW in client.get("/privacy/").content.decode()
    assert outcome_of(load_pages, renew(pages, "privacy", lede=NEW), "privacy") is Outcome.SAME


def test_an_untouched_contact_is_renewed(client: Client, contacts: Entries) -> None:
    later = renew(contacts, "samaritans", ways=[{"call": "020 7946 0018"}])
    assert outcome_of(load_contacts, later, "samaritans") is Outcome.RENEWED
    assert "020 7946 0018" in client.get("/young-people/is-this-ok/").content.decode()


def test_a_renewed_contact_keeps_who_stands_in_for_it(contacts: Entries) -> None:
    load_contacts(renew(contacts, "mash", about=NEW))
    mash = Contact.objects.get(key="mash")
    assert mash.about == NEW
    assert mash.when_closed.key == "mash-night"


def test_what_a_later_version_leaves_out_of_a_contact_is_emptied(contacts: Entries) -> None:
    later = renew(contacts, "samaritans")
    del next(entry for entry in later if entry["key"] == "samaritans")["cost"]
    assert Contact.objects.get(key="samaritans").cost
    load_contacts(later)
    assert Contact.objects.get(key="samaritans").cost == ""


def test_a_contact_that_nobody_is_sure_of_any_more_becomes_a_draft(client: Client, contacts: Entries) -> None:
    load_contacts(renew(contacts, "samaritans", number_confidence="M", live=False))
    assert not Contact.objects.get(key="samaritans").live
    assert "116 123" not in client.get("/find-help/").content.decode()


def test_an_untouched_place_is_renewed(places: Entries) -> None:
    later = renew(places, "Bath", authority="somerset", source=NEW, checked=datetime.date(2026, 11, 21))
    assert outcome_of(load_places, later, "Bath") is Outcome.RENEWED
    bath = Place.objects.get(name="Bath")
    assert (bath.authority.key, bath.source, bath.checked.isoformat()) == ("somerset", NEW, "2026-11-21")
    assert bath.live
    later = renew(later, "Bath", authority=None)
    assert outcome_of(load_places, later, "Bath") is Outcome.RENEWED
    assert Place.objects.get(name="Bath").authority is None


def test_an_untouched_sign_is_renewed(client: Client, signs: Entries) -> None:
    assert outcome_of(load_signs, renew(signs, "gifts", young=NEW), "gifts") is Outcome.RENEWED
    assert NEW in client.get("/young-people/is-this-ok/").content.decode()


def test_loaded_records_do_not_look_unfinished_to_editors() -> None:
    for record in [*Page.objects.filter(depth__gt=1), *Contact.objects.filter(live=True), *Place.objects.all()]:
        assert record.status_string == "live", record


# --- What an editor changed stays -------------------------------------------------------------------------------


def test_a_page_stays_as_an_editor_published_it(client: Client, pages: Entries, editor: User) -> None:
    page = page_at("privacy")
    page.lede = OURS
    page.save_revision(user=editor).publish()
    assert outcome_of(load_pages, renew(pages, "privacy", lede=NEW), "privacy") is Outcome.KEPT
    assert OURS in client.get("/privacy/").content.decode()


def test_a_draft_that_an_editor_is_working_on_stays(pages: Entries, editor: User) -> None:
    page = page_at("privacy")
    published = page.lede
    page.lede = OURS
    page.save_revision(user=editor)
    assert outcome_of(load_pages, renew(pages, "privacy", lede=NEW), "privacy") is Outcome.KEPT
    assert page_at("privacy").lede == published
    assert page_at("privacy").get_latest_revision_as_object().lede == OURS


def test_a_contact_stays_as_an_editor_published_it(contacts: Entries, editor: User) -> None:
    contact = Contact.objects.get(key="samaritans")
    contact.about = OURS
    contact.save_revision(user=editor).publish()
    later = renew(contacts, "samaritans", about=NEW)
    assert outcome_of(load_contacts, later, "samaritans") is Outcome.KEPT
    assert Contact.objects.get(key="samaritans").about == OURS


def test_a_place_stays_as_an_editor_left_it(places: Entries, editor: User) -> None:
    place = Place.objects.get(name="Bath")
    place.source = OURS
    place.save_revision(user=editor).publish()
    assert outcome_of(load_places, renew(places, "Bath", source=NEW), "Bath") is Outcome.KEPT
    assert Place.objects.get(name="Bath").source == OURS


def test_a_place_that_an_editor_withdrew_stays_withdrawn(places: Entries, editor: User) -> None:
    Place.objects.get(name="Bath").unpublish(user=editor)
    assert outcome_of(load_places, renew(places, "Bath", source=NEW), "Bath") is Outcome.KEPT
    assert not Place.objects.get(name="Bath").live


def test_a_sign_stays_as_an_editor_left_it(signs: Entries, editor: User) -> None:
    sign = Sign.objects.get(key="gifts")
    sign.young = OURS
    sign.save()
    sign.save_revision(user=editor)
    assert outcome_of(load_signs, renew(signs, "gifts", young=NEW), "gifts") is Outcome.KEPT
    assert Sign.objects.get(key="gifts").young == OURS


@pytest.mark.parametrize("kind", ["page", "contact"])
def test_an_editors_work_stays_when_the_account_is_gone(
    pages: Entries, contacts: Entries, editor: User, kind: str
) -> None:
    record = page_at("privacy") if kind == "page" else Contact.objects.get(key="samaritans")
    record.save_revision(user=editor, log_action=True).publish(user=editor)
    editor.delete()
    if kind == "page":
        assert outcome_of(load_pages, renew(pages, "privacy", lede=NEW), "privacy") is Outcome.KEPT
    else:
        assert outcome_of(load_contacts, renew(contacts, "samaritans", about=NEW), "samaritans") is Outcome.KEPT


# --- What an editor deleted stays away --------------------------------------------------------------------------


def test_a_deleted_page_stays_away(client: Client, pages: Entries) -> None:
    page_at("accessibility").delete()
    load_pages(renew(pages, "accessibility", lede=NEW))
    assert client.get("/accessibility/").status_code == 404


def test_a_moved_page_is_not_made_again_in_its_old_place(client: Client, pages: Entries) -> None:
    page = page_at("accessibility")
    page.slug = "access"
    page.save()
    load_pages(renew(pages, "accessibility", lede=NEW))
    assert client.get("/accessibility/").status_code == 404
    assert client.get("/access/").status_code == 200


def test_a_deleted_contact_stays_away(contacts: Entries) -> None:
    Contact.objects.get(key="samaritans").delete()
    assert outcome_of(load_contacts, renew(contacts, "samaritans", about=NEW), "samaritans") is Outcome.KEPT
    assert not Contact.objects.filter(key="samaritans").exists()


def test_a_deleted_place_stays_away(places: Entries) -> None:
    Place.objects.get(name="Bath").delete()
    assert outcome_of(load_places, renew(places, "Bath", source=NEW), "Bath") is Outcome.KEPT
    assert not Place.objects.filter(name="Bath").exists()


def test_a_place_of_a_contact_that_an_editor_deleted_never_becomes_ours(places: Entries) -> None:
    Place.objects.get(name="Bath").delete()
    Contact.objects.get(key="banes").delete()
    LoadedContent.objects.filter(name="place Bath").delete()
    assert outcome_of(load_places, places, "Bath") is Outcome.KEPT
    assert not Place.objects.filter(name="Bath").exists()


def test_a_deleted_sign_stays_away(signs: Entries) -> None:
    Sign.objects.get(key="gifts").delete()
    assert outcome_of(load_signs, renew(signs, "gifts", young=NEW), "gifts") is Outcome.KEPT
    assert not Sign.objects.filter(key="gifts").exists()


def test_a_deleted_parent_keeps_its_children_away(pages: Entries) -> None:
    page_at("professionals").delete()
    later = renew(renew(pages, "professionals", lede=NEW), "professionals/what-to-do-now", lede=NEW)
    gone = family(pages, "professionals")
    assert gone > 1
    assert Counter(load_pages(later)) == {Outcome.SAME: len(pages) - gone, Outcome.KEPT: gone}
    assert not DoorPage.objects.filter(slug="professionals").exists()
    assert not GuidancePage.objects.filter(slug="what-to-do-now").exists()


def test_a_new_child_of_a_deleted_parent_stays_away_too(pages: Entries) -> None:
    page_at("professionals").delete()
    new = {"page": "guidance", "address": "professionals/words", "title": "Words", "body": []}
    gone = family(pages, "professionals")
    assert Counter(load_pages([*pages, new])) == {Outcome.SAME: len(pages) - gone, Outcome.KEPT: gone + 1}


def test_a_new_page_finds_its_place(client: Client, pages: Entries) -> None:
    new = {"page": "guidance", "address": "professionals/words", "title": "Words", "body": [{"text": NEW}]}
    assert Counter(load_pages([*pages, new])) == {Outcome.SAME: len(pages), Outcome.MADE: 1}
    assert NEW in client.get("/professionals/words/").content.decode()


def test_a_renewed_page_does_without_a_page_that_an_editor_deleted(client: Client, pages: Entries) -> None:
    page_at("professionals/what-to-do-now").delete()
    load_pages(renew(pages, "professionals", lede=NEW))
    shown = client.get("/professionals/").content.decode()
    assert NEW in shown
    assert "I need the steps" not in shown


def test_a_page_that_an_editor_switched_off_is_not_linked_from_its_door(client: Client) -> None:
    assert "/professionals/duty-to-report/" in client.get("/professionals/").content.decode()
    page_at("professionals/duty-to-report").unpublish()
    assert "/professionals/duty-to-report/" not in client.get("/professionals/").content.decode()


def test_a_renewed_page_does_without_a_contact_that_an_editor_deleted(client: Client, pages: Entries) -> None:
    Contact.objects.get(key="svpp").delete()
    load_pages(renew(pages, "professionals", lede=NEW))
    shown = client.get("/professionals/").content.decode()
    assert NEW in shown
    assert "Learn more" in shown


def test_a_renewed_contact_does_without_a_stand_in_that_an_editor_deleted(contacts: Entries) -> None:
    Contact.objects.get(key="mash-night").delete()
    assert outcome_of(load_contacts, renew(contacts, "mash", about=NEW), "mash") is Outcome.RENEWED
    assert Contact.objects.get(key="mash").when_closed is None


# --- Mistakes in the data are found -----------------------------------------------------------------------------


def test_the_shipped_places_name_only_neighbours_that_are_shipped(places: Entries, contacts: Entries) -> None:
    neighbours = {contact["key"] for contact in contacts if contact["kind"] == "neighbour"}
    assert {place["authority"] for place in places if "authority" in place} <= neighbours


@pytest.mark.parametrize("change", [{"name": ""}, {"source": ""}, {"authority": "mash"}])
def test_a_wrong_place_is_not_loaded(places: Entries, change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        load_places(renew(places, "Bath", **change))


def test_the_shipped_pages_name_only_what_is_shipped(pages: Entries, contacts: Entries) -> None:
    # Loading leaves out what it does not find, since an editor may have deleted it; a slip of ours must not hide there.
    addresses, keys = {page["address"] for page in pages}, {contact["key"] for contact in contacts}
    blocks = [(page["address"], *block.popitem()) for page in pages for block in page["body"]]
    linked = {link["to"].partition("#")[0] for _, kind, links in blocks if kind == "sentence_links" for link in links}
    named = {key for _, kind, panel in blocks if kind == "talk_to" for key in panel["contacts"]}
    assert linked
    assert named
    assert linked <= addresses
    assert named <= keys
    assert {contact["when_closed"] for contact in contacts if "when_closed" in contact} <= keys


@pytest.mark.parametrize(
    "change",
    [
        {"ways": [{"call": "0300 456108"}]},
        {"number_confidence": "M"},
        {"ways": [], "website": ""},
        {"kind": "unheard-of"},
    ],
)
def test_a_wrong_contact_is_not_loaded(contacts: Entries, change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        load_contacts(renew(contacts, "samaritans", **change))


@pytest.mark.parametrize(
    "body",
    [
        [{"text": "Call [[nobody]]."}],
        [{"call_out": {"heading": "More", "text": "Words.", "actions": ["tell-us", "call-mash", "find-help"]}}],
        [{"signs": "grown-ups"}],
        [{"anchor_text": {"anchor": "Not An Anchor", "heading": "Words", "text": "Words."}}],
    ],
)
def test_a_wrong_page_is_not_loaded(pages: Entries, body: list[Any]) -> None:
    with pytest.raises(ValidationError):
        load_pages(renew(pages, "privacy", body=body))
