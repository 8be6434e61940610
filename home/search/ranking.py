"""Which pages answer a question, and which of them best: BM25 over the index, in one query whatever is asked."""

import math
from collections import defaultdict

from home.models import IndexedStem
from home.search.question import Alternative, Question

#: A page this much poorer than the best one does not answer the question.
POOREST = 0.12
#: What two words of a heading in a row add to what they are worth by themselves.
PAIR = 0.5


def rank(question: Question, pages: int) -> list[int]:
    """The pages that answer, the best first. `pages` is how many there are in all."""
    rows = IndexedStem.objects.filter(stem__in={*question.stems, *question.pairs})
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for stem, page_id, weight in rows.values_list("stem", "page_id", "weight"):
        found[stem][page_id] = weight
    score: dict[int, float] = defaultdict(float)
    reached: dict[int, int] = defaultdict(int)
    for concept in question.concepts:
        for page_id, points in best_of(concept, found, pages).items():
            score[page_id] += points
            reached[page_id] += 1
    # Whoever writes three words means all three: a page that has two of them counts for less than its points.
    total = {page_id: points * (reached[page_id] / len(question.concepts)) ** 2 for page_id, points in score.items()}
    for pair in question.pairs:
        for page_id, weight in found[pair].items():
            if page_id in total or not question.concepts:
                total[page_id] = total.get(page_id, 0) + PAIR * rarity(len(found[pair]), pages) * weight
    least = POOREST * max(total.values(), default=0)
    return sorted((page_id for page_id in total if total[page_id] >= least), key=lambda p: (-total[p], p))


def rarity(having: int, pages: int) -> float:
    """How much it says that a page has a word which `having` of all pages have."""
    return math.log(1 + (pages - having + 0.5) / (having + 0.5))


def best_of(concept: list[Alternative], found: dict[str, dict[int, float]], pages: int) -> dict[int, float]:
    """For each page that has one of the alternatives, what the best of them is worth there.

    Words that nobody typed are as rare as all alternatives together: "counsellor" stands on few pages, but whoever
    types "talk" wants the pages about talking.
    """
    shelves = [[found[stem] for stem in alternative.stems] for alternative in concept]
    having = [set(shelf[0]).intersection(*shelf[1:]) for shelf in shelves]
    together = rarity(len(set().union(*having)), pages)
    best: dict[int, float] = {}
    for alternative, shelf, page_ids in zip(concept, shelves, having, strict=True):
        worth = [rarity(len(stem), pages) for stem in shelf]
        for page_id in page_ids:
            if alternative.is_typed:
                points = sum(value * stem[page_id] for value, stem in zip(worth, shelf, strict=True))
            else:
                points = min(min(value, together) * stem[page_id] for value, stem in zip(worth, shelf, strict=True))
            best[page_id] = max(points * alternative.factor, best.get(page_id, 0))
    return best
