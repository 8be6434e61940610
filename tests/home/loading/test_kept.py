"""Loading again never undoes an editor's work: what they changed stays, what they deleted stays away."""

from collections import Counter

import pytest
from django.contrib.auth.models import User
from django.test import Client

from home.loading.contacts import load_contacts
from home.loading.ledger import Outcome
from home.loading.pages import load_pages
from home.loading.places import load_area_boards, load_authorities, load_places
from home.loading.signs import load_signs
from home.models import DoorPage, GuidancePage, LoadedContent, Sign
from resources.models import AreaBoard, Authority, Contact, Place
from tests.home.loading.conftest import NEW, OURS, Entries, family, outcome_of, page_at, renew

pytestmark = pytest.mark.django_db


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


def test_a_place_of_an_authority_that_an_editor_deleted_never_becomes_ours(
    places: Entries, authorities: Entries
) -> None:
    Place.objects.get(name="Bath").delete()
    Authority.objects.get(key="banes").delete()
    Contact.objects.get(key="banes").delete()
    LoadedContent.objects.filter(name__in=["place Bath", "authority banes"]).delete()
    assert outcome_of(load_authorities, authorities, "banes") is Outcome.KEPT
    assert load_places([entry for entry in places if entry["name"] == "Bath"]) == [Outcome.KEPT]
    assert not Place.objects.filter(name="Bath").exists()


def test_an_authority_and_a_board_stay_as_an_editor_left_them(
    authorities: Entries, area_boards: Entries, editor: User
) -> None:
    for record in (Authority.objects.get(key="dorset"), AreaBoard.objects.get(key="stonehenge")):
        record.source = OURS
        record.save_revision(user=editor).publish()
    assert outcome_of(load_authorities, renew(authorities, "dorset", source=NEW), "dorset") is Outcome.KEPT
    assert outcome_of(load_area_boards, renew(area_boards, "stonehenge", source=NEW), "stonehenge") is Outcome.KEPT


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
