"""Place records: what the concern form may offer, and whose it is."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from resources.book import ContactBook
from resources.models import Contact, Place

pytestmark = pytest.mark.django_db


def test_a_new_place_is_offered_until_it_is_withdrawn() -> None:
    place = Place.objects.create(name="Little Marsh", source="a map")
    assert "Little Marsh" in ContactBook.load().places
    place.unpublish()
    assert "Little Marsh" not in ContactBook.load().places


def test_names_are_each_only_once() -> None:
    with pytest.raises(ValidationError) as refused:
        Place(name="Salisbury", source="a map").full_clean()
    assert "name" in refused.value.message_dict


def test_a_place_says_where_it_was_seen() -> None:
    with pytest.raises(ValidationError) as refused:
        Place(name="Little Marsh").full_clean()
    assert "source" in refused.value.message_dict


def test_a_place_belongs_to_us_or_to_a_neighbour() -> None:
    Place(name="Little Marsh", source="a map").full_clean()
    Place(name="Little Marsh", source="a map", authority=Contact.objects.get(key="dorset")).full_clean()
    with pytest.raises(ValidationError) as refused:
        Place(name="Little Marsh", source="a map", authority=Contact.objects.get(key="childline")).full_clean()
    assert "authority" in refused.value.message_dict


def test_a_place_over_the_border_never_becomes_ours_because_a_contact_goes() -> None:
    with pytest.raises(ProtectedError):
        Contact.objects.get(key="dorset").delete()
    assert Place.objects.get(name="Shaftesbury").authority.key == "dorset"
