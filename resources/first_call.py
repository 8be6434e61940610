"""Whom to call first about a child, when home, school and what happened may lie in different areas.

The rule of the law: the council where a child lives leads; the council where a child is found in danger has to act as
well; the police of the place where it happened look into a crime (Children Act 1989, sections 17 and 47).
"""

from dataclasses import dataclass, field

from resources.book import ContactBook, Listed
from resources.gazetteer import Area, Found, Gazetteer


@dataclass(frozen=True)
class Question:
    """A place that we ask for, what was typed there, and what it turned out to be."""

    key: str
    found: Found = field(default_factory=Found)
    area: Area | None = None
    #: Areas that the place lies in, of which the person chooses.
    choices: tuple[Area, ...] = ()
    #: Names that may have been meant, each as it is and with its areas.
    names: tuple[tuple[str, str], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the person has to choose before we can answer."""
        return self.area is None and bool(self.choices or self.names)

    @property
    def is_unknown(self) -> bool:
        """Whether something was typed that we know nothing of, or that lies far away."""
        return bool(self.found.typed) and self.area is None and not self.is_open


def ask(gazetteer: Gazetteer, key: str, typed: str, chosen: str) -> Question:
    """Look up what was typed in a box; `chosen` is what was picked of the names or the areas offered for it."""
    found = gazetteer.find(typed, chosen)
    areas = gazetteer.areas_of(found.spot) if found.spot else []
    if len(areas) > 1:
        picked = next((area for area in areas if area.key == chosen), None)
        return Question(key, found, picked, tuple(areas))
    names = tuple((name, gazetteer.in_words(name)) for name in found.near)
    return Question(key, found, areas[0] if areas else None, names=names)


@dataclass(frozen=True)
class Team:
    """Who answers for an area: the day's contact and the night's, as they stand now. Either may not be live."""

    area: Area
    day: Listed | None
    night: Listed | None

    @classmethod
    def of(cls, area: Area, book: ContactBook) -> "Team":
        day, night = (book.get(key) for key in (area.day, area.night))
        return cls(area, book.listed(day) if day else None, book.listed(night) if night else None)

    @property
    def in_turn(self) -> list[Listed]:
        """Those with a number, whoever answers now first."""
        known = [listed for listed in (self.day, self.night) if listed and listed.service.number]
        is_closed = self.day is not None and self.day.is_open is False
        return known[::-1] if is_closed else known

    @property
    def has_number(self) -> bool:
        return bool(self.in_turn)


@dataclass(frozen=True)
class Advice:
    """Whom to call first, and who else has a part."""

    first: Team
    #: Why this one: the key of the question that decided it.
    because: str
    ours: Team | None
    school: Area | None
    happened: Area | None

    @property
    def police(self) -> Area:
        """The area whose police look into it: where it happened, or else where we start."""
        return self.happened or self.first.area

    @property
    def school_is_elsewhere(self) -> bool:
        return self.school is not None and self.school != self.first.area

    @property
    def happened_elsewhere(self) -> bool:
        return self.happened is not None and self.happened != self.first.area


#: What decides where to start, the strongest first.
ORDER = ("lives", "happened", "school")


def advise(questions: dict[str, Question], book: ContactBook) -> Advice | None:
    """Who to call first; None while the place that decides it is unknown, or has to be chosen."""
    lives = questions["lives"]
    if lives.is_open or lives.is_unknown:
        return None
    because = next((key for key in ORDER if questions[key].area), "")
    decides = questions[because].area if because else None
    if decides is None:
        return None
    ours = book.gazetteer.ours
    return Advice(
        first=Team.of(decides, book),
        because=because,
        ours=Team.of(ours, book) if ours else None,
        school=questions["school"].area,
        happened=questions["happened"].area,
    )
