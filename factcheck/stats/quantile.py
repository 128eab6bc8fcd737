"""Intervals for the median and other quantiles."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, SupportsIndex

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.checks import tail, whole
from factcheck.stats.histogram import Histogram, histogram
from factcheck.stats.search import first_whole

if TYPE_CHECKING:
    from factcheck.stats.histogram import Counts, Numbers


def order_ranks(
    n: SupportsIndex | float, q: float | Fraction = 0.5, level: float = 0.95
) -> tuple[int | None, int | None]:
    """Which of n sorted values (1 is the smallest) bound the q-quantile, each side at (1 + level)/2.

    The r-th value lies above the quantile only if at most r − 1 rows lie at or below it, which is
    binomial (Conover 1999, Practical Nonparametric Statistics, 3.2). None: no value will do.
    """
    from scipy.special import betainc, betaincc

    size, share, outside = whole("n", n, 1), float(_quantile(q)), tail(level)

    def low_enough(rank: int) -> bool:  # P(Bin(n, q) ≤ rank − 1)
        return rank == 0 or float(betaincc(rank, size - rank + 1, share)) <= outside

    def high_enough(rank: int) -> bool:  # P(Bin(n, q) ≥ rank)
        return rank == size + 1 or float(betainc(rank, size - rank + 1, share)) <= outside

    low = first_whole(lambda rank: not low_enough(rank), 0, size + 1) - 1
    high = first_whole(high_enough, 1, size + 1)
    return (low if low >= 1 else None), (high if high <= size else None)


def quantile_interval(
    values: Numbers, counts: Counts | None = None, q: float | Fraction = 0.5, level: float = 0.95
) -> Bounds:
    """The q-quantile of what a random sample was drawn from, between two of its values.

    `values` and `counts` of shape (d,): each value with how often it occurs. The estimate
    interpolates between neighbours (R's type 7). Ties only widen the interval. A side for which the
    sample is too small is unbounded, with a note. Conover (1999).
    """
    sample = histogram(values, counts)
    low_rank, high_rank = order_ranks(sample.n, q, level)
    low = -math.inf if low_rank is None else _value_at(sample, low_rank)
    high = math.inf if high_rank is None else _value_at(sample, high_rank)
    notes = (Note.NO_ORDER_STATISTIC,) if low_rank is None or high_rank is None else ()
    return Bounds(low, high, "order statistics", notes, _interpolated(sample, q), sample.n, level)


def quantile_with_unseen(
    values: Numbers,
    counts: Counts | None,
    unseen: SupportsIndex | float,
    q: float | Fraction = 0.5,
    low: float = -math.inf,
    high: float = math.inf,
) -> Bounds:
    """Where the q-quantile can lie when `unseen` further rows exist, each somewhere in [low, high].

    All of them below gives the low end, all above the high end: no sampling, only logic (type 7 at
    both ends). Values outside [low, high] are refused.
    """
    sample, more = histogram(values, counts), whole("unseen", unseen)
    if not (low <= sample.values[0] and sample.values[-1] <= high):
        span = f"{sample.values[0]} to {sample.values[-1]}"
        raise StatisticsError(f"values must lie in [low, high]; got values from {span}, low={low}, high={high}")
    position = _quantile(q) * (sample.n + more - 1)
    lowest = _between_ranks(lambda rank: low if rank <= more else _value_at(sample, rank - more), position)
    highest = _between_ranks(lambda rank: _value_at(sample, rank) if rank <= sample.n else high, position)
    method = "order statistics, unseen rows below or above"
    return Bounds(lowest, highest, method, (), _interpolated(sample, q), sample.n)


def _quantile(q: float | Fraction) -> Fraction:
    """q as the number that was written: 0.1 is 1/10, not the nearest binary fraction."""
    if not 0 < q < 1:
        raise StatisticsError(f"q must lie between 0 and 1; got q={q}")
    return q if isinstance(q, Fraction) else Fraction(repr(float(q)))


def _value_at(sample: Histogram, rank: int) -> float:
    """The rank-th smallest value, from 1."""
    import numpy as np

    return float(sample.values[int(np.searchsorted(np.cumsum(sample.counts), rank))])


def _interpolated(sample: Histogram, q: float | Fraction) -> float:
    return _between_ranks(lambda rank: _value_at(sample, rank), _quantile(q) * (sample.n - 1))


def _between_ranks(value_at: Callable[[int], float], position: Fraction) -> float:
    """The value at a position counted from 0, interpolated; an unbounded neighbour that has weight stays unbounded."""
    rank, weight = math.floor(position) + 1, float(position - math.floor(position))
    below = value_at(rank)
    if weight == 0:
        return below
    above = value_at(rank + 1)
    # At one infinite end only that end may be returned; between equal values no arithmetic is wanted.
    return below if below == above or math.isinf(below) else below + weight * (above - below)
