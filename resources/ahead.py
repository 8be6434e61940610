"""What a page says about hours from its moment until the end of the next day, so that it may stay open and stay right.

A page from the browser's memory, or open on a phone overnight, must not go on saying "Open now". So it brings along
what will be true next, made by the same code, each with its times; `static/js/hours.js` shows what is true.
Nothing here depends on the minute in which a page is made: its bytes change when what they say does.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from resources.hours import midnight_after, say, say_briefly, say_reading
from resources.service import Service

T = TypeVar("T", bound=Hashable)
#: What stands where nothing is known any more.
LOOK_AGAIN = "Open this page again to see if it is open"


@dataclass(frozen=True)
class Said:
    """Words about a service that hold for some time. `when`: that time, for the script; empty: always."""

    words: str
    is_open: bool | None = None
    when: str = ""
    is_now: bool = True


@dataclass(frozen=True)
class Turn:
    """A service on duty for some time, with short words about its hours."""

    service: Service
    sayings: tuple[Said, ...] = ()
    when: str = ""
    is_now: bool = True


def horizon(now: datetime) -> datetime:
    """Until when it is worked out: the end of tomorrow."""
    return midnight_after(midnight_after(now))


def minutes(moment: datetime) -> int:
    """A moment as the script counts it, in minutes since 1970."""
    return int(moment.timestamp()) // 60


def times(timeline: Iterable[tuple[datetime, T]], end: datetime) -> dict[T, str]:
    """Each thing that is true in a while with the times of it: `-29736480 29737425-29737920`, from-to, to excluded."""
    found: dict[T, list[str]] = {}
    started, last = "", None
    for moment, thing in timeline:
        if last is not None and thing != last:
            found.setdefault(last, []).append(f"{started}-{minutes(moment)}")
            started = str(minutes(moment))
        last = thing
    if last is not None:
        found.setdefault(last, []).append(f"{started}-{minutes(end)}")
    return {thing: " ".join(spans) for thing, spans in found.items()}


def changes_hours(service: Service) -> bool:
    """Whether what we say about a service's hours ever changes."""
    return service.hours_are_sure and not service.never_closes


def sayings(service: Service, now: datetime) -> tuple[Said, ...]:
    """What is said of a service on its card, now and next; one saying where nothing changes."""
    if not changes_hours(service):
        state = service.state(now)
        return (Said(service.state_words(now), state.is_open if state else None),)
    end = horizon(now)
    timeline = ((moment, (state.is_open, say(state, moment))) for moment, state in service.week.states(now, end))
    found = enumerate(times(timeline, end).items())
    said = (Said(words, is_open, when, not n) for n, ((is_open, words), when) in found)
    return (*said, Said(LOOK_AGAIN, None, f"{minutes(end)}-", is_now=False))


def brief(service: Service, now: datetime) -> tuple[Said, ...]:
    """A few words for a link, while the service is open: nothing is said while it is closed, or never closes."""
    if not changes_hours(service):
        return ()
    end = horizon(now)
    timeline = ((moment, say_briefly(state)) for moment, state in service.week.states(now, end))
    found = enumerate(times(timeline, end).items())
    return tuple(Said(words, True, when, not n) for n, (words, when) in found if words)


def readings(service: Service, now: datetime) -> tuple[Said, ...]:
    """When the people of a service read what is sent to them, now and next; nothing where we are not sure of it."""
    if not service.hours_are_sure:
        return ()
    if service.never_closes:
        return (Said(say_reading(service.week.state(now), now)),)
    end = horizon(now)
    timeline = ((moment, say_reading(state, moment)) for moment, state in service.week.states(now, end))
    found = times(timeline, end).items()
    return tuple(Said(words, when=when, is_now=when.startswith("-")) for words, when in found if words)


def duty(service: Service, stand_in: Service | None, now: datetime) -> Iterator[Turn]:
    """A service and whoever stands in for it, whoever is on duty now first; both, when nothing is known any more."""
    if stand_in is None or not changes_hours(service):
        yield Turn(service, brief(service, now))
        return
    end = horizon(now)
    timeline = ((moment, service if state.is_open else stand_in) for moment, state in service.week.states(now, end))
    by_key = {found.key: found for found in (service, stand_in)}
    turns = dict.fromkeys(by_key, "") | times(((moment, on_duty.key) for moment, on_duty in timeline), end)
    for key in sorted(turns, key=lambda key: not turns[key].startswith("-")):
        when = f"{turns[key]} {minutes(end)}-".lstrip()
        yield Turn(by_key[key], brief(by_key[key], now), when, turns[key].startswith("-"))


def valid_until(services: Iterable[Service], now: datetime) -> datetime:
    """The next moment at which anything changes that pages say about hours: for whoever keeps pages in a cache.

    Midnight at the latest, when "tomorrow" becomes "today". Find help also says what time it is: it is not to be kept.
    """
    states = (service.week.state(now) for service in services if changes_hours(service))
    return min([midnight_after(now), *(state.changes for state in states if state.changes)])
