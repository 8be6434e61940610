"""Place records: what the concern form may offer, whose it is; and the authorities, each with somebody to call."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from resources.gazetteer import Gazetteer
from resources.models import Authority, Contact, Place

pytestmark = pytest.mark.django_db


def offered() -> list[str]:
    return [spot.name for spot in Gazetteer.load().offered]


def test_a_new_place_is_offered_until_it_is_withdrawn() -> None:
    place = Place.objects.create(name="Little Marsh", source="a map")
    assert "Little Marsh" in offered()
    place.unpublish()
    assert "Little Marsh" not in offered()


def test_a_small_place_is_understood_and_not_offered() -> None:
    Place.objects.create(name="Little Marsh", source="a map", is_main=False)
    assert "Little Marsh" not in offered()
    assert Gazetteer.load().find("little marsh").spot


def test_names_are_each_only_once() -> None:
    with pytest.raises(ValidationError) as refused:
        Place(name="Salisbury", source="a map").full_clean()
    assert "name" in refused.value.message_dict


def test_a_place_says_where_it_was_seen() -> None:
    with pytest.raises(ValidationError) as refused:
        Place(name="Little Marsh").full_clean()
    assert "source" in refused.value.message_dict


@pytest.mark.parametrize(("name", "kind"), [("BA12", "town"), ("Little Marsh", "district"), ("BA12 6HG", "district")])
def test_a_postcode_district_is_no_town_and_a_town_no_district(name: str, kind: str) -> None:
    Place.objects.filter(name=name).delete()
    with pytest.raises(ValidationError) as refused:
        Place(name=name, kind=kind, source="a map").full_clean()
    assert "kind" in refused.value.message_dict


@pytest.mark.parametrize("model", [Place, Authority])
def test_a_note_holds_no_phone_number(model: type[Place] | type[Authority]) -> None:
    record = model.objects.first()
    assert record
    record.note = "Call 01632 960001."
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    assert list(refused.value.message_dict) == ["note"]


def test_an_authority_is_ours_or_a_neighbours() -> None:
    def authority(key: str) -> Authority:
        return Authority(key="x", name="X", police="X", source="a map", contact=Contact.objects.get(key=key))

    for key in ("dorset", "mash"):
        authority(key).full_clean()
    with pytest.raises(ValidationError) as refused:
        authority("childline").full_clean()
    assert "contact" in refused.value.message_dict


def test_a_place_over_the_border_never_becomes_ours_because_something_goes() -> None:
    with pytest.raises(ProtectedError):
        Contact.objects.get(key="dorset").delete()
    Authority.objects.get(key="dorset").delete()
    shaftesbury = Gazetteer.load().find("Shaftesbury").spot
    assert shaftesbury and shaftesbury.areas == ()


def test_a_draft_does_not_change_whose_a_place_is() -> None:
    place = Place.objects.get(name="Bath")
    place.authorities = [Authority.objects.get(key="somerset")]
    draft = place.save_revision()
    found = Gazetteer.load().find("Bath").spot
    assert found and found.areas == ("banes",)
    draft.publish()
    found = Gazetteer.load().find("Bath").spot
    assert found and found.areas == ("somerset",)
