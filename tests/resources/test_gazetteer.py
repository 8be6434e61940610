"""What people type, and the place that it is: names as they are spelt, misspelt, shared; postcodes, whole or half."""

import pytest

from resources.gazetteer import LONGEST, MOST_OFFERED, MOST_SUGGESTED, Area, Gazetteer, Spot, tidy
from resources.models import AreaBoard, Authority, Contact, Place
from resources.postcodes import take_district


def area(key: str, name: str, is_ours: bool = False) -> Area:
    return Area(key, name, f"{key}-day", f"{key}-night", f"{name} Police", "", is_ours)


BOOK = Gazetteer(
    (area("here", "Hereshire", is_ours=True), area("there", "Thereshire"), area("king", "King & Queen")),
    (
        Spot("Mere", areas=("here",)),
        Spot("Gillingham", areas=("there",)),
        Spot("Gillingham (Kent)", is_main=False),
        Spot("Saint-Cloud’s End", areas=("there",)),
        Spot("Bradford on Avon", areas=("here",)),
        Spot("Bradford Abbas", areas=("there",)),
        Spot("BA12", is_district=True, areas=("here", "there")),
        Spot("SP8", is_district=True, areas=("there",)),
    ),
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Mere", "Mere"),
        ("  mERE ", "Mere"),
        ("Mere, Hereshire", "Mere"),
        ("Mere BA12 6HG", "Mere"),
        ("Mere, BA12", "Mere"),
        ("ba12", "BA12"),
        ("BA126HG", "BA12"),
        ("ba12 6", "BA12"),
        ("sp8 4ab", "SP8"),
        ("saint cloud's end", "Saint-Cloud’s End"),
        ("Saint‑Clouds End", "Saint-Cloud’s End"),
        ("Thereshire", "Thereshire"),
        ("king and queen", "King & Queen"),
        ("Gillingham (Kent)", "Gillingham (Kent)"),
        ("Gillingham, Kent", "Gillingham (Kent)"),
        ("Gillingham, Thereshire", "Gillingham"),
        ("Me\u200bre\u202e", "Mere"),
        ("Me\0re", "Mere"),
    ],
)
def test_a_place_is_found_however_it_is_typed(typed: str, name: str) -> None:
    found = BOOK.find(typed)
    assert found.spot and found.spot.name == name
    assert found.near == ()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Gilingham", "Gillingham"),
        ("Bradfrod on Avon", "Bradford on Avon"),
        ("Bradford", "Bradford on Avon"),
        ("Mere village", "Mere"),
    ],
)
def test_a_name_that_is_nearly_right_is_offered_and_never_taken(typed: str, offered: str) -> None:
    found = BOOK.find(typed)
    assert found.spot is None
    assert offered in found.near and len(found.near) <= MOST_OFFERED
    picked = BOOK.find(typed, chosen=offered)
    assert picked.spot and picked.spot.name == picked.typed == offered
    assert picked.near == ()


def test_of_two_places_with_one_name_people_choose() -> None:
    found = BOOK.find("Gillingham")
    assert found.spot is None
    assert found.near == ("Gillingham", "Gillingham (Kent)")
    for name in found.near:
        picked = BOOK.find("Gillingham", chosen=name).spot
        assert picked and picked.name == name


@pytest.mark.parametrize("chosen", ["Mere", "there", "<b>", ""])
def test_a_choice_that_was_not_offered_is_dropped(chosen: str) -> None:
    assert BOOK.find("Gilingham", chosen=chosen).spot is None


@pytest.mark.parametrize(
    "typed", ["", "   ", "\0", "\u202e", "q", "Xyzzy", "M1 1AE", "🙂🙂🙂", "-", "()", "12345", "—"]
)
def test_what_nobody_knows_is_nothing(typed: str) -> None:
    found = BOOK.find(typed)
    assert (found.spot, found.near) == (None, ())


@pytest.mark.parametrize("typed", ["BA12 6HG", "ba126hg", "12 High Street, Mere BA12 6HG", "BA12 6"])
def test_of_a_full_postcode_the_district_stays(typed: str) -> None:
    found = BOOK.find(typed)
    assert found.was_cut
    assert "6" not in found.typed and found.typed.endswith("BA12")
    assert not BOOK.find("BA12").was_cut


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("SN15AB", ("", "SN1", True)),
        ("SN15 1AB", ("", "SN15", True)),
        ("W1A 1AA", ("", "W1A", True)),
        ("Bath", ("Bath", "", False)),
        ("flat 2", ("flat 2", "", False)),
        ("GIR 0AA", ("GIR 0AA", "", False)),
    ],
)
def test_the_shapes_of_postcodes(typed: str, taken: tuple[str, str, bool]) -> None:
    assert take_district(typed) == taken


def test_nothing_that_hides_is_shown_again_and_nothing_without_end() -> None:
    assert tidy("a\u202eb\u2066c\0d\ud800e\x07\n f") == "abcde f"
    assert len(tidy("x" * 10_000)) == LONGEST
    assert len(BOOK.find("BA12 6HG " * 2_000).typed) <= LONGEST


def test_few_are_offered_however_many_there_are() -> None:
    many = Gazetteer(BOOK.areas, tuple(Spot(f"Place {number}", areas=("here",)) for number in range(2_000)))
    assert len(many.offered) == MOST_SUGGESTED
    assert sum(len(towns) for _, towns, _ in many.table()) == MOST_SUGGESTED
    assert "BA12" not in [spot.name for spot in BOOK.offered]
    assert "Gillingham (Kent)" not in [spot.name for spot in BOOK.offered]


def test_our_area_stands_first_in_the_table() -> None:
    assert [found.key for found, _, _ in BOOK.table()] == ["here", "there", "king"]
    _, towns, districts = BOOK.table()[0]
    assert [spot.name for spot in towns + districts] == ["Mere", "Bradford on Avon", "BA12"]


@pytest.mark.django_db
def test_what_is_read_back_from_the_disk_is_the_same() -> None:
    book = Gazetteer.load()
    assert Gazetteer.from_json(book.to_json()) == book
    assert len(book.spots) == Place.objects.filter(live=True).count()


@pytest.mark.django_db
def test_two_thousand_places_cost_two_queries(django_assert_num_queries: object) -> None:
    authorities = list(Authority.objects.all())
    places = Place.objects.bulk_create(Place(name=f"Little Marsh {number}", source="a map") for number in range(2_000))
    through = Place.authorities.through
    through.objects.bulk_create(
        through(place_id=place.pk, authority_id=authority.pk) for place in places for authority in authorities[:2]
    )
    with django_assert_num_queries(2):  # type: ignore[operator]
        book = Gazetteer.load()
    assert len(book.spots) > 2_000
    found = book.find("Little Marsh 1999").spot
    assert found and len(found.areas) == 2


@pytest.mark.django_db
def test_only_live_records_count() -> None:
    Authority.objects.filter(key="dorset").update(live=False)
    Place.objects.filter(name="Mere").update(live=False)
    book = Gazetteer.load()
    assert "dorset" not in book.by_key
    assert book.find("Mere").spot is None
    # It is known, and whose it is is not; it never becomes ours.
    shaftesbury = book.find("Shaftesbury").spot
    assert shaftesbury and shaftesbury.areas == ()


@pytest.mark.django_db
def test_the_night_is_who_stands_in_and_ours_is_the_teams(settings: object) -> None:
    book = Gazetteer.load()
    assert book.ours and (book.ours.day, book.ours.night) == ("mash", "mash-night")
    assert book.by_key["swindon"].night == "swindon-night"
    Contact.objects.filter(key="swindon").update(when_closed=None)
    assert Gazetteer.load().by_key["swindon"].night == ""


@pytest.mark.django_db
def test_a_place_knows_its_area_board() -> None:
    spot = Gazetteer.load().find("Mere").spot
    assert spot and spot.board == AreaBoard.objects.get(key="south-west-wiltshire").name
