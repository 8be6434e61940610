"""A contact as pages use it: plain values, no database. Made from a live record, or from the snapshot on disk."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from resources.dial import sms, tel
from resources.hours import Span, SpecialHours, State, Week, say

if TYPE_CHECKING:
    from resources.models import Contact

DAY_NUMBERS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
AUDIENCES = ("young", "parents", "professionals", "councillors")
#: Kind of way: icon, words before the number or alone.
WAY_LOOKS = {
    "call": ("phone", "Call"),
    "text": ("text", "Text"),
    "chat": ("chat", "Chat online"),
    "online": ("screen", "Online form"),
    "sign": ("sign", "British Sign Language"),
    "relay": ("phone", "Relay UK"),
    "email": ("mail", "E-mail"),
    "site": ("screen", "Website"),
}


@dataclass(frozen=True)
class Way:
    """One way to reach a service: its link, and the words on it."""

    kind: str
    href: str
    number: str = ""
    word: str = ""

    @property
    def icon(self) -> str:
        return WAY_LOOKS[self.kind][0]

    @property
    def words(self) -> str:
        """ "Call 0800 1111", "Text SHOUT to 85258", "Chat online"."""
        verb = WAY_LOOKS[self.kind][1]
        if self.word:
            return f"{verb} {self.word} to {self.number}"
        return f"{verb} {self.number}" if self.number else verb

    @property
    def breakable(self) -> list[str]:
        """The words in pieces between which a narrow screen may break: an e-mail address before its "@"."""
        before, at, after = self.words.partition("@")
        return [before, at + after] if at else [before]


def way(kind: str, value: Any) -> Way:
    """A way from a stored block value."""
    if kind in ("call", "relay"):
        return Way(kind, tel(value), value)
    if kind == "text":
        return Way(kind, sms(value["number"], value["word"]), value["number"], value["word"])
    if kind == "email":
        return Way(kind, f"mailto:{value}", value)
    return Way(kind, value)


def ways_of(contact: "Contact") -> tuple[Way, ...]:
    """The ways of a record; its website where it names no other, so that a link never promises a form or a voice."""
    named = tuple(way(block.block_type, block.value) for block in contact.ways)
    return named or ((Way("site", contact.website),) if contact.website else ())


@dataclass(frozen=True)
class Service:
    """What a page may say of a contact."""

    key: str
    name: str
    label: str
    for_whom: str
    kind: str
    audiences: tuple[str, ...]
    ways: tuple[Way, ...]
    hours_words: str
    hours_are_sure: bool
    always_open: bool
    spans: tuple[dict[str, Any], ...]
    special_hours: tuple[dict[str, Any], ...]
    on_bank_holidays: str
    cost: str
    on_bill: str
    anonymous_words: str
    ages: str
    about: str
    cannot: str
    website: str
    checked: str
    in_help_strip: bool
    when_closed: str
    week: Week = field(init=False, compare=False, repr=False)

    #: What is words about a service; all else says how and when it is reached.
    WORDS: ClassVar = frozenset(
        [
            *("key", "name", "label", "for_whom", "kind", "audiences", "cost", "on_bill", "anonymous_words", "ages"),
            *("about", "cannot", "checked", "in_help_strip"),
        ]
    )

    def __post_init__(self) -> None:
        spans = [
            Span(
                frozenset(DAY_NUMBERS[day] for day in span["days"]),
                time.fromisoformat(span["since"]),
                clock_time(span["until"]),
                span["words"],
            )
            for span in self.spans
        ]
        special = [
            SpecialHours(
                date.fromisoformat(hours["day"]), clock_time(hours["since"]), clock_time(hours["until"]), hours["words"]
            )
            for hours in self.special_hours
        ]
        object.__setattr__(self, "week", Week(spans, self.on_bank_holidays, self.always_open, special))

    @classmethod
    def of(cls, contact: "Contact", keys: dict[int, str]) -> "Service":
        """From a record; `keys` maps primary keys of records to their keys."""
        return cls(
            key=contact.key,
            name=contact.name,
            label=contact.label or contact.name,
            for_whom=contact.for_whom,
            kind=contact.kind,
            audiences=tuple(a for a in AUDIENCES if getattr(contact, f"for_{a}")),
            ways=ways_of(contact),
            hours_words=contact.hours_words,
            hours_are_sure=contact.hours_confidence == "H" and (contact.always_open or bool(contact.hours)),
            always_open=contact.always_open,
            spans=tuple(span_values(block.value) for block in contact.hours),
            special_hours=tuple(special_values(block.value) for block in contact.special_hours),
            on_bank_holidays=contact.bank_holidays,
            cost=contact.cost,
            on_bill=contact.on_bill,
            anonymous_words=contact.anonymous_words,
            ages=contact.ages,
            about=contact.about,
            cannot=contact.cannot,
            website=contact.website,
            checked=contact.checked.isoformat() if contact.checked else "",
            in_help_strip=contact.in_help_strip,
            when_closed=keys.get(contact.when_closed_id or 0, ""),
        )

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Service":
        """From one entry of the snapshot."""
        lists = {name: tuple(stored[name]) for name in ("audiences", "spans", "special_hours")}
        return cls(**stored | lists | {"ways": tuple(Way(**way) for way in stored["ways"])})

    def to_json(self) -> dict[str, Any]:
        """For the snapshot."""
        stored = asdict(self)
        del stored["week"]
        return stored

    @property
    def number(self) -> str:
        """The first number to call, or to text, as people say it."""
        return self.first.number if self.first else ""

    @property
    def first(self) -> Way | None:
        """The way to offer first."""
        return self.ways[0] if self.ways else None

    @property
    def never_closes(self) -> bool:
        """Open day and night, on every date."""
        return self.always_open and not self.special_hours

    @property
    def checked_on(self) -> date | None:
        return date.fromisoformat(self.checked) if self.checked else None

    def state(self, now: datetime) -> State | None:
        """Open or closed, or None when we are not sure of the hours: then their page has to be asked."""
        return self.week.state(now) if self.hours_are_sure else None

    def state_words(self, now: datetime) -> str:
        state = self.state(now)
        return say(state, now) if state else ""


def clock_time(stored: str) -> time | None:
    """A time from its plain form; none is midnight at the end of a day, or no hours at all."""
    return time.fromisoformat(stored) if stored else None


def special_values(value: Any) -> dict[str, Any]:
    """A block of special hours as plain values."""
    return {
        "day": value["day"].isoformat(),
        "since": value["since"].isoformat("minutes") if value["since"] else "",
        "until": value["until"].isoformat("minutes") if value["until"] else "",
        "words": value["words"] or "",
    }


def span_values(value: Any) -> dict[str, Any]:
    """An hours block as plain values."""
    return {
        "days": list(value["days"]),
        "since": value["since"].isoformat("minutes"),
        "until": value["until"].isoformat("minutes") if value["until"] else "",
        "words": value["words"] or "",
    }
