"""The numbers on disk: the same as the records, never half written, there when the database is not."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, transaction

from resources.book import ContactBook
from resources.gazetteer import Gazetteer
from resources.models import AreaBoard, Authority, Contact, Place
from resources.signals import refreshed_once
from resources.snapshot import book_from_snapshot, path, write_snapshot

pytestmark = pytest.mark.django_db
Capture = Callable[..., Any]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """A data folder of its own for each test."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def places_on_disk() -> list[str]:
    return [spot.name for spot in book_from_snapshot().gazetteer.spots]


def no_database(*args: Any) -> None:
    raise OperationalError("the disk is gone")


# --- What it holds ----------------------------------------------------------------------------------------------


def test_what_is_read_back_is_the_book() -> None:
    assert write_snapshot() == Contact.objects.filter(live=True).count()
    assert book_from_snapshot().services == ContactBook.load().services
    assert list(book_from_snapshot().services) == list(ContactBook.load().services)


def test_what_is_read_back_knows_its_hours() -> None:
    write_snapshot()
    for key, service in ContactBook.load().services.items():
        assert book_from_snapshot().services[key].week == service.week, key


def test_what_is_read_back_knows_the_places() -> None:
    write_snapshot()
    assert book_from_snapshot().gazetteer == Gazetteer.load()
    assert "Salisbury" in places_on_disk()


def test_a_draft_is_not_in_it() -> None:
    Place.objects.filter(name="Salisbury").update(live=False)
    write_snapshot()
    assert "emerald" not in path().read_text()
    assert "01225 716871" not in path().read_text()
    assert "Salisbury" not in places_on_disk()


def test_it_holds_only_what_the_site_shows() -> None:
    write_snapshot()
    stored = json.loads(path().read_text())
    assert set(stored) == {"contacts", "gazetteer", "distress", "texts"}
    assert all(set(entry) == {"pattern", "contacts"} for entry in stored["distress"])
    for entry in [*stored["contacts"], *stored["gazetteer"]["areas"], *stored["gazetteer"]["spots"]]:
        assert not {"source", "owner", "next_check", "number_confidence"} & set(entry)


def test_without_a_file_the_book_is_empty() -> None:
    assert book_from_snapshot().services == {}


def test_a_file_that_cannot_be_read_is_like_none(folder: Path) -> None:
    for spoiled in ("", "{", "{}", '[{"key": "of another version"}]', '{"contacts": [1]}'):
        (folder / "contacts.json").write_text(spoiled)
        assert book_from_snapshot().services == {}, spoiled
        assert places_on_disk() == [], spoiled


def test_a_file_from_before_there_were_places_still_gives_the_numbers() -> None:
    write_snapshot()
    services = json.loads(path().read_text())["contacts"]
    for older in (services, {"contacts": services}):
        path().write_text(json.dumps(older))
        assert book_from_snapshot().services == ContactBook.load().services
        assert places_on_disk() == []


# --- When it is written -----------------------------------------------------------------------------------------


def test_it_is_written_when_a_changed_record_is_kept(django_capture_on_commit_callbacks: Capture) -> None:
    contact = Contact.objects.get(key="samaritans")
    with django_capture_on_commit_callbacks(execute=True):
        contact.about = "Words that an editor chose."
        contact.save()
        assert not path().exists()  # not before the change is kept
    assert book_from_snapshot().services["samaritans"].about == "Words that an editor chose."


def test_it_is_written_when_a_record_is_published_and_when_it_is_withdrawn(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    contact = Contact.objects.get(key="emerald")
    contact.number_confidence = "H"
    with django_capture_on_commit_callbacks(execute=True):
        contact.save_revision().publish()
    assert "emerald" in book_from_snapshot().services
    with django_capture_on_commit_callbacks(execute=True):
        Contact.objects.get(key="emerald").unpublish()
    assert "emerald" not in book_from_snapshot().services


def test_it_is_written_when_a_record_is_deleted(django_capture_on_commit_callbacks: Capture) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Contact.objects.get(key="samaritans").delete()
    assert "samaritans" not in book_from_snapshot().services
    assert "childline" in book_from_snapshot().services


def test_it_is_written_when_a_place_is_published_withdrawn_or_deleted(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Place.objects.create(name="Little Marsh", source="a map")
    assert "Little Marsh" in places_on_disk()
    with django_capture_on_commit_callbacks(execute=True):
        Place.objects.get(name="Little Marsh").unpublish()
    assert "Little Marsh" not in places_on_disk()
    with django_capture_on_commit_callbacks(execute=True):
        Place.objects.get(name="Salisbury").delete()
    assert "Salisbury" not in places_on_disk()
    assert "Amesbury" in places_on_disk()


def test_it_is_written_when_a_place_changes_hands_or_an_authority_or_a_board_its_name(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        place = Place.objects.get(name="Bath")
        place.authorities = [Authority.objects.get(key="somerset")]
        place.save()
    [spot] = [spot for spot in book_from_snapshot().gazetteer.spots if spot.name == "Bath"]
    assert spot.areas == ("somerset",)
    for record in (Authority.objects.get(key="somerset"), AreaBoard.objects.get(key="stonehenge")):
        with django_capture_on_commit_callbacks(execute=True):
            record.name = f"New {record.name}"
            record.save()
        assert record.name in path().read_text()


def test_many_changes_write_it_once(django_capture_on_commit_callbacks: Capture) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks, refreshed_once():
        for number in range(3):
            Place.objects.create(name=f"Little Marsh {number}", source="a map")
    assert callbacks.count(write_snapshot) == 1
    assert "Little Marsh 2" in places_on_disk()


def test_a_change_that_was_taken_back_never_reaches_the_disk(django_capture_on_commit_callbacks: Capture) -> None:
    with (
        django_capture_on_commit_callbacks(execute=True) as callbacks,
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        contact = Contact.objects.get(key="samaritans")
        contact.about = "Words that were taken back."
        contact.save()
        raise RuntimeError
    assert callbacks == []
    assert not path().exists()


def test_a_server_writes_it_when_it_starts() -> None:
    said = io.StringIO()
    call_command("write_snapshot", stdout=said)
    assert said.getvalue() == f"{Contact.objects.filter(live=True).count()} contacts written to {path()}.\n"
    said = io.StringIO()
    call_command("write_snapshot", "--quiet", stdout=said)
    assert said.getvalue() == ""
    assert "call_command" in (Path(__file__).parents[2] / "gunicorn.conf.py").read_text()


def test_a_server_starts_without_a_database_and_keeps_the_last_snapshot(folder: Path) -> None:
    write_snapshot()
    before = path().read_text()
    said = io.StringIO()
    with connection.execute_wrapper(no_database):
        call_command("write_snapshot", "--quiet", stderr=said)
    assert "left as it is" in said.getvalue()
    assert path().read_text() == before


# --- How it is written ------------------------------------------------------------------------------------------


def test_a_reader_sees_the_old_file_or_the_new_one_and_never_a_part() -> None:
    write_snapshot()
    before = path().read_text()
    last = Contact.objects.filter(live=True).last()
    with path().open() as reader:
        begun = reader.read(100)
        Contact.objects.filter(pk=last.pk).update(about="Words that an editor chose.")
        write_snapshot()
        assert begun + reader.read() == before
    assert "Words that an editor chose." in path().read_text()


def test_nothing_is_left_beside_it(folder: Path) -> None:
    write_snapshot()
    write_snapshot()
    assert [file.name for file in folder.iterdir()] == ["contacts.json"]


def test_a_folder_that_is_not_there_is_made(settings: Any, folder: Path) -> None:
    settings.DATA_DIR = folder / "new" / "one"
    write_snapshot()
    assert path().exists()


# --- When it is used --------------------------------------------------------------------------------------------


def test_it_stands_in_for_a_database_that_does_not_answer() -> None:
    write_snapshot()
    Place.objects.all().delete()
    Authority.objects.all().delete()
    Contact.objects.all().delete()
    # The database answers: it is believed.
    assert ContactBook.current().services == {}
    assert ContactBook.current().gazetteer.spots == ()
    with connection.execute_wrapper(no_database):
        assert "childline" in ContactBook.current().services
        assert ContactBook.current().gazetteer.find("Salisbury").spot
        with pytest.raises(DatabaseError):
            ContactBook.load()


def test_the_form_shows_its_numbers_while_the_database_is_down(client: Any) -> None:
    write_snapshot()
    with connection.execute_wrapper(no_database):
        response = client.post("/tell-us/send/", {"danger": "yes", "story": "A grey car waits by the park."})
    assert response.status_code == 422  # it asks for its token
    page = response.content.decode()
    assert "A grey car waits by the park." in page
    assert 'href="tel:999"' in page
