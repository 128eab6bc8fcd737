"""Quantiles of weighted and clustered rows: against published examples, NumPy's own definitions, and simulation."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Note
from factcheck.stats.quantile import order_ranks
from factcheck.stats.units import Units
from factcheck.stats.weighted_quantile import designed_quantile, weighted_quantile

INF = math.inf


def singly(weights: Any) -> Units:
    return Units(np.asarray(weights, dtype=float), np.ones(len(weights)), len(weights), False)


# Worked by hand from the definition of a weighted median: Cormen, Leiserson, Rivest & Stein, Introduction to Algorithms,
# problem 9-2, has 0.1, 0.35, 0.05, 0.1, 0.15, 0.05, 0.2 with themselves as weights: the weighted median is 0.2.
def test_weighted_median_of_a_textbook() -> None:
    elements = [0.1, 0.35, 0.05, 0.1, 0.15, 0.05, 0.2]
    assert weighted_quantile(elements, elements, Fraction(1, 2)) == 0.2


@pytest.mark.parametrize("seed", range(20))
def test_whole_weights_repeat_rows(seed: int) -> None:
    """Hyndman and Fan's type 2, which NumPy calls averaged_inverted_cdf."""
    generator = np.random.default_rng(seed)
    values, weights = generator.integers(0, 9, 12).astype(float), generator.integers(0, 5, 12)
    if not weights.sum():
        weights[0] = 1
    rows = np.repeat(values, weights)
    for q in (0.1, 0.25, 0.5, 0.75, 0.9):
        expected = np.quantile(rows, q, method="averaged_inverted_cdf")
        assert weighted_quantile(values, weights, q) == pytest.approx(expected)
        assert weighted_quantile(values, weights * 0.1, q) == pytest.approx(expected)


def test_what_lies_without_bound_stays_so() -> None:
    assert weighted_quantile([1, INF], [1, 1], 0.5) == INF
    assert weighted_quantile([-INF, 1, 2], [1, 1, 1], 0.5) == 1
    assert weighted_quantile([7], [0.1], 0.5) == 7


@pytest.mark.parametrize(
    ("values", "weights", "q", "told"),
    [
        ([1], [0], 0.5, "weights must sum to more than 0"),
        ([1], [-1], 0.5, r"weights must be at least 0; got weights\[0\]=-1"),
        ([math.nan], [1], 0.5, "values must be a number"),
        ([1, 2], [1], 0.5, "must be as many"),
        ([1], [1], 1.5, "q must lie between 0 and 1; got q=1.5"),
    ],
)
def test_impossible_input_is_refused(values: Any, weights: Any, q: float, told: str) -> None:
    with pytest.raises(StatisticsError, match=told):
        weighted_quantile(values, weights, q)


@pytest.mark.parametrize("n", [7, 30, 101, 400])
@pytest.mark.parametrize("q", [0.1, 0.5, 0.9])
def test_rows_drawn_singly_are_the_order_statistics(n: int, q: float) -> None:
    """Conover's ranks, or one to three further out: the variance is estimated, with n − 1 degrees of freedom."""
    low, high = order_ranks(n, q)
    bounds = designed_quantile(singly(np.ones(n)), np.arange(n), np.arange(1, n + 1), np.ones(n), q).bounds
    if low is None:
        assert bounds.low == -INF
        assert Note.NO_ORDER_STATISTIC in bounds.notes
    else:
        assert low - 3 <= bounds.low <= low + 1 or bounds.low == -INF
    if high is None:
        assert bounds.high == INF
    else:
        assert high - 1 <= bounds.high <= high + 3 or bounds.high == INF


def test_clusters_of_like_rows_are_as_many_rows_as_clusters() -> None:
    values = np.repeat(np.arange(1.0, 61), 5)
    unit = np.repeat(np.arange(60), 5)
    clustered = designed_quantile(Units(np.full(60, 5.0), np.ones(60), 300, True), unit, values, np.ones(300))
    single = designed_quantile(singly(np.ones(60)), np.arange(60), np.arange(1.0, 61), np.ones(60))
    assert abs(clustered.bounds.low - single.bounds.low) <= 1
    assert abs(clustered.bounds.high - single.bounds.high) <= 1
    assert 50 <= clustered.effective_n <= 61


def test_missing_numbers_lie_anywhere_in_the_range() -> None:
    n, missing = 400, 40
    values, units = np.arange(1.0, n + 1), singly(np.ones(n + missing))
    known = designed_quantile(singly(np.ones(n)), np.arange(n), values, np.ones(n)).bounds
    doubtful = designed_quantile(units, np.arange(n), values, np.ones(n)).bounds
    assert doubtful.low == pytest.approx(known.low - missing / 2, abs=3)
    assert doubtful.high == pytest.approx(known.high + missing / 2, abs=3)
    # Where they outweigh the others, only the range bounds the quantile.
    most = designed_quantile(singly(np.ones(90)), np.arange(10), values[:10], np.ones(10), low=-5, high=900).bounds
    assert (most.low, most.high) == (-5, 900)


def test_weights_in_classes_change_a_limit_by_next_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(3)
    x, w = generator.lognormal(size=4000), generator.uniform(0.2, 3, 4000)
    exact = designed_quantile(singly(w), np.arange(4000), x, w).bounds
    monkeypatch.setattr("factcheck.stats.weighted_quantile.MOST_WEIGHTS", 100)
    classed = designed_quantile(singly(w), np.arange(4000), x, w).bounds
    ranks = np.searchsorted(np.sort(x), [exact.low, exact.high, classed.low, classed.high])
    assert abs(ranks[0] - ranks[2]) <= 1
    assert abs(ranks[1] - ranks[3]) <= 1


def test_like_units_may_be_given_once_and_in_any_order() -> None:
    generator = np.random.default_rng(1)
    x, w = generator.integers(0, 30, 500).astype(float), generator.choice([0.5, 1.0, 2.0], 500)
    order = generator.permutation(500)
    plain = designed_quantile(singly(w), np.arange(500), x, w)
    shuffled = designed_quantile(singly(w[order]), np.arange(500), x[order], w[order])
    kinds, times = np.unique(np.stack([x, w]), axis=1, return_counts=True)
    units = Units(kinds[1], times.astype(float), 500, False)
    once = designed_quantile(units, np.arange(len(times)), kinds[0], kinds[1])
    assert plain.bounds == shuffled.bounds == once.bounds


@pytest.mark.parametrize(("shared", "weighted"), [(0.0, True), (0.6, False), (0.6, True)])
def test_the_interval_holds_the_median(shared: float, weighted: bool) -> None:
    """Clusters of Pareto sizes whose rows share a part of their value; neither tail misses in more than 5 %."""
    generator, draws, below, above = np.random.default_rng(8), 300, 0, 0
    for _ in range(draws):
        sizes = np.minimum(1 + generator.pareto(1.5, 80).astype(int), 60)
        unit = np.repeat(np.arange(80), sizes)
        own, rows = generator.normal(size=80), int(sizes.sum())
        x = np.exp(math.sqrt(shared) * own[unit] + math.sqrt(1 - shared) * generator.normal(size=rows))
        w = generator.uniform(0.3, 3, rows) if weighted else np.ones(rows)
        kish = float(w.sum() ** 2 / (w**2).sum()) if weighted else None
        units = Units(np.bincount(unit, w, 80), np.ones(80), rows, True, kish)
        bounds = designed_quantile(units, unit, x, w).bounds
        below += bounds.low > 1
        above += bounds.high < 1
    assert below <= 0.05 * draws
    assert above <= 0.05 * draws
