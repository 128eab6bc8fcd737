"""Numbers to draw from, as whole numbers, so that their sums and means are exact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.stats import lognorm, norm, poisson

from benchmarks.soundness.claims import ROWS
from benchmarks.soundness.collecting import Draws
from benchmarks.soundness.investigation import Draw
from benchmarks.soundness.rows import Rows

Whole = npt.NDArray[np.int64]

SIZE = 200_000  # of what stands for an endless population: as many quantiles
MEAN = 39_900
TOP = 100_000  # the stated range of numbers that have one: [0, TOP]


@cache
def endless(shape: str) -> Whole:
    """The quantiles of a distribution with mean 39,900 (of `tied` numbers 3)."""
    q = (np.arange(SIZE) + 0.5) / SIZE
    if shape == "normal":
        return np.rint(norm.ppf(q) * 12_000 + MEAN).clip(0, TOP).astype(np.int64)
    if shape == "tied":
        return np.asarray(poisson.ppf(q, 3), dtype=np.int64)
    if shape == "mostly zero":
        return np.where(q < 0.9, 0, np.rint(lognorm.ppf((q - 0.9).clip(0) * 10, 0.5) * MEAN * 10)).astype(np.int64)
    sigma = float(shape.removeprefix("lognormal "))
    return np.rint(lognorm.ppf(q, sigma) * MEAN / np.exp(sigma**2 / 2)).astype(np.int64)


def finite(shape: str, size: int) -> Whole:
    """A population of so many, one of those that the distribution might have brought forth."""
    return np.random.default_rng(size).choice(endless(shape), size)


def mean(population: Whole) -> Fraction:
    return Fraction(int(population.sum()), len(population))


def quantile(population: Whole, q: Fraction) -> Fraction:
    """The value below or at which a part q of the population lies."""
    ordered = np.sort(population)
    return Fraction(int(ordered[-(-q.numerator * len(ordered) // q.denominator) - 1]))


def seen(values: Whole, hidden: npt.NDArray[np.bool_] | None = None) -> Rows:
    """Rows with these numbers, alike ones together; a number that is hidden is NULL."""
    known = values if hidden is None else values[~hidden]
    different, times = np.unique(known, return_counts=True)
    lost = len(values) - len(known)
    return Rows(
        {"x": [*different.tolist(), *([None] if lost else [])]}, [*times.tolist(), *([lost] if lost else [])]
    )


Hiding = Callable[[np.random.Generator, Whole], npt.NDArray[np.bool_]]


def at_random(generator: np.random.Generator, values: Whole) -> npt.NDArray[np.bool_]:
    return generator.random(len(values)) < 0.05


def if_large(generator: np.random.Generator, values: Whole) -> npt.NDArray[np.bool_]:
    """Numbers above the mean are hidden four times as often as the others."""
    return generator.random(len(values)) < np.where(values > MEAN, 0.08, 0.02)


def sampled(population: Whole, n: int, truth: Fraction, replace: bool, hiding: Hiding | None = None) -> Draws:
    """`n` rows at random, with replacement where the population stands for an endless one."""

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for _ in range(times):
            values = generator.choice(population, n, replace=replace)
            yield Draw({ROWS: seen(values, None if hiding is None else hiding(generator, values))}, truth)

    return draws


def thinned(
    population: Whole, chances: npt.NDArray[np.float64], truth: Fraction, hiding: Hiding | None = None
) -> Draws:
    """Each row of the population is seen with a chance of its own."""

    def draws(generator: np.random.Generator, times: int) -> Iterator[Draw]:
        for _ in range(times):
            values = population[generator.random(len(population)) < chances]
            yield Draw({ROWS: seen(values, None if hiding is None else hiding(generator, values))}, truth)

    return draws
