"""The answer to a question: pages with the lines that say it, contacts by name, and help that stands above all."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString

from home.languages import address_of
from home.models import IndexedPage
from home.search.lexicon import Distress, Lexicon
from home.search.passages import Passages
from home.search.question import Question, understand
from home.search.ranking import rank
from resources.ahead import Turn
from resources.book import ContactBook, Listed
from resources.tokens import with_numbers

#: More than a phone's screen or two nobody reads: another word finds better than another page.
MOST_RESULTS = 10
PAGE = ("page__title", "page__path", "page__url_path")


@dataclass(frozen=True)
class Result:
    """A page that answers: where it stands, behind which door, and the words that were found in it."""

    title: str
    href: str
    door: str
    audience: str
    passage: SafeString
    is_promoted: bool


@dataclass(frozen=True)
class Help:
    """What somebody in distress sees first."""

    heading: str
    text: str
    people: list[Turn]
    is_danger: bool
    page: Result | None


@dataclass(frozen=True)
class Answer:
    """`also` are the words that were looked for beside mistyped ones; `more` is how many results are not shown."""

    results: list[Result]
    more: int
    contacts: list[Listed]
    help: list[Help]
    also: list[str]
    is_empty: bool


def answer(text: str, lexicon: Lexicon, book: ContactBook) -> Answer:
    """Search for what was typed, in two queries: the stems, and the pages that are shown."""
    question = understand(text, lexicon)
    ranked = rank(question, lexicon.pages)
    order = list(dict.fromkeys([*question.promoted, *ranked]))
    shown = order[:MOST_RESULTS]
    wanted = {*shown, *(d.page_id for d in question.distress if d.page_id)}
    results = read(wanted, question, lexicon, book)
    return Answer(
        results=[results[page_id] for page_id in shown if page_id in results],
        more=len(order) - len(shown),
        contacts=listed(question.contacts, book),
        help=[help_for(distress, results, book) for distress in question.distress],
        also=question.also,
        is_empty=not question.concepts and not order,
    )


def read(wanted: set[int], question: Question, lexicon: Lexicon, book: ContactBook) -> dict[int, Result]:
    """These pages as results. A page that is not live, whatever the index says, is not among them."""
    passages = Passages(form for stem in question.stems for form in lexicon.forms.get(stem, ()))
    found = IndexedPage.objects.filter(pk__in=wanted, page__live=True)
    results = {}
    for pk, text, title, path, url_path in found.values_list("pk", "text", *PAGE):
        door, audience = lexicon.door_of(path)
        passage = with_numbers(passages.of(text), book)
        href = address_of(url_path, settings.LANGUAGE_CODE)
        results[pk] = Result(title, href, door, audience, passage, is_promoted=pk in question.promoted)
    return results


def help_for(distress: Distress, results: dict[int, Result], book: ContactBook) -> Help:
    """Whoever answers now, and the page to read."""
    page = results.get(distress.page_id) if distress.page_id else None
    return Help(distress.heading, distress.text, book.turns(distress.contacts), distress.is_danger, page)


def listed(keys: list[str], book: ContactBook) -> list[Listed]:
    return [book.listed(service) for key in keys if (service := book.get(key))]
