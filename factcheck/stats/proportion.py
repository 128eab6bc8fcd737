"""Intervals for one proportion: k of n rows count."""

from __future__ import annotations

import math
from typing import SupportsIndex

from factcheck.stats.bounds import Bounds, Note, between
from factcheck.stats.checks import normal_quantile, part, population_of, rows_if_whole, tail, whole
from factcheck.stats.counts import hypergeometric_total

EXACT_BELOW = 20  # fewer rows than this on either side: the exact interval


def clopper_pearson(k: float, n: float, level: float = 0.95) -> Bounds:
    """Exact interval for a proportion (Clopper & Pearson 1934, Biometrika 26).

    k and n may be real numbers (effective sample sizes), n above 0.
    """
    from scipy.special import betaincinv

    part("k", k, "n", n)
    outside = tail(level)
    low = float(betaincinv(k, n - k + 1, outside)) if k > 0 else 0.0
    high = float(betaincinv(k + 1, n - k, 1 - outside)) if k < n else 1.0
    # With less than one effective row and k near an end, rounding may pass the estimate by an ulp.
    low, high = min(low, k / n), max(high, k / n)
    return Bounds(low, high, "Clopper–Pearson", _event_notes(k, n), k / n, rows_if_whole(n), level)


def wilson(k: float, n: float, level: float = 0.95) -> Bounds:
    """Score interval for a proportion (Wilson 1927, JASA 22). k and n may be real numbers, n above 0."""
    part("k", k, "n", n)
    z2 = normal_quantile(level) ** 2
    p = k / n
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (p * (1 - p) + z2 / (4 * n)) / n) / (1 + z2 / n)
    low = 0.0 if k == 0 else max(0.0, centre - half)
    high = 1.0 if k == n else min(1.0, centre + half)
    return Bounds(low, high, "Wilson", _event_notes(k, n), p, rows_if_whole(n), level)


def proportion(
    k: SupportsIndex | float,
    n: SupportsIndex | float,
    level: float = 0.95,
    population: SupportsIndex | float | None = None,
) -> Bounds:
    """The interval for a share of a random sample of `n` rows, `k` of which count.

    Clopper–Pearson where k or n − k is below 20, else Wilson. In a population of known size N: the
    exact hypergeometric interval where k or n − k is below 20 or more than half of the population was
    drawn, else Wilson with n′ = n(N − 1)/(N − n); a census is a point. (n′ alone leaves up to 20 %
    of samples outside one end when few rows count and most of the population was drawn.)
    """
    count, size = whole("k", k), whole("n", n, 1)
    part("k", count, "n", size)
    few = min(count, size - count) < EXACT_BELOW
    if population is None:
        return clopper_pearson(count, size, level) if few else wilson(count, size, level)
    everyone = population_of(size, population)
    if few or 2 * size > everyone:
        return _of_total(hypergeometric_total(count, size, everyone, level), count, size, everyone)
    effective = finite_population_n(size, everyone)
    found = wilson(count / size * effective, effective, level)
    return Bounds(found.low, found.high, "Wilson, finite population", (), count / size, size, level)


def proportion_with_missing(
    k: SupportsIndex | float,
    missing: SupportsIndex | float,
    n: SupportsIndex | float,
    level: float = 0.95,
    population: SupportsIndex | float | None = None,
) -> Bounds:
    """As `proportion`, where of the `n` rows `k` count and `missing` more are unknown.

    From the lower limit of k to the upper limit of k + missing, each at (1 + level)/2 (Horowitz &
    Manski 2000). The estimate is taken over the known rows; without any it is None.
    """
    count, unknown, size = whole("k", k), whole("missing", missing), whole("n", n, 1)
    part("k + missing", count + unknown, "n", size)
    lower = proportion(count, size, level, population)
    upper = proportion(count + unknown, size, level, population) if unknown else lower
    return between(lower, upper, count / (size - unknown) if size > unknown else None)


def one_sided_lower(
    k: SupportsIndex | float,
    n: SupportsIndex | float,
    confidence: float = 0.975,
    population: SupportsIndex | float | None = None,
) -> float:
    """The limit that the true share passes upwards with `confidence` (above ½), by `proportion`'s method."""
    return proportion(k, n, 2 * confidence - 1, population).low


def one_sided_upper(
    k: SupportsIndex | float,
    n: SupportsIndex | float,
    confidence: float = 0.975,
    population: SupportsIndex | float | None = None,
) -> float:
    """The limit that the true share stays below with `confidence` (above ½), by `proportion`'s method."""
    return proportion(k, n, 2 * confidence - 1, population).high


def rule_of_three(n: SupportsIndex | float) -> float:
    """About the one-sided 95 % bound after no event in n rows: 3/n (Hanley & Lippman-Hand 1983, JAMA 249)."""
    return min(1.0, 3 / whole("n", n, 1))


def finite_population_n(n: SupportsIndex | float, population: SupportsIndex | float) -> float:
    """The sample from an endless population that tells as much as n of N rows: n(N − 1)/(N − n); inf for a census."""
    size = whole("n", n, 1)
    everyone = population_of(size, population)
    return math.inf if everyone == size else size * (everyone - 1) / (everyone - size)


def _of_total(total: Bounds, k: int, n: int, population: int) -> Bounds:
    """A count in the population as a share of it."""
    method = "census" if Note.CENSUS in total.notes else "exact hypergeometric"
    low, high = total.low / population, total.high / population
    return Bounds(low, high, method, total.notes, k / n, n, total.level, population)


def _event_notes(k: float, n: float) -> tuple[Note, ...]:
    return (Note.ZERO_EVENTS,) if k == 0 else (Note.ALL_EVENTS,) if k == n else ()
