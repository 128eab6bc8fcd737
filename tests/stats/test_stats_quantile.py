"""Quantiles: a printed table of order statistics, exact tails, partial collection, coverage."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Note
from factcheck.stats.quantile import order_ranks, quantile_interval, quantile_with_unseen


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [
        # A textbook's "Table A.7: Confidence Intervals for the Population Median" (coursehero.com/file/5646626/A7):
        # its shortest intervals of at least 95 %, from 96.9 % for n = 6 to 95.9 % for n = 20.
        (6, 1, 6),
        (7, 1, 7),
        (8, 1, 8),
        (9, 2, 8),
        (10, 2, 9),
        (11, 2, 10),
        (12, 3, 10),
        (13, 3, 11),
        (14, 3, 12),
        (15, 4, 12),
        (16, 4, 13),
        (17, 5, 13),
        (18, 5, 14),
        (19, 5, 15),
        (20, 6, 15),
    ],
)
def test_table_of_the_median(n: int, low: int, high: int) -> None:
    assert order_ranks(n) == (low, high)


def test_five_rows_bound_no_median() -> None:
    # 2·(1/2)⁵ = 6.25 % lie outside [x₁, x₅]: the same table gives 93.8 %.
    assert order_ranks(5) == (None, None)
    found = quantile_interval([1, 2, 3, 4, 5])
    assert (found.low, found.high, found.estimate) == (-math.inf, math.inf, 3)
    assert found.notes == (Note.NO_ORDER_STATISTIC,)


@pytest.mark.parametrize("q", [Fraction(1, 10), 0.25, 0.9, 0.99])
@pytest.mark.parametrize("n", [3, 40, 1000])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_tails_are_binomial(n: int, q: float | Fraction, level: float) -> None:
    # Oracle: scipy's binomial tails; one rank farther in would leave too much outside.
    low, high = order_ranks(n, q, level)
    outside = (1 - level) / 2
    below, above = (low or 0), (n + 1 if high is None else high)
    assert stats.binom.cdf(below - 1, n, float(q)) <= outside < stats.binom.cdf(below, n, float(q))
    assert stats.binom.sf(above - 1, n, float(q)) <= outside < stats.binom.sf(above - 2, n, float(q))


def test_a_high_quantile_of_few_rows_has_no_upper_end() -> None:
    found = quantile_interval(range(1, 21), q=0.9)
    assert found.high == math.inf
    assert found.low == 15
    assert found.notes == (Note.NO_ORDER_STATISTIC,)


def test_values_with_counts() -> None:
    assert quantile_interval([3, 1, 2], [10, 20, 30]) == quantile_interval([1] * 20 + [2] * 30 + [3] * 10)
    # The estimate is R's type 7, numpy's default.
    values = [4, 8, 15, 16, 23, 42]
    for q in (0.1, 0.25, 0.5, 0.8):
        assert quantile_interval(values, q=q).estimate == pytest.approx(np.quantile(values, q))


def test_a_quantile_is_the_number_written() -> None:
    # 0.1·(11 − 1) is exactly position 1; the binary 0.1 must not slip beside it.
    assert quantile_interval(range(11), q=0.1).estimate == 1
    assert quantile_interval(range(11), q=0.7).estimate == 7


def test_unseen_rows() -> None:
    # Seven seen, two unseen: of nine the fifth is the median, seen as the third (both below) or the fifth (both above).
    found = quantile_with_unseen([1, 2, 3, 4, 5, 6, 7], None, 2)
    assert (found.low, found.high, found.estimate) == (3, 5, 4)
    assert quantile_with_unseen([1, 2], None, 0).low == 1.5
    far = quantile_with_unseen([1, 2], None, 5, low=0)
    assert (far.low, far.high) == (0, math.inf)
    # Between an unseen and a seen row the quantile is unbounded where the unseen one is.
    assert quantile_with_unseen([5, 6], None, 2).low == -math.inf
    assert quantile_with_unseen([5, 6], None, 2, low=1, high=9).low == 3
    assert quantile_with_unseen([5, 6], None, 2, low=1, high=9).high == 7.5


def test_unseen_rows_against_every_completion() -> None:
    # Oracle: every way to place three unseen values on a grid, by numpy's quantile.
    seen, ends = [2, 3, 3, 7], (0, 10)
    found = quantile_with_unseen(seen, None, 3, q=0.3, low=ends[0], high=ends[1])
    completions = [np.quantile([*seen, a, b, c], 0.3) for a in range(11) for b in range(11) for c in range(11)]
    assert found.low == pytest.approx(min(completions))
    assert found.high == pytest.approx(max(completions))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: quantile_interval([1, 2], q=0), "q must lie between 0 and 1; got q=0"),
        (lambda: quantile_interval([1, 2], q=1.5), "q must lie between 0 and 1; got q=1.5"),
        (lambda: order_ranks(0), "n must be a whole number of at least 1; got n=0"),
        (lambda: quantile_interval([]), "values must hold at least one number; got n=0"),
        (
            lambda: quantile_with_unseen([1, 5], None, 2, high=4),
            "values must lie in [low, high]; got values from 1.0 to 5.0, low=-inf, high=4",
        ),
        (lambda: quantile_with_unseen([1], None, -2), "unseen must be a whole number of at least 0; got unseen=-2"),
    ],
)
def test_impossible_input(call: object, message: str) -> None:
    with pytest.raises(StatisticsError) as caught:
        call()  # type: ignore[operator]  # the calls above
    assert str(caught.value) == message


def test_coverage_with_ties() -> None:
    """Simulated, 2,000 samples of 41 small counts: order statistics are exact, ties only widen; noise 0.8 points."""
    generator = np.random.default_rng(13)
    found = [quantile_interval(row, q=0.75) for row in generator.poisson(2.0, size=(2000, 41))]
    assert np.mean([f.low > 3 for f in found]) <= 0.033  # Poisson(2): P(X ≤ 2) = 0.68, P(X ≤ 3) = 0.86
    assert np.mean([f.high < 3 for f in found]) <= 0.033
