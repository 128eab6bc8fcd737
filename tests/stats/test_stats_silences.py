"""How short the longest silence may be."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from factcheck.errors import StatisticsError
from factcheck.stats.silences import EXACT, least_longest


def test_the_published_example() -> None:
    """Petrol stations at 1, 2, …, 10 and nine more of them: the largest distance can be halved (LeetCode 774)."""
    assert least_longest([1] * 9, 9) == Fraction(1, 2)


def test_every_way_of_placing_cuts() -> None:
    """Against all ways of dealing the cuts to the lengths, equal parts in each."""
    for lengths, cuts in (([20, 10], 1), ([20, 10], 2), ([7, 5, 3], 4), ([100, 1, 1], 6), ([6, 6, 6], 5)):
        ways = (dealt for dealt in product(range(cuts + 1), repeat=len(lengths)) if sum(dealt) == cuts)
        best = min(max(Fraction(n, j + 1) for n, j in zip(lengths, dealt, strict=True)) for dealt in ways)
        assert least_longest(lengths, cuts) == best


def test_nothing_to_cut_and_nothing_to_cut_with() -> None:
    assert least_longest([], 3) == 0
    assert least_longest([0, 0], 3) == 0
    assert least_longest([5, 2], 0) == 5


def test_many_events_take_a_bound_that_is_never_larger() -> None:
    exact = least_longest([20, 10], EXACT)
    assert 0 < least_longest([20, 10], EXACT + 1) <= exact
    assert least_longest([Fraction(30)], EXACT + 1) == Fraction(30, EXACT + 2)


def test_impossible_input() -> None:
    with pytest.raises(StatisticsError, match="negative"):
        least_longest([-1], 1)
    with pytest.raises(StatisticsError, match="events"):
        least_longest([1], -1)
