"""The index follows what is published, on every way a page can change, and holds nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from home.models import DoorPage, GuidancePage, HomePage, IndexedPage, IndexedStem, IndexedWord, Sign
from home.search import index
from resources.models import Contact
from tests.home.search.test_queries import results

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(client: Client) -> Callable[[str], list[str]]:
    """A function that says which pages a search leads to."""
    return lambda words: results(client.post("/search/", {"words": words}).content.decode())


@pytest.fixture
def page() -> GuidancePage:
    """A published page with a word that no other page has."""
    door = DoorPage.objects.get(audience="parents")
    made = GuidancePage(title="A page", slug="zebra", lede="About the quagga.", live=False)
    door.add_child(instance=made)
    made.save_revision().publish()
    return GuidancePage.objects.get(pk=made.pk)


def state() -> dict[str, Any]:
    """The whole index, to be compared."""
    return {
        "texts": dict(IndexedPage.objects.values_list("pk", "text")),
        "stems": {
            (page, stem): round(w, 9) for page, stem, w in IndexedStem.objects.values_list("page", "stem", "weight")
        },
        "words": dict(IndexedWord.objects.values_list("word", "pages")),
    }


def test_a_page_is_found_when_it_is_published_and_not_before(found: Any) -> None:
    door = DoorPage.objects.get(audience="parents")
    made = GuidancePage(title="A page", slug="zebra", lede="About the quagga.", live=False)
    door.add_child(instance=made)
    revision = made.save_revision()
    assert found("quagga") == []
    revision.publish()
    assert found("quagga") == ["parents-and-carers/zebra"]


def test_words_of_a_draft_are_not_found_until_they_are_published(page: GuidancePage, found: Any) -> None:
    page.lede = "About the okapi."
    draft = page.save_revision()
    assert found("okapi") == []
    assert found("quagga") == ["parents-and-carers/zebra"]
    draft.publish()
    assert found("okapi") == ["parents-and-carers/zebra"]
    assert found("quagga") == []


def test_a_page_taken_off_the_site_is_not_found_and_its_words_are_gone(page: GuidancePage, found: Any) -> None:
    page.unpublish()
    assert found("quagga") == []
    assert not IndexedPage.objects.filter(pk=page.pk).exists()
    assert not IndexedWord.objects.filter(word="quagga").exists()


def test_a_page_that_will_go_live_later_is_not_found_before(page: GuidancePage, found: Any) -> None:
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert found("quagga") == []


def test_a_page_that_was_made_dead_behind_the_indexs_back_is_not_shown(page: GuidancePage, found: Any) -> None:
    Page.objects.filter(pk=page.pk).update(live=False)
    assert IndexedPage.objects.filter(pk=page.pk).exists()
    assert found("quagga") == []


def test_a_deleted_page_leaves_nothing(page: GuidancePage, found: Any) -> None:
    before = state()
    Page.objects.get(pk=page.pk).delete()
    assert found("quagga") == []
    after = state()
    assert page.pk in before["texts"] and page.pk not in after["texts"]
    assert not [key for key in after["stems"] if key[0] == page.pk]
    assert "quagga" not in after["words"]


def test_deleting_a_door_takes_the_pages_behind_it_along(page: GuidancePage, found: Any) -> None:
    page.get_parent().delete()
    assert found("quagga") == []
    index_before = state()
    index.rebuild()
    assert state() == index_before


def test_a_page_with_a_new_slug_or_place_is_found_at_its_new_address(
    page: GuidancePage, client: Client, found: Any
) -> None:
    page.slug = "horse"
    page.save_revision().publish()
    assert found("quagga") == ["parents-and-carers/horse"]
    page.move(DoorPage.objects.get(audience="councillors"), pos="last-child")
    assert found("quagga") == ["councillors/horse"]
    answer = strip_tags(client.post("/search/", {"words": "quagga"}).content.decode())
    assert "A page\nCouncillors\n" in answer


def test_pages_behind_a_door_that_moved_its_address_are_found_there(page: GuidancePage, found: Any) -> None:
    door = DoorPage.objects.get(audience="parents")
    door.slug = "families"
    door.save_revision().publish()
    assert found("quagga") == ["families/zebra"]


def test_what_not_everyone_may_read_is_not_found(page: GuidancePage, found: Any) -> None:
    restriction = PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert found("quagga") == []
    restriction.delete()
    assert found("quagga") == ["parents-and-carers/zebra"]


def test_a_copy_is_found_when_it_is_live_and_only_then(page: GuidancePage, found: Any) -> None:
    page.copy(update_attrs={"slug": "copy"}, keep_live=False)
    assert found("quagga") == ["parents-and-carers/zebra"]
    page.copy(update_attrs={"slug": "second"}, keep_live=True)
    assert sorted(found("quagga")) == ["parents-and-carers/second", "parents-and-carers/zebra"]


def test_a_changed_sign_is_found_on_the_pages_that_tell_the_signs(found: Any) -> None:
    sign = Sign.objects.all()[0]
    sign.parents = "A quagga in the garden."
    sign.save()
    assert found("quagga") == ["parents-and-carers/signs-to-look-for"]


def test_a_contact_that_changed_its_name_is_found_by_the_new_one(client: Client, found: Any) -> None:
    assert "young-people/talk-to-someone" in found("childline")
    contact = Contact.objects.get(key="childline")
    contact.name = "Quaggaline"
    contact.save()
    assert "young-people/talk-to-someone" in found("quaggaline")
    assert ">Quaggaline</h3>" in client.post("/search/", {"words": "quaggaline"}).content.decode()


def test_a_contact_that_is_not_live_is_not_shown(client: Client) -> None:
    page = client.post("/search/", {"words": "rape crisis"}).content.decode()
    assert Contact.objects.filter(key="rape-crisis", live=False).exists()
    assert "Rape Crisis" not in page


def test_every_live_page_is_in_the_index_and_nothing_else() -> None:
    live = set(Page.objects.live().filter(depth__gt=1).values_list("pk", flat=True))
    assert len(live) >= 59
    assert set(IndexedPage.objects.values_list("pk", flat=True)) == live


def test_making_it_anew_changes_nothing() -> None:
    before = state()
    call_command("search_index", verbosity=0)
    assert state() == before


def test_pages_from_before_there_was_a_search_come_in_with_the_next_loading() -> None:
    before = state()
    IndexedPage.objects.all().delete()
    assert state() == {"texts": {}, "stems": {}, "words": {}}
    call_command("load_content", verbosity=0)
    assert state() == before


def test_an_index_row_is_no_use_of_a_page_in_the_eyes_of_editors(page: GuidancePage) -> None:
    call_command("rebuild_references_index", verbosity=0)
    assert not ReferenceIndex.get_references_to(page).exists()


def test_a_change_that_is_rolled_back_leaves_the_index_as_it_was(page: GuidancePage) -> None:
    before = state()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        page.lede = "About the okapi."
        page.save_revision().publish()
        assert state() != before
        raise ZeroDivisionError
    assert state() == before


def test_the_home_page_is_found_too(found: Any) -> None:
    assert HomePage.objects.get().title == "You don’t have to work this out alone"
    assert found("work this out alone")[0] == ""
