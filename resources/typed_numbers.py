"""Phone numbers that somebody typed into a text, where the key of a contact belongs.

A typed number goes stale unseen, and a stale number keeps a child waiting. So a text that holds one stays a draft, and
whoever wrote it is told which contact record to name instead. What counts as a number: what a phone could dial, the
short codes of our own records, and digits that directly follow a word of calling. Years, dates, prices and counts do
not count (tests/resources/test_typed_numbers.py keeps the list).
"""

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import StreamField

from resources.dial import REGION, RELAY_PREFIX, is_dial_string
from resources.service import way
from resources.tokens import MEANT

#: What may stand between two digits of one number, as people write them.
GAP = r"[ .()\u2010-\u2015-]"
#: Digits that belong together: no letter, digit, currency or decimal sign touches them.
RUN = re.compile(rf"(?<![\w.,£$€:])(?<!ISBN )(?:\+|\(\+)?\(?\d(?:{GAP}{{0,3}}\d)*(?![\w%:]|[.,]\d)")
YEAR = re.compile(r"(?:19|20)\d\d")
#: Said somewhere in a sentence, or right before three digits, these make a short code of them: "Call 101", "NHS 111".
CALLING = re.compile(r"\b(?:call|ring|dial|phone|telephone|tel|emergency|emergencies)\b", re.IGNORECASE)
CALLED = re.compile(r"\b(?:NHS|police|ambulance)\W+$", re.IGNORECASE)
#: Said right before more digits, these make a number of them: "ring us on 716871", "text HELP to 61016".
CALLING_NOW = re.compile(r"\b(?:call|ring|dial|phone|telephone|tel|text)\W+(?:\w+\W+){0,3}?$", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<!\btel)[.!?]\s+|\n", re.IGNORECASE)
ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+")
TEL_LINK = re.compile(r"""href\s*=\s*["'](?:tel|sms):([^"'?]*)""", re.IGNORECASE)
INLINE_TAG = re.compile(r"</?(?:b|strong|i|em|a|span)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
#: Lengths: the shortest local number and the longest that can be dialled (E.164 and its prefix 00).
LOCAL, LONGEST = 5, 17


@dataclass(frozen=True)
class Typed:
    """A number as it was typed, and its digits as a phone in this country dials them."""

    written: str
    dialled: str


def home_digits(digits: str) -> str:
    """As dialled at home: +44 1632 960001, 0044 1632 960001 and +44 (0)1632 960001 are all 01632 960001."""
    return re.sub(r"^(?:\+|00)440?", "0", digits)


def plain(text: str) -> str:
    """The words of a text, plain or rich, with digits and spaces as everybody writes them; what we look up is out."""
    words = TAG.sub("\n", INLINE_TAG.sub("", text))
    words = unicodedata.normalize("NFKC", unescape(words))
    words = "".join(letter for letter in words if unicodedata.category(letter) != "Cf")
    words = re.sub(r"[^\S\n]", " ", words)
    return ADDRESS.sub(" ", MEANT.sub(" ", words))


def is_number(digits: str) -> bool:
    """Whether these digits are a phone number by their look alone. With a digit missing it is still meant as one."""
    dialled = home_digits(digits)
    if len(dialled) > LONGEST:
        return False
    if re.fullmatch(r"0[1-9]\d{8,9}", dialled):
        return True
    if dialled.startswith(("+", "00")):
        try:
            return phonenumbers.is_possible_number(phonenumbers.parse(re.sub("^00", "+", dialled), REGION))
        except phonenumbers.NumberParseException:
            return False
    if dialled.startswith(RELAY_PREFIX):
        return is_dial_string(dialled)
    # Numbers such as 0800 1111 are shorter than others; the library knows them.
    return dialled.startswith("0") and len(dialled) > LOCAL and is_dial_string(dialled)


def our_numbers() -> dict[str, Any]:
    """Every number of every contact record, live or draft, by its digits."""
    from resources.models import Contact

    found: dict[str, Any] = {}
    for contact in Contact.objects.order_by("live", "-sort_order"):  # the last one wins: live ones, first ones
        for block in contact.ways:
            number = way(block.block_type, block.value).number
            if digits := re.sub(r"\D", "", number if "@" not in number else ""):
                found[digits] = contact
    return found


def typed_numbers(text: str, ours: dict[str, Any] | None = None) -> list[Typed]:
    """The phone numbers that stand in a text, plain or rich, in order."""
    linked = [Typed(number, home_digits(re.sub(r"[^\d+]", "", number))) for number in TEL_LINK.findall(text)]
    words = plain(text)
    if not re.search(r"\d", words):
        return linked
    runs = [
        (run[0].strip(" .-("), sentence, sentence[: run.start()])
        for sentence in SENTENCE_END.split(words)
        for run in RUN.finditer(sentence)
        if not YEAR.fullmatch(run[0])
    ]
    if runs and ours is None:
        ours = our_numbers()
    return linked + [
        Typed(written, home_digits(re.sub(r"[^\d+]", "", written)))
        for written, sentence, before in runs
        if is_meant_as_number(re.sub(r"[^\d+]", "", written), sentence, before, ours or {})
    ]


def is_meant_as_number(digits: str, sentence: str, before: str, ours: dict[str, Any]) -> bool:
    """Whether these digits are a phone number where they stand: in this sentence, behind these words."""
    if is_number(digits):
        return True
    if len(digits) < LOCAL:
        return digits in ours and bool(CALLING.search(sentence) or CALLED.search(before))
    return digits in ours or (len(digits) <= LONGEST and bool(CALLING_NOW.search(before)))


def refuse_typed_numbers(text: object) -> None:
    """Refuse a text that holds phone numbers, and name the contact record to use instead of each."""
    if numbers := typed_numbers(str(text)):
        ours = our_numbers()
        raise ValidationError([advice(number, ours) for number in numbers])


def advice(number: Typed, ours: dict[str, Any]) -> ValidationError:
    """What to do about one typed number."""
    if contact := ours.get(number.dialled):
        words = "“%(number)s” is %(name)s: write [[%(key)s]] and the number stays right."
    else:
        words = (
            "“%(number)s” looks like a phone number, and no contact has it. Add it under Contacts first, then write "
            "the contact’s key here, like [[childline]]."
        )
    details = {"name": contact.name, "key": contact.key} if contact else {}
    return ValidationError(words, params={"number": number.written} | details, code="typed_number")


def texts_in(stored: Any) -> list[str]:
    """Every text in the stored form of a stream field, however deep it lies; block types and ids are none."""
    if isinstance(stored, str):
        return [stored]
    if isinstance(stored, dict):
        values = [stored["value"]] if {"type", "value"} <= stored.keys() else list(stored.values())
    elif isinstance(stored, list | tuple):
        values = list(stored)
    else:
        return []
    return [text for value in values for text in texts_in(value)]


class NoTypedNumbers(models.Model):
    """A record whose texts hold no phone numbers once it is live. A draft may: nothing that was typed is lost."""

    #: Set by the form of the editor: a draft may be unfinished.
    is_checked_as_draft = False
    #: Texts that no reader sees, such as words that are looked for: a number may stand there.
    unread: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        super().clean_fields(exclude=exclude)
        if self.is_checked_as_draft:
            return
        errors = {}
        for field in self._meta.concrete_fields:
            if field.name in {*(exclude or ()), *self.unread} or not is_text(field):
                continue
            try:
                refuse_typed_numbers("\n".join(texts_in(field.get_prep_value(getattr(self, field.name)))))
            except ValidationError as error:
                errors[field.name] = error
        if errors:
            raise ValidationError(errors)


class CheckedWhenLive(NoTypedNumbers):
    """A record that is checked once more when it goes live, whatever path it came by. Pages do so by themselves."""

    live: bool

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A draft of what is live writes other fields only.
        if self.live and "live" in (kwargs.get("update_fields") or ("live",)):
            self.full_clean()
        super().save(*args, **kwargs)


def is_text(field: "models.Field[Any, Any]") -> bool:
    """Whether a field holds words that people read."""
    # What is unique is a key for programs, such as a page's place in the tree.
    if isinstance(field, models.SlugField | models.URLField | models.EmailField) or field.choices or field.unique:
        return False
    return isinstance(field, models.CharField | models.TextField | StreamField)


class ChecksDrafts:
    """Mixin of an editor's form: tells the record whether it is checked as a draft or to be published."""

    def _post_clean(self) -> None:
        self.instance.is_checked_as_draft = self.is_deferred_validation  # type: ignore[attr-defined]
        super()._post_clean()  # type: ignore[misc]
