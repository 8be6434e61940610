"""Which pages answer a question, and which of them best: BM25 over the index, in one query whatever is asked."""

import math
from collections import defaultdict
from collections.abc import Mapping

from home.models import IndexedStem
from home.search.question import Alternative, Question

#: A page this much poorer than the best one does not answer the question.
POOREST = 0.12
#: What two words of a heading in a row add to what they are worth by themselves.
PAIR = 0.5
Weights = Mapping[int, float]


def rank(question: Question, pages: int) -> list[int]:
    """The pages that answer, the best first. `pages` is how many there are in all."""
    rows = IndexedStem.objects.filter(stem__in={*question.stems, *question.pairs}).values_list("stem", "page_id", "weight")
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for stem, page_id, weight in rows:
        found[stem][page_id] = weight
    rarity = {stem: math.log(1 + (pages - len(weights) + 0.5) / (len(weights) + 0.5)) for stem, weights in found.items()}
    score: dict[int, float] = defaultdict(float)
    reached: dict[int, int] = defaultdict(int)
    for concept in question.concepts:
        for page_id, points in best_of(concept, found, rarity).items():
            score[page_id] += points
            reached[page_id] += 1
    # Whoever writes three words means all three: a page that has two of them counts for less than its points.
    total = {page_id: points * (reached[page_id] / len(question.concepts)) ** 2 for page_id, points in score.items()}
    for pair in question.pairs:
        for page_id, weight in found.get(pair, {}).items():
            total[page_id] = total.get(page_id, 0) + PAIR * rarity[pair] * weight
    least = POOREST * max(total.values(), default=0)
    return sorted((page_id for page_id in total if total[page_id] >= least), key=lambda p: (-total[p], p))


def best_of(concept: list[Alternative], found: Mapping[str, Weights], rarity: Mapping[str, float]) -> dict[int, float]:
    """For each page that has one of the alternatives, what the best of them is worth there."""
    best: dict[int, float] = {}
    for alternative in concept:
        shelves = [found.get(stem, {}) for stem in alternative.stems]
        for page_id in set(shelves[0]).intersection(*shelves[1:]):
            points = alternative.factor * sum(
                rarity[stem] * shelf[page_id] for stem, shelf in zip(alternative.stems, shelves, strict=True)
            )
            best[page_id] = max(points, best.get(page_id, 0))
    return best
