"""What the checks say of one page as its readers would see it: its reading age, and words to look at again."""

from dataclasses import asdict, dataclass

from home.language.lint import lint
from home.reading_age import WORD, grade, hardest, lines_of_page
from home.telling import tells

#: The hardest grade that a page should have. Grade plus five is roughly a reading age.
AIMS = {"young": 5, "parents": 6, "": 6, "professionals": 9, "councillors": 9}
YEARS_BEFORE_SCHOOL = 5
#: A sentence of more words and a higher grade is hard on its own, also on an easy page. Short lines may hold a long
#: name, and so may sentences about the law; young people should not have to read either.
LONG = 12
HARDEST_SENTENCE = {"young": 9, "parents": 14, "": 14, "professionals": 17, "councillors": 17}

HARD_SENTENCE, TELLING_TITLE = "hard-sentence", "telling-title"


@dataclass(frozen=True)
class Look:
    """One thing to look at again: the rule that found it, and the line in which it stands."""

    rule: str
    text: str


@dataclass(frozen=True)
class Findings:
    """The reading age of a page and the age to aim at, in years, and what to look at again."""

    age: int
    aim: int
    looks: tuple[Look, ...]

    @property
    def hard_sentences(self) -> list[str]:
        return [look.text for look in self.looks if look.rule == HARD_SENTENCE]

    def to_json(self) -> dict[str, object]:
        return asdict(self) | {"hard": self.hard_sentences}


def look_at(html: str, audience: str, title: str, tab: str) -> Findings:
    """What to look at again on a page: from its HTML as readers get it, its heading, and the words of its tab."""
    # Somebody else's words are not ours to make easier.
    lines = lines_of_page(html, without="blockquote")
    aim = AIMS[audience]
    looks = [Look(f"words-{found.entry.key}", found.line) for found in lint(lines, audience)]
    looks += [Look(HARD_SENTENCE, sentence) for sentence in hard_sentences(lines, audience)]
    if tells(tab):
        looks.append(Look(TELLING_TITLE, title))
    return Findings(
        max(round(grade(lines)), 0) + YEARS_BEFORE_SCHOOL, aim + YEARS_BEFORE_SCHOOL, tuple(dict.fromkeys(looks))
    )


def hard_sentences(lines: list[str], audience: str) -> list[str]:
    """At most three sentences that push the grade up most; on an easy page those alone that are far too hard."""
    is_hard_page = grade(lines) > AIMS[audience]

    def is_hard(sentence: str) -> bool:
        return len(WORD.findall(sentence)) >= LONG and grade([sentence]) > HARDEST_SENTENCE[audience]

    return [sentence for sentence in hardest(lines, 3) if is_hard_page or is_hard(sentence)]
