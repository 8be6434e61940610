"""Counts by month: right, and none from which one report could be worked out."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from reporting.inbox.counts import SMALLEST, Table, band, suppress, tables
from reporting.inbox.models import Report
from reporting.inbox.models.key import MAIN_INBOX, RESTRICTED_INBOX

#: Two months before the one under way.
NOON = timezone.now().replace(day=1, hour=12, minute=0, second=0, microsecond=0)
EARLIER = (NOON - timedelta(days=40)).replace(day=9)


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([0, 0, 0], [0, 0, 0, 0]),
        ([5, 0, 12], [5, 0, 12, 17]),
        ([3, 8, 20], [None, None, 20, 31]),
        ([3, 0, 0], [None, None, None, None]),
        ([1, 1, 30], [None, None, None, 32]),
        ([4, 4, 30], [None, None, 30, 38]),
    ],
)
def test_small_counts_are_hidden_and_what_would_tell_them(cells: list[int], shown: list[int | None]) -> None:
    assert suppress(cells) == shown


def could_be(shown: list[int | None]) -> list[tuple[int, ...]]:
    """Every row of counts that a reader who knows the rule for small counts cannot rule out."""
    *cells, total = shown
    assert total is not None
    left = total - sum(cell for cell in cells if cell is not None)
    hidden = sum(cell is None for cell in cells)
    return [guess for guess in product(range(1, left + 1), repeat=hidden) if sum(guess) == left]


@given(st.lists(st.integers(0, 14), min_size=2, max_size=4))
def test_no_hidden_count_can_be_worked_out(cells: list[int]) -> None:
    shown = suppress(cells)
    assert all(cell == true for cell, true in zip(shown, [*cells, sum(cells)], strict=True) if cell is not None)
    assert not [cell for cell in shown[:-1] if cell is not None and 0 < cell < SMALLEST]
    if shown[-1] is None:
        assert set(shown) == {None}
        return
    for values in zip(*could_be(shown), strict=True):
        assert len(set(values)) >= SMALLEST
        assert max(values) >= SMALLEST


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0, "within 4 hours"), (4, "within 4 hours"), (5, "within a day"), (72, "within 3 days"), (73, "later")],
)
def test_the_time_to_a_decision(hours: int, words: str) -> None:
    assert band(timedelta(hours=hours)) == words


def make(many: int, **fields: Any) -> None:
    start = Report.objects.count()
    Report.objects.bulk_create(
        Report(**{"reference": f"A2-{start + n:03}", "received_hour": EARLIER, "danger": False} | fields)
        for n in range(many)
    )


def found(name: str, inboxes: tuple[str, ...] = (MAIN_INBOX,)) -> Table:
    return next(table for table in tables(inboxes) if table.name == name)


@pytest.mark.django_db
def test_months_that_are_over_are_counted(django_assert_num_queries: Any) -> None:
    make(6, urgency="red")
    make(9, urgency="amber")
    make(7, urgency="red", received_hour=timezone.now())
    make(5, urgency="red", inbox=RESTRICTED_INBOX)
    with django_assert_num_queries(6):
        urgency = found("Urgency")
    assert [words for _, words in urgency.columns] == ["Now", "Today", "This week", "Information", "Not set"]
    assert urgency.rows == ((EARLIER.date().replace(day=1), (6, 9, 0, 0, 0, 15)),)
    assert found("Time to the first decision").rows[0][1] == (0, 0, 0, 0, 15, 15)
    assert found("Urgency", (MAIN_INBOX, RESTRICTED_INBOX)).rows[0][1][0] == 11


@pytest.mark.django_db
def test_a_month_is_the_teams_own() -> None:
    make(5, received_hour=datetime(2026, 5, 31, 23, 0, tzinfo=UTC))
    [(month, _)] = found("Urgency").rows
    assert (month.month, month.day) == (6, 1), "11pm UTC on 31 May is 1 June in Britain"
