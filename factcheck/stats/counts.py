"""Intervals for counts: as an event, scaled by a sampling fraction, in a population of known size."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import SupportsIndex

from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.checks import fraction as checked_fraction
from factcheck.stats.checks import part, population_of, tail, whole
from factcheck.stats.search import first_whole, last_whole, widened


def garwood(k: SupportsIndex | float, level: float = 0.95) -> Bounds:
    """Exact interval for the expectation of a Poisson count of `k` events (Garwood 1936, Biometrika 28)."""
    from scipy.special import gammainccinv, gammaincinv

    count, outside = whole("k", k), tail(level)
    low = float(gammaincinv(count, outside)) if count else 0.0
    high = float(gammainccinv(count + 1, outside))
    notes = (Note.ZERO_EVENTS,) if count == 0 else ()
    return Bounds(low, high, "Garwood exact", notes, float(count), count, level)


def scaled_count(k: SupportsIndex | float, fraction: float | Fraction, level: float = 0.95) -> Bounds:
    """How many rows there are, when each entered the sample with probability `fraction` and `k` did.

    Exact inversion of Bin(K, fraction): every whole K under which neither k or more nor k or fewer
    rows would have a probability of (1 − level)/2 or less. The ends are whole numbers, and hold the
    estimate k/fraction between them even where it lies between two totals and only one is likely.
    """
    from scipy.special import betainc, betaincc

    count, share, outside = whole("k", k), checked_fraction("fraction", fraction), tail(level)
    if share == 1:
        return Bounds(count, count, "complete count", (Note.CENSUS,), float(count), count, level)
    estimate = count / share

    def enough(total: int) -> bool:  # P(at least k | total) is not too small
        return count == 0 or float(betainc(count, total - count + 1, share)) > outside

    def not_too_many(total: int) -> bool:  # P(at most k | total) is not too small
        return total == count or float(betaincc(count + 1, total - count, share)) > outside

    low = min(first_whole(enough, count, max(count, math.ceil(estimate))), math.floor(estimate))
    high = max(last_whole(not_too_many, max(count, math.floor(estimate))), math.ceil(estimate))
    notes = (Note.ZERO_EVENTS,) if count == 0 else ()
    return Bounds(low, high, "exact inversion of the binomial", notes, estimate, count, level)


def hypergeometric_total(
    k: SupportsIndex | float, n: SupportsIndex | float, population: SupportsIndex | float, level: float = 0.95
) -> Bounds:
    """How many of `population` rows count, when `k` of `n` drawn without replacement do.

    Exact inversion of the hypergeometric distribution, tail by tail (Katz 1953; Wright 1991, "Exact
    Confidence Bounds when Sampling from Small Finite Universes"). The ends as in `scaled_count`.
    """
    size, count = whole("n", n, 1), whole("k", k)
    part("k", count, "n", size)
    everyone, outside = population_of(size, population), tail(level)
    if everyone == size:
        return Bounds(count, count, "complete count", (Note.CENSUS,), float(count), size, level)
    most = everyone - (size - count)
    estimate = count * everyone / size
    middle = count * everyone // size

    def enough(total: int) -> bool:
        return _hypergeometric_tails(count, size, total, everyone)[1] > outside

    def not_too_many(total: int) -> bool:
        return _hypergeometric_tails(count, size, total, everyone)[0] > outside

    low = min(first_whole(enough, count, widened(enough, middle, most)), middle)
    high = max(last_whole(not_too_many, middle, most), math.ceil(estimate))
    notes = (Note.ZERO_EVENTS,) if count == 0 else (Note.ALL_EVENTS,) if count == size else ()
    return Bounds(low, high, "exact inversion of the hypergeometric", notes, estimate, size, level)


def _hypergeometric_tails(k: int, n: int, total: int, population: int) -> tuple[float, float]:
    """P(X ≤ k) and P(X ≥ k) for the number of counting rows among n drawn, `total` of `population` counting.

    Probabilities follow from their ratios to the neighbour, over a window of 12 standard deviations
    about the mean: differences of log-gammas would lose six digits at a population of 10⁹.
    """
    import numpy as np

    least, most = max(0, n - (population - total)), min(n, total)
    if k < least:
        return 0.0, 1.0
    if k > most:
        return 1.0, 0.0
    mean = n * total / population
    deviation = math.sqrt(max(mean * (1 - total / population) * (population - n) / max(population - 1, 1), 0))
    reach = 12 * deviation + 40
    start, stop = max(least, math.floor(mean - reach)), min(most, math.ceil(mean + reach))
    if k < start or k > stop:
        return (0.0, 1.0) if k < start else (1.0, 0.0)
    x = np.arange(start, stop, dtype=np.float64)
    steps = np.log(total - x) + np.log(n - x) - np.log(x + 1) - np.log((population - total - n) + x + 1)
    logs = np.concatenate(([0.0], np.cumsum(steps)))
    weights = np.exp(logs - logs.max())
    everything = float(weights.sum())
    at = k - start
    return float(weights[: at + 1].sum()) / everything, float(weights[at:].sum()) / everything
