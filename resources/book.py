"""The contact book of one answer: all live services by key, and whose the places are, read once, at one moment."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from resources.ahead import Said, Turn, duty, sayings
from resources.gazetteer import Gazetteer
from resources.service import Service

if TYPE_CHECKING:
    from resources.models import Contact

#: The kind of whoever looks after this website: no help for anybody, so never listed beside those who are.
ABOUT_THE_SITE = "site"


@dataclass(frozen=True)
class Listed:
    """A service as it stands at the book's moment."""

    service: Service
    is_open: bool | None
    state_words: str
    now: datetime

    @property
    def sayings(self) -> tuple[Said, ...]:
        """The words about its hours, now and until the end of tomorrow."""
        return sayings(self.service, self.now)


class Shelf(Mapping[str, Service]):
    """Services by key, made from their records when a page first asks for them: most pages name a few."""

    def __init__(self, records: Iterable["Contact"]) -> None:
        self._records = {record.key: record for record in records}
        self._keys = {record.pk: record.key for record in self._records.values()}
        self._made: dict[str, Service] = {}

    def key_of(self, record: int) -> str | None:
        """The key of the record with this primary key."""
        return self._keys.get(record)

    def __getitem__(self, key: str) -> Service:
        if key not in self._made:
            self._made[key] = Service.of(self._records[key], self._keys)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


def live_and_hidden() -> tuple[list["Contact"], dict[str, str]]:
    """The live records in their order, and by key the names of those that somebody hid."""
    from resources.models import Contact

    records = list(Contact.objects.filter(Q(live=True) | Q(first_published_at__isnull=False)))
    live = [record for record in records if record.live]
    return live, {record.key: record.name for record in records if not record.live}


@dataclass(frozen=True)
class ContactBook:
    """Everything a page needs to name a number. `now` is fixed, so that one page says one time."""

    services: Mapping[str, Service] = field(default_factory=dict)
    now: datetime = field(default_factory=timezone.now)
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    #: The names of services that somebody hid, by key: a text that tells people to call one still reads as a sentence.
    hidden: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, services: Iterable[Service]) -> "ContactBook":
        return cls({service.key: service for service in services})

    @classmethod
    def load(cls) -> "ContactBook":
        """All live records and those that were, in one query; the places in two more, when a page first asks."""
        live, hidden = live_and_hidden()
        return cls(Shelf(live), gazetteer=cast(Gazetteer, SimpleLazyObject(Gazetteer.load)), hidden=hidden)

    @classmethod
    def current(cls) -> "ContactBook":
        """The records, or the snapshot on disk while the database does not answer."""
        from resources.snapshot import book_from_snapshot

        try:
            return cls.load()
        except DatabaseError:
            return book_from_snapshot()

    def key_of(self, record: int) -> str | None:
        """The key of a live record, by the primary key that chooser blocks keep. The snapshot knows none."""
        return self.services.key_of(record) if isinstance(self.services, Shelf) else None

    def get(self, key: str) -> Service | None:
        return self.services.get(key)

    def listed(self, service: Service) -> Listed:
        state = service.state(self.now)
        return Listed(service, state.is_open if state else None, service.state_words(self.now), self.now)

    def on_duty(self, key: str) -> Service | None:
        """The service itself while it is open, else whoever stands in for it at this moment."""
        service = self.get(key)
        if service is None:
            return None
        state = service.state(self.now)
        if state and not state.is_open and service.when_closed in self.services:
            return self.services[service.when_closed]
        return service

    def turns(self, keys: Iterable[str]) -> list[Turn]:
        """Services with whoever stands in for them, each once, with its times: one that counts always, if there is."""
        found: dict[str, Turn] = {}
        for service in filter(None, map(self.get, keys)):
            for turn in duty(service, self.get(service.when_closed), self.now):
                if turn.service.key not in found or not turn.when:
                    found[turn.service.key] = turn
        return list(found.values())

    def strip(self) -> list[Turn]:
        """ "Need help now?": the chosen services, each replaced by its stand-in while it is closed."""
        return self.turns(service.key for service in self.services.values() if service.in_help_strip)

    def for_paper(self) -> list[Service]:
        """The services of "Need help now?" with whoever stands in for them: on paper nobody knows what time it is."""
        chosen = [service for service in self.services.values() if service.in_help_strip]
        pairs = [(service, self.get(service.when_closed)) for service in chosen]
        return list({found.key: found for pair in pairs for found in pair if found}.values())

    def of_kind(self, kind: str) -> list[Listed]:
        """All services of a kind, in their own order: the day and night teams of an area stand together."""
        return [self.listed(service) for service in self.services.values() if service.kind == kind]

    def lines_for(self, audience: str) -> list[Service]:
        """The services of the whole country that these people can call or text, in their own order."""
        national = (service for service in self.services.values() if service.kind == "national")
        return [service for service in national if audience in service.audiences and service.number]

    def everyone(self) -> list[Listed]:
        """All services that help people, those that are open first, else in their own order."""
        rank = {True: 0, None: 1, False: 2}
        helping = (service for service in self.services.values() if service.kind != ABOUT_THE_SITE)
        return sorted(map(self.listed, helping), key=lambda listed: rank[listed.is_open])
