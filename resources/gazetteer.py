"""Places and whose they are, as plain values: from the records, or from the snapshot while the database is away.

What somebody types is looked up in memory and kept nowhere.
"""

import re
import unicodedata
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process

from resources.postcodes import take_district

#: No place has a longer name; what comes behind is not read.
LONGEST = 60
#: How much of a misspelt name has to be right (0 to 100), and how many names are offered for it.
NEAR_ENOUGH, MOST_OFFERED = 72, 4
#: A box that offers names must not weigh more than the form around it.
MOST_SUGGESTED = 200


@dataclass(frozen=True)
class Area:
    """What a council looks after: whom to call by day and by night (keys of contacts), and whose police it is."""

    key: str
    name: str
    day: str
    night: str
    police: str
    note: str
    is_ours: bool


@dataclass(frozen=True)
class Spot:
    """A town, a village or a postcode district, with the keys of the areas it lies in."""

    name: str
    is_district: bool = False
    is_main: bool = True
    areas: tuple[str, ...] = ()
    board: str = ""
    note: str = ""


@dataclass(frozen=True)
class Found:
    """What became of something typed: the place, or the names it may have meant.

    `typed` may stand on a page again: of a full postcode it has the district.
    """

    typed: str = ""
    was_cut: bool = False
    spot: Spot | None = None
    near: tuple[str, ...] = ()


def tidy(typed: str) -> str:
    """One line of what a person can see; nothing that controls, turns round or hides."""
    spaced = "".join(" " if letter.isspace() else letter for letter in typed[: 50 * LONGEST])
    seen = "".join(letter for letter in spaced if letter == " " or unicodedata.category(letter)[0] != "C")
    return " ".join(seen.split())[:LONGEST].strip()


def fold(name: str) -> str:
    """A name without capitals, accents, hyphens and full stops."""
    said = name.replace("&", " and ").replace("’", "").replace("'", "")
    plain = unicodedata.normalize("NFKD", said).casefold()
    kept = "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.split())


def short(name: str) -> str:
    """A name without the county in brackets."""
    return re.sub(r"\(.*?\)", "", name)


@dataclass(frozen=True)
class Gazetteer:
    """All areas by name, and all places by name."""

    areas: tuple[Area, ...] = ()
    spots: tuple[Spot, ...] = ()

    @classmethod
    def load(cls) -> "Gazetteer":
        """From the live records, in two queries however many there are."""
        from resources.models import Authority, Place

        authorities = Authority.objects.filter(live=True).select_related("contact__when_closed")
        areas = tuple(
            Area(
                key=record.key,
                name=record.name,
                day=record.contact.key,
                night=record.contact.when_closed.key if record.contact.when_closed else "",
                police=record.police,
                note=record.note,
                is_ours=record.is_ours,
            )
            for record in authorities
        )
        live = {area.key for area in areas}
        columns = ("name", "kind", "is_main", "area_board__name", "note", "authorities__key")
        rows = Place.objects.filter(live=True).order_by("name", "authorities__name").values_list(*columns)
        spots: dict[str, Spot] = {}
        for name, kind, is_main, board, note, area in rows:
            before = spots[name].areas if name in spots else ()
            here = (*before, area) if area in live else before
            spots[name] = Spot(name, kind == Place.Kind.DISTRICT, is_main, here, board or "", note)
        return cls(areas, tuple(spots.values()))

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Gazetteer":
        """From the snapshot."""
        spots = tuple(Spot(**spot | {"areas": tuple(spot["areas"])}) for spot in stored["spots"])
        return cls(tuple(Area(**area) for area in stored["areas"]), spots)

    def to_json(self) -> dict[str, Any]:
        """For the snapshot."""
        return asdict(self)

    @cached_property
    def by_key(self) -> dict[str, Area]:
        return {area.key: area for area in self.areas}

    def areas_of(self, spot: Spot) -> list[Area]:
        """The areas of a place; none if it lies far away."""
        return [self.by_key[key] for key in spot.areas]

    @property
    def offered(self) -> list[Spot]:
        """The places that a box offers while somebody types: the larger ones, and not without end."""
        return [spot for spot in self.spots if spot.is_main and not spot.is_district][:MOST_SUGGESTED]

    def elsewhere(self, spot: Spot) -> list[Area]:
        """The areas of a place that are not ours."""
        return [area for area in self.areas_of(spot) if not area.is_ours]

    @property
    def suggestions(self) -> list[tuple[str, str]]:
        """The places that a box offers, and the keys of those whom one could call there besides our own team."""
        return [(spot.name, self._calls(spot)) for spot in self.offered]

    @property
    def understood(self) -> list[tuple[str, str]]:
        """Postcode districts that reach beyond our area: not offered, and known to a script all the same."""
        districts = [(spot.name, self._calls(spot)) for spot in self.spots if spot.is_district]
        return [(name, calls) for name, calls in districts if calls][:MOST_SUGGESTED]

    def _calls(self, spot: Spot) -> str:
        keys = [key for area in self.elsewhere(spot) for key in (area.day, area.night) if key]
        return " ".join(dict.fromkeys(keys))

    @property
    def ours(self) -> Area | None:
        """The area that the site is made for."""
        return next((area for area in self.areas if area.is_ours), None)

    def table(self) -> list[tuple[Area, list[Spot], list[Spot]]]:
        """Each area with its larger places and its postcode districts, ours first."""
        main: dict[str, list[Spot]] = {area.key: [] for area in self.areas}
        districts: dict[str, list[Spot]] = {area.key: [] for area in self.areas}
        for spot in [*self.offered, *(spot for spot in self.spots if spot.is_district)]:
            for key in spot.areas:
                (districts if spot.is_district else main)[key].append(spot)
        ordered = sorted(self.areas, key=lambda area: not area.is_ours)
        return [(area, main[area.key], districts[area.key]) for area in ordered]

    @cached_property
    def _named(self) -> dict[str, list[Spot]]:
        """Places by each way to write them; the areas themselves under their names."""
        named: dict[str, list[Spot]] = {}
        for spot in self.spots:
            for name in {fold(spot.name), fold(short(spot.name))}:
                named.setdefault(name, []).append(spot)
        for area in self.areas:
            named.setdefault(fold(area.name), [Spot(area.name, areas=(area.key,))])
        return named

    def find(self, typed: str, chosen: str = "") -> Found:
        """Look up what somebody typed; `chosen` is the name they picked of those that were offered."""
        line = tidy(typed)
        words, district, was_cut = take_district(line)
        shown = f"{words} {district}".strip() if was_cut else line
        exact = self.named(typed)
        near = [spot.name for spot in exact] if len(exact) > 1 else [] if exact else self._near(words)
        if chosen in near:
            [spot] = [spot for spots in self._named.values() for spot in spots if spot.name == chosen][:1]
            return Found(chosen, spot=spot)
        return Found(shown, was_cut, exact[0] if len(exact) == 1 else None, tuple(near))

    def named(self, typed: str) -> list[Spot]:
        """All places that are called what somebody typed, or else those of its postcode."""
        words, district, _ = take_district(tidy(typed))
        return self._exactly(words) or self._exactly(district)

    def in_words(self, name: str) -> str:
        """A place with its areas, for somebody who has to choose: "Gillingham, Dorset"."""
        spot = next((spot for spot in self.spots if spot.name == name), None)
        areas = " or ".join(area.name for area in self.areas_of(spot)) if spot else ""
        return f"{name}, {areas}" if areas else name

    def _exactly(self, words: str) -> list[Spot]:
        """The places with this name; the name of their area may stand behind it: "Gillingham, Dorset"."""
        name = fold(words)
        if name in self._named:
            return self._named[name]
        for area in self.areas:
            before = name.removesuffix(f" {fold(area.name)}")
            if before != name and before in self._named:
                return [spot for spot in self._named[before] if area.key in spot.areas]
        return []

    def _near(self, words: str) -> list[str]:
        """Names that begin alike, then those that are spelt much the same."""
        name = fold(words)
        if len(name) < 3:
            return []
        alike = [known for known in self._named if known.startswith(name) or name.startswith(f"{known} ")]
        spelt = process.extract(
            name, list(self._named), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=MOST_OFFERED
        )
        names = [spot.name for known in [*alike, *(found[0] for found in spelt)] for spot in self._named[known]]
        return list(dict.fromkeys(names))[:MOST_OFFERED]
